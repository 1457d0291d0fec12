"""Compares the index with the catalog, and puts right what differs."""

from collections.abc import Callable, Iterable

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from catalog.models import CatalogEntry, EntryQuerySet

from .analysis import ANALYSIS_VERSION
from .indexing import forget_entry, index_entry
from .models import SearchDocument


def outdated_entries() -> EntryQuerySet:
    """What readers may find but search does not know, knows in an older state, or knows by an older analysis."""
    documents = SearchDocument.objects.filter(
        entry_id=OuterRef("pk"), digest=OuterRef("digest"), analysis=ANALYSIS_VERSION
    )
    return CatalogEntry.objects.public().searchable().filter(~Exists(documents))


def surplus_entry_ids() -> list[int]:
    """Entries that search knows but readers may not find."""
    wanted = CatalogEntry.objects.public().searchable()
    known = SearchDocument.objects.exclude(entry_id=0).exclude(entry_id__in=wanted.values("pk"))
    return list(known.values_list("entry_id", flat=True))


def repair(progress: Callable[[list[int]], Iterable[int]] = iter) -> tuple[int, int]:
    """Index what is outdated and forget what is surplus; entry by entry, so that it can be ended and begun again.

    `progress` is given the ids and hands them on. Returns how many entries were indexed, and how many forgotten.
    """
    forget_marks_to_come()
    surplus = surplus_entry_ids()
    for entry_id in surplus:
        with transaction.atomic():
            forget_entry(entry_id)
    outdated = list(outdated_entries().order_by("pk").values_list("pk", flat=True))
    indexed = 0
    for entry_id in progress(outdated):
        with transaction.atomic():
            entry = CatalogEntry.objects.public().filter(pk=entry_id).first()
            if entry:
                index_entry(entry)
                indexed += 1
    return indexed, len(surplus)


def forget_marks_to_come() -> None:
    """A database that was restored elsewhere counts its transactions anew, and would have marks of the future."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_searchdocument SET changed = 0 "
                "WHERE changed > pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
            )
