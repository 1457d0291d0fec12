"""How binary formats begin."""

from typing import BinaryIO

# Pictures in the container of MP4.
STILL_BRANDS = {b"avif", b"avis", b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1"}
OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def head_of(file: BinaryIO, size: int = 64) -> bytes:
    file.seek(0)
    return file.read(size)


def is_pdf(file: BinaryIO) -> bool:
    """Readers search the first kilobyte for it; so do polyglots, and therefore only the very start counts here."""
    return head_of(file).startswith(b"%PDF-")


def is_rtf(file: BinaryIO) -> bool:
    return head_of(file).startswith(b"{\\rtf")


def is_jpeg(file: BinaryIO) -> bool:
    return head_of(file).startswith(b"\xff\xd8\xff")


def is_png(file: BinaryIO) -> bool:
    head = head_of(file)
    return head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR"


def is_mp3(file: BinaryIO) -> bool:
    """An ID3 tag, or the header of an MPEG audio frame of layer III."""
    head = head_of(file)
    return head.startswith(b"ID3") or (len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)


def is_mp4(file: BinaryIO) -> bool:
    head = head_of(file)
    return head[4:8] == b"ftyp" and head[8:12] not in STILL_BRANDS


def is_webm(file: BinaryIO) -> bool:
    return head_of(file).startswith(b"\x1aE\xdf\xa3") and b"webm" in head_of(file)


def is_ole(file: BinaryIO) -> bool:
    """Office files from before 2007, and newer ones with a password."""
    return head_of(file).startswith(OLE_HEADER)
