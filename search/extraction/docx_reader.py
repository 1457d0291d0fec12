"""DOCX (ECMA-376, transitional and strict), read from its parts.

Libraries made for editing leave out notes, text boxes and content controls.
"""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from search.extraction.archives import Archive
from search.extraction.markup import SkippingHandler, local_name, text_pieces
from search.extraction.packages import parts_by_kind
from search.extraction.records import Limits, Outcome, Refusal

# In reading order.
KINDS = ("header+xml", "main+xml", "footnotes+xml", "endnotes+xml", "footer+xml")
WORD_TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.", "application/vnd.ms-word.")

TEXT = "t"
PARAGRAPH = "p"
CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "softHyphen": ""}
# The place a moved text left, the second copy of a text box for old programs, and reading aids above a word.
SKIPPED = {"moveFrom", "Fallback", "rt"}


class WordText(SkippingHandler):
    """Deleted text and field codes have elements of their own and are left out by that."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if self.skipping or name in SKIPPED:
            self.skipping += 1
        elif name == TEXT:
            self.in_text = True
        elif name == PARAGRAPH:
            self.pieces.append("\n")
        elif name in CHARACTERS:
            self.pieces.append(CHARACTERS[name])

    def end(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        self.in_text = False
        if local_name(tag) == PARAGRAPH:
            self.pieces.append("\n")


def read(stream: BinaryIO, limits: Limits, notes: list[str]) -> Iterator[str]:
    archive = Archive(stream, limits)
    parts = parts_by_kind(archive, WORD_TYPES, KINDS)
    if not parts["main+xml"]:
        raise Refusal(Outcome.BROKEN, "not a Word document")
    # Sections repeat their headers and footers in parts of their own.
    seen: set[str] = set()
    for kind in KINDS:
        for name in parts[kind]:
            if kind in {"header+xml", "footer+xml"}:
                text = "".join(text_pieces(WordText(), archive.chunks(name)))
                if text not in seen:
                    seen.add(text)
                    yield text
            else:
                yield from text_pieces(WordText(), archive.chunks(name))
            yield "\n"
