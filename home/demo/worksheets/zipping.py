"""ZIP files that do not tell when they were made."""

import zipfile
from collections.abc import Iterable
from io import BytesIO

LONG_AGO = (1980, 1, 1, 0, 0, 0)


def packed(members: Iterable[tuple[str, bytes]], *, plain: str = "") -> bytes:
    """All members deflated but `plain`, which is stored as it is."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, LONG_AGO)
            archive.writestr(entry, data, zipfile.ZIP_STORED if name == plain else zipfile.ZIP_DEFLATED)
    return content.getvalue()


def repacked(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return packed([(name, archive.read(name)) for name in archive.namelist()])
