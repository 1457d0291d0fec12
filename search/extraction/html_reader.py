"""HTML, and the XHTML of books: what a browser would show, without scripts and styles."""

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from lxml import etree

from search.extraction.archives import CHUNK_BYTES
from search.extraction.decoding import declared_in_markup, decoded
from search.extraction.markup import TextHandler
from search.extraction.records import Limits, Outcome, Refusal

# Also reading aids above a word, and what only shows where scripts do not run.
SKIPPED = {"script", "style", "template", "noscript", "iframe", "object", "rt", "rp"}
INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
}  # fmt: skip


class PageText(TextHandler):
    def __init__(self) -> None:
        super().__init__()
        self.elements = 0
        self._skipping = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        if self._skipping or tag in SKIPPED:
            self._skipping += 1
        elif tag not in INLINE:
            self.pieces.append("\n")

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag not in INLINE:
            self.pieces.append("\n")

    def data(self, text: str) -> None:
        if not self._skipping:
            self.pieces.append(text)

    def close(self) -> None: ...


def read(stream: BinaryIO, limits: Limits, notes: list[str]) -> Iterator[str]:
    yield from page_pieces(iter(lambda: stream.read(CHUNK_BYTES), b""))


def page_pieces(chunks: Iterable[bytes]) -> Iterator[str]:
    """The parser for HTML knows no entities but its own, loads nothing and forgives mistakes, also those of XHTML."""
    page = PageText()
    parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True, huge_tree=False)
    try:
        for text in decoded(chunks, declared_in_markup):
            parser.feed(text.encode("utf-8", "replace"))
            yield "".join(page.pieces)
            page.pieces.clear()
        parser.close()
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        if page.elements:
            raise Refusal(Outcome.BROKEN, f"broken HTML: {error}") from None
    yield "".join(page.pieces)
