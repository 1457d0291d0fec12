"""Sanitises HTML and parses what is left into a tree, the same tree that a browser would make."""

import re

import nh3
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from .refusals import Refused

MAX_DEPTH = 100
# Elements whose text is no text of the page.
DROPPED = {"script", "style", "title", "template", "textarea", "select", "svg", "math", "canvas", "audio", "video"}
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "label", "time",
}  # fmt: skip
BLOCK = {
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
START_TAG = re.compile(r'<([a-z0-9]+)((?:\s+[a-z]+="[^"]*")*)\s*>')
VOID = {"br", "hr", "img", "wbr"}
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parsed(html: str) -> HtmlElement:
    """A `div` with known elements only. Raises `Refused` for markup nested deeper than `MAX_DEPTH`."""
    clean = nh3.clean(
        html,
        tags=INLINE | BLOCK,
        clean_content_tags=DROPPED,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )
    try:
        tree = lxml_html.fromstring(f"<div>{as_xml(clean)}</div>", parser=lxml_html.XHTMLParser(huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise too_deep() if "depth" in str(error) else Refused(f"The HTML cannot be read: {error}.") from None
    check_depth(tree)
    return tree


def as_xml(clean: str) -> str:
    """Serialised HTML as XML: lxml's own HTML parser would move blocks out of links and bold text again."""
    clean = NOT_IN_XML.sub("", clean).replace("&nbsp;", "\xa0")
    return START_TAG.sub(lambda tag: f"<{tag[1]}{tag[2].replace('<', '&lt;')}{'/' * (tag[1] in VOID)}>", clean)


def check_depth(tree: HtmlElement) -> None:
    level, depth = [tree], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise too_deep()
        level = [child for element in level for child in element]


def too_deep() -> Refused:
    return Refused(f"The HTML is nested more than {MAX_DEPTH} elements deep.")
