"""OpenDocument 1.0 to 1.4: the text of `content.xml`, between the headers and footers of `styles.xml`.

Texts, slides with their notes, and spreadsheets, whose cells hold what they show as text.
"""

from collections.abc import Iterator, Mapping, Set
from functools import partial
from typing import BinaryIO

from search.extraction.archives import Archive
from search.extraction.markup import SilentHandler, TextHandler, local_name, parse, text_pieces
from search.extraction.records import Limits, Outcome, Refusal

TYPES = b"application/vnd.oasis.opendocument."
MANIFEST = "META-INF/manifest.xml"
CONTENT = "content.xml"
STYLES = "styles.xml"

PARAGRAPHS = {"p", "h"}
# `s` stands for any number of spaces; one is as good here, and a huge number does no harm.
CHARACTERS = {"s": " ", "tab": "\t", "line-break": "\n"}
# Deleted text, comments, the numbers of notes, reading aids above a word and pictures.
SKIPPED = {"tracked-changes", "annotation", "note-citation", "ruby-text", "binary-data"}
# The description of a picture; in the text namespace, the same names are fields of the document.
SKIPPED_OUTSIDE_TEXT = {"title", "desc"}

HEADERS = frozenset({"header", "header-first", "header-left"})
BODY = frozenset({"body"})
FOOTERS = frozenset({"footer", "footer-first", "footer-left"})

TEXT_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class Encryption(SilentHandler):
    """Whether the manifest names an encrypted part."""

    def __init__(self) -> None:
        self.found = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.found = self.found or local_name(tag) == "encryption-data"


class OpenDocumentText(TextHandler):
    """Notes stand inside the sentence that calls them; they are held back until its paragraph ends."""

    def __init__(self, within: Set[str]) -> None:
        """Reads only inside elements of these names, which do not nest."""
        super().__init__()
        self._within = within
        self._reading = False
        self._skipping = 0
        self._paragraphs = 0
        self._notes = 0
        self._held: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if name in self._within:
            self._reading = True
        elif self._skipping or _is_skipped(tag, name):
            self._skipping += 1
        elif not tag.startswith(TEXT_NAMESPACE):
            return
        elif name == "note-body":
            self._notes += 1
        elif name in PARAGRAPHS:
            self._paragraphs += 1
            self._write("\n")
        elif name in CHARACTERS:
            self._write(CHARACTERS[name])

    def end(self, tag: str) -> None:
        name = local_name(tag)
        if name in self._within:
            self._reading = False
        elif self._skipping:
            self._skipping -= 1
        elif not tag.startswith(TEXT_NAMESPACE):
            return
        elif name == "note-body":
            self._notes -= 1
        elif name in PARAGRAPHS:
            self._paragraphs -= 1
            self._write("\n")
            if not self._notes:
                self.pieces += self._held
                self._held.clear()

    def data(self, text: str) -> None:
        if self._paragraphs and not self._skipping:
            self._write(text)

    def _write(self, text: str) -> None:
        if self._reading:
            (self._held if self._notes else self.pieces).append(text)


def _is_skipped(tag: str, name: str) -> bool:
    return name in SKIPPED or (name in SKIPPED_OUTSIDE_TEXT and not tag.startswith(TEXT_NAMESPACE))


def read(stream: BinaryIO, limits: Limits, notes: list[str], *, kind: bytes) -> Iterator[str]:
    archive = Archive(stream, limits)
    # All kinds have the same shape; templates differ only in the end of their type.
    archive.check_type(TYPES + kind)
    _check_encryption(archive)
    if STYLES in archive:
        yield from text_pieces(OpenDocumentText(HEADERS), archive.chunks(STYLES))
    yield from text_pieces(OpenDocumentText(BODY), archive.chunks(CONTENT))
    if STYLES in archive:
        yield from text_pieces(OpenDocumentText(FOOTERS), archive.chunks(STYLES))


read_text = partial(read, kind=b"text")
read_presentation = partial(read, kind=b"presentation")
read_spreadsheet = partial(read, kind=b"spreadsheet")


def _check_encryption(archive: Archive) -> None:
    """The manifest is never encrypted. The directory's own flag, which ODF does not set, is checked on reading."""
    if MANIFEST not in archive:
        return
    encryption = Encryption()
    parse(encryption, archive.chunks(MANIFEST))
    if encryption.found:
        raise Refusal(Outcome.ENCRYPTED, "OpenDocument with a password")
