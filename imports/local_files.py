"""Files that lie beside the JSON Lines file, and nothing else on this machine."""

import hashlib
from pathlib import Path

from .refusals import Refused

CHUNK_BYTES = 1024 * 1024


def local_file(folder: Path, name: str) -> Path:
    """Raises `Refused` for a name that leads out of `folder`, also through a link, and for one that is no file."""
    if "\0" in name or Path(name).is_absolute() or "\\" in name:
        raise Refused(f'"{name[:100]}" is not a path relative to the folder of this file.')
    try:
        path = (folder / name).resolve()
        inside = path.is_relative_to(folder.resolve())
        exists = inside and path.is_file()
    except OSError:
        inside, exists = True, False
    if not inside:
        raise Refused(f'"{name[:100]}" leads out of the folder of this file.')
    if not exists:
        raise Refused(f'There is no file "{name[:100]}" in the folder of this file.')
    return path


def fingerprint(folder: Path, name: str) -> str:
    """SHA-256 of the content, in hexadecimal digits; a word for a file that cannot be had."""
    digest = hashlib.sha256()
    try:
        with local_file(folder, name).open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                digest.update(chunk)
    except (Refused, OSError):
        return "missing"
    return digest.hexdigest()
