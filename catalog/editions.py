"""Of many entries, one edition of each work, without reading more of them than is shown."""

from django.db.models import QuerySet

from .models import CatalogEntry
from .showing import nearest_editions

SHOWN_OF_A_KIND = 60


def nearest_of(entries: QuerySet[CatalogEntry], language: str) -> dict[str, list[CatalogEntry]]:
    """By kind, the newest works of `entries`, each in the edition nearest to `language`. Two queries.

    At most SHOWN_OF_A_KIND of each kind; their publications are not read.
    """
    rows = entries.only("pk", "work", "language", "kind", "published_at").newest_first()
    chosen: dict[str, list[int]] = {}
    for entry in nearest_editions(list(rows), language):
        chosen.setdefault(entry.kind, []).append(entry.pk)
    shown = [pk for keys in chosen.values() for pk in keys[:SHOWN_OF_A_KIND]]
    found: dict[str, list[CatalogEntry]] = {}
    if shown:
        for entry in CatalogEntry.objects.public().filter(pk__in=shown).without_publication().newest_first():
            found.setdefault(entry.kind, []).append(entry)
    return found
