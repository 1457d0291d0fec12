"""Formats that are ZIP files with certain entries: office documents, EPUB, and ZIP itself."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .content_types import content_type_of
from .signatures import head_of, is_ole

LOCAL_HEADER = b"PK\x03\x04"
END_RECORD = struct.Struct("<4s4H2LH")
END_SIGNATURE = b"PK\x05\x06"
MAX_COMMENT_BYTES = 65_535
# `zipfile` reads the whole list of entries into memory: this many bytes are about 90,000 entries.
MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
MAX_ENTRY_BYTES = 1024 * 1024
# What the text of an office document or book may grow to when it is unpacked.
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024

# What a damaged or hostile archive makes `zipfile` raise.
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError, NotImplementedError, OSError,
    OverflowError, RuntimeError, ValueError,
)  # fmt: skip

# The folder of the main part, and the end of its type.
OFFICE_PARTS = {
    "docx": ("word/", b"wordprocessingml.document.main+xml"),
    "pptx": ("ppt/", b"presentationml.presentation.main+xml"),
    "xlsx": ("xl/", b"spreadsheetml.sheet.main+xml"),
}


def is_zip(file: BinaryIO) -> bool:
    return is_archive(file, lambda archive: bool(archive.namelist()))


def is_office(file: BinaryIO, *, extension: str) -> bool:
    """Office Open XML (ISO/IEC 29500), without macros."""
    if is_ole(file):
        raise ValidationError(
            _(
                "This file has an older format or is protected by a password. "
                "Open it, save it as .%(extension)s without a password, then choose it again."
            ),
            code="old_or_protected",
            params={"extension": extension},
        )
    return is_archive(file, lambda archive: is_bounded(archive) and holds_office(archive, extension))


def is_opendocument(file: BinaryIO, *, extension: str) -> bool:
    """OpenDocument (ISO/IEC 26300), which names its kind in an entry called `mimetype`."""
    return is_archive(file, lambda archive: is_bounded(archive) and holds(archive, extension, "content.xml"))


def is_epub(file: BinaryIO) -> bool:
    return is_archive(file, lambda archive: is_bounded(archive) and holds(archive, "epub", "META-INF/container.xml"))


def is_archive(file: BinaryIO, fits: Callable[[zipfile.ZipFile], bool]) -> bool:
    """Whether it begins as a ZIP file, so that no program precedes the archive, and what is inside fits."""
    if not head_of(file).startswith(LOCAL_HEADER) or not has_short_directory(file):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            return fits(archive)
    except BROKEN:
        return False


def has_short_directory(file: BinaryIO) -> bool:
    """Reads the end record alone. ZIP64 archives give no size in it and are refused: no upload is that large."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - END_RECORD.size - MAX_COMMENT_BYTES))
    end = file.read()
    position = end.rfind(END_SIGNATURE)
    if position < 0 or len(end) - position < END_RECORD.size:
        return False
    directory_bytes = END_RECORD.unpack_from(end, position)[5]
    return directory_bytes <= MAX_DIRECTORY_BYTES


def is_bounded(archive: zipfile.ZipFile) -> bool:
    return sum(entry.file_size for entry in archive.infolist()) <= MAX_UNPACKED_BYTES


def holds_office(archive: zipfile.ZipFile, extension: str) -> bool:
    folder, main_type = OFFICE_PARTS[extension]
    types = start_of(archive, "[Content_Types].xml")
    names = archive.namelist()
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
        raise ValidationError(
            _("This file contains macros. Save it as .%(extension)s without macros, then choose it again."),
            code="macros",
            params={"extension": extension},
        )
    return main_type in types and any(name.startswith(folder) for name in names)


def holds(archive: zipfile.ZipFile, extension: str, entry: str) -> bool:
    mimetype = start_of(archive, "mimetype").strip().decode("ascii", "replace")
    return mimetype == content_type_of(extension) and entry in archive.namelist()


def start_of(archive: zipfile.ZipFile, entry: str) -> bytes:
    """At most a megabyte of it, however far it would unpack."""
    with archive.open(entry) as stream:
        return stream.read(MAX_ENTRY_BYTES)
