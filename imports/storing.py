"""Writes files into the storage, which no rollback empties."""

import contextlib
import logging
from collections.abc import Iterator
from typing import TypeVar

from django.db.models.fields.files import FieldFile
from wagtail.utils.file import hash_filelike

from content.models import File, Picture

logger = logging.getLogger(__name__)

Stored = TypeVar("Stored", File, Picture)


def store(row: Stored, stored: list[FieldFile]) -> Stored:
    """Save a new row with its file, with the size and hash that upload forms set."""
    row.file_size = row.file.size
    row.file_hash = hash_filelike(row.file)
    try:
        row.save()
    finally:
        if row.file._committed:
            stored.append(row.file)
    return row


@contextlib.contextmanager
def removed_on_failure() -> Iterator[list[FieldFile]]:
    """A list for what is stored inside: if that fails or is interrupted, the storage is cleaned of it."""
    stored: list[FieldFile] = []
    try:
        yield stored
    except BaseException:
        for file in stored:
            try:
                file.storage.delete(file.name)
            except OSError:
                logger.warning("%s could not be removed after a failed import.", file.name)
        raise
