"""The contract of a download format."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from catalog.models import CatalogEntry


class Exporter(ABC):
    """Makes one format of a published edition. `extension` has no dot."""

    name: str
    extension: str
    content_type: str

    @abstractmethod
    def stream(self, entry: CatalogEntry) -> Iterable[bytes]:
        """The file's bytes, piece by piece, never all of them in memory."""


@lru_cache(maxsize=1)
def exporters() -> dict[str, Exporter]:
    instances = [import_string(path)() for path in settings.OER_EXPORTERS]
    return {exporter.name: exporter for exporter in instances}
