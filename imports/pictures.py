"""Pictures of a text: from beside the file or from the line itself, checked like an upload."""

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes

from django.core.exceptions import ValidationError
from django.core.files import File as OpenFile
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from wagtail.utils.file import hash_filelike

from content.models import Picture
from content.uploads import check_picture, safe_name

from .content import Content, PictureSource
from .local_files import local_file
from .refusals import Refused
from .storing import store

MAX_INLINE_BYTES = 1024 * 1024
INLINE = re.compile(r"data:image/(png|jpe?g)((?:;[^,;]*)*),(.*)", re.DOTALL | re.IGNORECASE)


def check_pictures(content: Content, folder: Path) -> None:
    """Raises `Refused` for a file that cannot be taken in; a `data:` picture that cannot gives way to its text."""
    for source in content.pictures:
        try:
            with opened(source, folder) as upload:
                check_picture(upload)
        except (ValidationError, Refused) as error:
            reason = " ".join(getattr(error, "messages", None) or [str(error)])
            if not source.is_inline:
                raise Refused(f'The picture "{source.address[:100]}": {reason}') from None
            content.replace_picture(source)
            content.warn(f"A picture inside the text was left out: {reason}")


@contextmanager
def opened(source: PictureSource, folder: Path) -> Iterator[OpenFile]:
    if source.is_inline:
        yield inline_picture(source.address)
        return
    path = local_file(folder, source.address)
    try:
        with path.open("rb") as stream:
            yield OpenFile(stream, name=safe_name(path.name))
    except OSError as error:
        raise Refused(f"it cannot be read: {error.strerror}.") from None


def inline_picture(address: str) -> ContentFile:
    match = INLINE.fullmatch(address)
    if match is None:
        raise Refused("inside a text only PNG and JPEG are possible.")
    if len(match[3]) > MAX_INLINE_BYTES * 2:
        raise Refused(f"inside a text it may have {MAX_INLINE_BYTES // 1024} KB.")
    try:
        data = unquote_to_bytes(match[3])
        data = base64.b64decode(b"".join(data.split()), validate=True) if "base64" in match[2].lower() else data
    except (binascii.Error, ValueError):
        raise Refused("its data cannot be decoded.") from None
    if len(data) > MAX_INLINE_BYTES:
        raise Refused(f"inside a text it may have {MAX_INLINE_BYTES // 1024} KB.")
    return ContentFile(data, name=f"picture.{match[1].lower()}")


def stored_pictures(content: Content, folder: Path, stored: list[FieldFile]) -> dict[PictureSource, int]:
    """The id of the picture for each source: one with the same content that is there already, or a new one."""
    titles = {value["image"]: value["alt_text"] for kind, value in content.blocks if kind == "picture"}
    return {source: stored_picture(source, folder, titles[source], stored).pk for source in content.pictures}


def stored_picture(source: PictureSource, folder: Path, alt: str, stored: list[FieldFile]) -> Picture:
    with opened(source, folder) as upload:
        known = Picture.objects.filter(file_hash=hash_filelike(upload)).order_by("pk").first()
        if known:
            return known
        name = "" if source.is_inline else PurePosixPath(source.address).stem
        return store(Picture(title=(alt or name or "picture")[:255], file=upload), stored)
