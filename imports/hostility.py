"""Tells markup that was made to run something from markup that is merely more than a page can hold."""

import re
from html.parser import HTMLParser

from .inlines import LINK
from .refusals import Refused

RUNNING_ELEMENTS = {"script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal"}
URL_ATTRIBUTES = {
    "href", "src", "srcset", "srcdoc", "action", "formaction", "data", "poster", "background", "xlink:href", "cite",
    "longdesc", "dynsrc", "lowsrc", "to", "values", "from",
}  # fmt: skip
RUNNING_URL = re.compile(r"(?:javascript|vbscript|livescript|mocha):|data:(?:text/(?:html|xml)|image/svg|application/)")
RUNNING_STYLE = re.compile(r"javascript:|vbscript:|expression\(|-moz-binding|behaviou?r:")
# Browsers skip white space and control characters in the name of a scheme.
IGNORED_IN_URLS = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
LOST_ELEMENTS = {"audio", "canvas", "form", "input", "math", "select", "svg", "textarea", "video"}


class _Inspector(HTMLParser):
    """Reads tags as a browser's tokenizer does; `warnings` say what a page cannot hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.warnings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        if name in RUNNING_ELEMENTS:
            raise Refused(f"The HTML is hostile: it holds the element <{name}>.")
        if name in LOST_ELEMENTS:
            self.warn(f"<{name}> cannot be part of a page and was left out.")
        for attribute, value in attrs:
            self.check_attribute(name, attribute, value or "")

    def warn(self, warning: str) -> None:
        if warning not in self.warnings:
            self.warnings.append(warning)

    def check_attribute(self, tag: str, attribute: str, value: str) -> None:
        if re.fullmatch(r"on[a-z]+", attribute):
            raise Refused(f"The HTML is hostile: <{tag[:20]}> has the event handler {attribute[:30]}.")
        squeezed = IGNORED_IN_URLS.sub("", value[:2000]).lower()
        if attribute in URL_ATTRIBUTES and (found := RUNNING_URL.match(squeezed)):
            raise Refused(f"The HTML is hostile: {attribute} of <{tag[:20]}> begins with {found[0]}.")
        if attribute == "srcdoc" or (attribute == "http-equiv" and squeezed == "refresh"):
            raise Refused(f"The HTML is hostile: <{tag[:20]}> has {attribute}.")
        if tag == "a" and attribute == "href" and value and not LINK.fullmatch(value.strip()):
            self.warn("A link leads neither to a web address nor to a mailbox: its text stays without the address.")
        if attribute == "style" and (found := RUNNING_STYLE.search(squeezed)):
            raise Refused(f"The HTML is hostile: a style holds {found[0]}.")


def inspect(html: str) -> list[str]:
    """What will be left out. Raises `Refused` for anything that would run or load a foreign page."""
    inspector = _Inspector()
    # To a browser these are comments that end at the next ">"; Python's parser stops at some of them.
    inspector.feed(html.replace("<![", "<! ["))
    inspector.close()
    return inspector.warnings
