"""The contract of a download format."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import lru_cache
from typing import ClassVar

from django.conf import settings
from django.utils.module_loading import import_string

from catalog.models import CatalogEntry


class Exporter(ABC):
    """Makes one format of a published edition. `extension` has no dot.

    One that `is_kept` takes a while: the worker makes it, once for each `version` of an edition.
    """

    name: str
    extension: str
    content_type: str
    is_kept: ClassVar[bool] = False

    @abstractmethod
    def stream(self, entry: CatalogEntry) -> Iterable[bytes]:
        """The file's bytes, piece by piece. Raises CannotExport for an edition that has no such format."""

    def is_available(self) -> bool:
        """Whether this machine can make it."""
        return True

    def version(self, entry: CatalogEntry) -> str:
        """Changes whenever the file would; at most 64 characters."""
        return entry.digest


class CannotExport(Exception):
    """The message tells whoever runs the site why."""


@lru_cache(maxsize=1)
def exporters() -> dict[str, Exporter]:
    instances = [import_string(path)() for path in settings.OER_EXPORTERS]
    return {exporter.name: exporter for exporter in instances}
