"""A second opinion from libmagic, where it is installed."""

from typing import BinaryIO

try:
    import magic
except ImportError:  # The package is there, but the library that it needs is not.
    magic = None

HEAD_BYTES = 64 * 1024


def sniffed_type(file: BinaryIO) -> str:
    """The media type by content, or nothing when libmagic is missing or fails; leaves the file rewound."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if magic is None:
        return ""
    try:
        return magic.from_buffer(head, mime=True)
    except magic.MagicException:
        return ""
