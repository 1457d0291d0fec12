"""Parts of a ZIP archive that nobody vouches for."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from search.extraction.records import Limits, Outcome, Refusal

CHUNK_BYTES = 64 * 1024
RATIO_FROM_BYTES = 1024**2
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED_FLAG = 0x1
MIMETYPE = "mimetype"
MIMETYPE_BYTES = 200

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class Archive:
    """Unpacks part by part; all parts together share one allowance."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._zip = _opened(stream)
        self._names = frozenset(self._zip.namelist())
        self._ratio = limits.ratio
        self._allowance = limits.unpacked_bytes

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def check_type(self, expected: bytes) -> None:
        """Refuse another type than `expected` in the part that OpenDocument and EPUB name it in; none is fine."""
        declared = next(self.chunks(MIMETYPE), b"")[:MIMETYPE_BYTES] if MIMETYPE in self else expected
        if not declared.startswith(expected):
            raise Refusal(Outcome.BROKEN, f"declared to be {declared.decode(errors='replace')}")

    def chunks(self, name: str) -> Iterator[bytes]:
        """The declared size is what counts: zipfile stops there, and a part that goes on fails its checksum."""
        if name not in self:
            raise Refusal(Outcome.BROKEN, f"part {name} is missing")
        part = self._zip.getinfo(name)
        self._check(part)
        try:
            with self._zip.open(part) as file:
                while chunk := file.read(CHUNK_BYTES):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise Refusal(Outcome.BROKEN, f"damaged archive: {error}") from None

    def _check(self, part: zipfile.ZipInfo) -> None:
        if part.flag_bits & ENCRYPTED_FLAG:
            raise Refusal(Outcome.ENCRYPTED, "archive with a password")
        if part.compress_type not in METHODS:
            raise Refusal(Outcome.BROKEN, f"compression method {part.compress_type} is not one of office files")
        if part.file_size > self._allowance:
            raise Refusal(Outcome.TOO_LARGE, f"{part.filename} unpacks to {part.file_size} bytes")
        if part.file_size > max(RATIO_FROM_BYTES, self._ratio * part.compress_size):
            raise Refusal(
                Outcome.TOO_LARGE, f"{part.filename} is packed {part.file_size // max(1, part.compress_size)}:1"
            )
        self._allowance -= part.file_size


def resolved(base: str, reference: str) -> str:
    """The name of the part that part `base` calls `reference`, which like an address cannot lead above the root."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), reference))[1:]


def _opened(stream: BinaryIO) -> zipfile.ZipFile:
    if stream.read(len(OLE_SIGNATURE)) == OLE_SIGNATURE:
        # Office wraps a file with a password into the container of its old binary formats.
        if OLE_ENCRYPTED_STREAM in stream.read():
            raise Refusal(Outcome.ENCRYPTED, "Office file with a password")
        raise Refusal(Outcome.BROKEN, "an old binary Office file")
    try:
        return zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:
        raise Refusal(Outcome.BROKEN, f"not a readable archive: {error}") from None
