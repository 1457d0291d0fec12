"""One line for each kind of file that readers may take along."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from . import archives, signatures, texts


@dataclass(frozen=True)
class Kind:
    """`fits` looks into the file; `sniffed` are beginnings of what libmagic may call it, none when it is not asked.

    Texts are not put to libmagic: it takes a CSV file for mail or a lesson on HTML for HTML.
    """

    fits: Callable[[BinaryIO], bool]
    sniffed: tuple[str, ...] = ()


ZIPPED = (
    "application/zip",
    "application/x-zip",
    "application/epub+zip",
    "application/java-archive",
    "application/octet-stream",
    "application/vnd.android.",
    "application/vnd.ms-",
    "application/vnd.oasis.",
    "application/vnd.openxmlformats-",
)

KINDS = {
    "csv": Kind(texts.is_plain_text),
    "docx": Kind(partial(archives.is_office, extension="docx"), ZIPPED),
    "epub": Kind(archives.is_epub, ZIPPED),
    "html": Kind(texts.is_html),
    "jpg": Kind(signatures.is_jpeg, ("image/jpeg",)),
    "md": Kind(texts.is_markdown),
    "mp3": Kind(signatures.is_mp3, ("audio/", "application/octet-stream")),
    "mp4": Kind(signatures.is_mp4, ("video/", "audio/", "application/octet-stream")),
    "odp": Kind(partial(archives.is_opendocument, extension="odp"), ZIPPED),
    "ods": Kind(partial(archives.is_opendocument, extension="ods"), ZIPPED),
    "odt": Kind(partial(archives.is_opendocument, extension="odt"), ZIPPED),
    "pdf": Kind(signatures.is_pdf, ("application/pdf",)),
    "png": Kind(signatures.is_png, ("image/png", "image/apng", "image/vnd.mozilla.apng")),
    "pptx": Kind(partial(archives.is_office, extension="pptx"), ZIPPED),
    "rtf": Kind(signatures.is_rtf, ("text/rtf", "application/rtf")),
    "txt": Kind(texts.is_plain_text),
    "vtt": Kind(texts.is_captions),
    "webm": Kind(signatures.is_webm, ("video/", "audio/", "application/octet-stream")),
    "xlsx": Kind(partial(archives.is_office, extension="xlsx"), ZIPPED),
    "zip": Kind(archives.is_zip, ZIPPED),
}
