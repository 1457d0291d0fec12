"""EPUB 2 and 3: the chapters in reading order."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO
from urllib.parse import unquote

from search.extraction.archives import Archive, resolved
from search.extraction.html_reader import page_pieces
from search.extraction.markup import SilentHandler, local_name, parse
from search.extraction.parts import texts_of
from search.extraction.records import Limits, Outcome, Refusal

EPUB_TYPE = b"application/epub+zip"
CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
RIGHTS = ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")
PACKAGE_TYPE = "application/oebps-package+xml"
CHAPTER_TYPES = {"application/xhtml+xml", "text/html"}
# Fonts are made unusable outside their book; that protects no text.
FONT_ALGORITHMS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}


class _Container(SilentHandler):
    package = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local_name(tag) == "rootfile" and attributes.get("media-type") == PACKAGE_TYPE and not self.package:
            self.package = attributes.get("full-path", "")


class _Package(SilentHandler):
    """Addresses of the files that may be chapters, by id, and the ids in reading order."""

    def __init__(self) -> None:
        self.chapters: dict[str, str] = {}
        self.spine: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if name == "item" and attributes.get("media-type") in CHAPTER_TYPES:
            self.chapters[attributes.get("id", "")] = attributes.get("href", "")
        elif name == "itemref":
            self.spine.append(attributes.get("idref", ""))


class _Encryption(SilentHandler):
    """Whether anything but fonts is encrypted."""

    found = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        # The key of a rights system comes with a method of its own, inside `EncryptedKey`: protected all the same.
        if local_name(tag) == "EncryptionMethod" and attributes.get("Algorithm") not in FONT_ALGORITHMS:
            self.found = True


def read(stream: BinaryIO, limits: Limits, notes: list[str]) -> Iterator[str]:
    archive = Archive(stream, limits)
    archive.check_type(EPUB_TYPE)
    _check_encryption(archive)
    container, package = _Container(), _Package()
    parse(container, archive.chunks(CONTAINER))
    parse(package, archive.chunks(container.package))
    chapters = (
        resolved(container.package, unquote(package.chapters[key].partition("#")[0]))
        for key in package.spine
        if key in package.chapters
    )
    try:
        yield from texts_of(chapters, lambda name: page_pieces(archive.chunks(name)), "chapters", limits, notes)
    except Refusal as refusal:
        if refusal.outcome is Outcome.BROKEN and any(name in archive for name in RIGHTS):
            raise Refusal(Outcome.ENCRYPTED, "book with rights management") from None
        raise


def _check_encryption(archive: Archive) -> None:
    if ENCRYPTION not in archive:
        return
    encryption = _Encryption()
    parse(encryption, archive.chunks(ENCRYPTION))
    if encryption.found:
        raise Refusal(Outcome.ENCRYPTED, "book with rights management")
