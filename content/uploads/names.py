"""Names of uploaded files that every storage can hold."""

import unicodedata

MAX_STEM_CHARACTERS = 80
# A file system counts bytes, mostly up to 255, and a storage appends its own suffix to a name that is taken.
MAX_STEM_BYTES = 160
MAX_EXTENSION = 16
UNNAMED = "file"


def extension_of(name: str) -> str:
    """In lower case, without the dot; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def safe_name(name: str) -> str:
    """Drops control characters and direction overrides, which can make `exe` look like `pdf`, and shortens the stem.

    A name of signs only becomes `file`, since storages drop the signs and would store an extension without a name.
    """
    printable = unicodedata.normalize("NFC", "".join(character for character in name if character.isprintable()))
    stem, dot, extension = printable.rpartition(".") if "." in printable else (printable, "", "")
    return shortened(stem.strip(" .-")) + dot + extension.strip()[:MAX_EXTENSION]


def shortened(stem: str) -> str:
    if not any(character.isalnum() for character in stem):
        return UNNAMED
    return stem[:MAX_STEM_CHARACTERS].encode()[:MAX_STEM_BYTES].decode(errors="ignore").rstrip(" .-")
