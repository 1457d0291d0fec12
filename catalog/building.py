"""Writes and withdraws entries, one transaction each, noticing whoever was faster."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page

from content.publication import Publication

from .describing import describe
from .marking import appearances_of, mark_what_refers_to
from .models import CatalogEntry, EntryAsset, EntryFacet, EntryLink, EntryPart, EntryReference, GoneAddress
from .record import Record
from .rows import rows_beside
from .signals import entry_changed


class Overtaken(Exception):
    """Somebody else wrote the entry since it was read: look at the page again."""


def store_entry(
    page: Page, known: CatalogEntry | None = None, *, sources: dict[int, str], rewrite: bool = False
) -> bool:
    """Write the entry of a public page. Returns whether anything changed.

    `known` is the entry as it was read before the page was. `sources` are the fingerprints of the page
    and its parts. `rewrite` writes everything although nothing changed. Raises Overtaken.
    """
    entry = describe(page)
    rows = rows_beside(entry, page, sources)
    entry.source = sources.get(page.pk, "")
    with transaction.atomic():
        claim(entry, known)
        is_same = known is not None and known.digest == entry.digest and known.withdrawn_at is None
        if is_same and not rewrite:
            if rows_differ(known, rows):
                replace_rows(known, rows)
            return False
        before = appearances_of(known)
        if is_same:
            entry.changed_at = known.changed_at
        entry.save(force_update=True)
        remember_gone_parts(entry, rows[EntryPart])
        replace_rows(entry, rows)
        mark_what_refers_to(entry, before)
        entry_changed.send(sender=CatalogEntry, entry=entry)
    return not is_same


def claim(entry: CatalogEntry, known: CatalogEntry | None) -> None:
    """Take the row for this transaction, if it is still as it was when it was read."""
    if known is None:
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:
            raise Overtaken from None
        return
    values = {"version": F("version") + 1, "source": entry.source, "tree_path": entry.tree_path, "place": entry.place}
    if not CatalogEntry.objects.filter(pk=known.pk, version=known.version).update(**values):
        raise Overtaken
    entry.pk, entry.version = known.pk, known.version + 1
    entry._state.adding = False


def rows_differ(entry: CatalogEntry, rows: dict[type, list]) -> bool:
    """What the record does not tell: states of parts, links and pictures that show the same."""
    for model in (EntryPart, EntryReference, EntryAsset):
        names = [field.attname for field in model._meta.concrete_fields if field.name not in ("id", "entry")]
        wanted = sorted([tuple(getattr(row, name) for name in names) for row in rows[model]], key=repr)
        if wanted != sorted(model.objects.filter(entry=entry).values_list(*names), key=repr):
            return True
    return False


def replace_rows(entry: CatalogEntry, rows: dict[type, list]) -> None:
    for model, instances in rows.items():
        model.objects.filter(entry=entry).delete()
        for instance in instances:
            instance.entry = entry
        model.objects.bulk_create(instances)


def remember_gone_parts(entry: CatalogEntry, parts: list[EntryPart]) -> None:
    """Parts that are shown no longer leave their address; one that only moved has a redirect there."""
    shown = {part.page_id for part in parts}
    gone = EntryPart.objects.filter(entry=entry).exclude(page_id__in=shown)
    GoneAddress.objects.bulk_create([GoneAddress(entry=entry, path=part.path, page_id=part.page_id) for part in gone])
    GoneAddress.objects.filter(page_id__in=shown).delete()


@transaction.atomic
def withdraw_entry(known: CatalogEntry) -> None:
    """Turn an entry into a tombstone: nothing of what it said is kept. Raises Overtaken."""
    if not CatalogEntry.objects.filter(pk=known.pk, version=known.version).update(version=F("version") + 1):
        raise Overtaken
    before = appearances_of(known)
    now = timezone.now()
    entry = CatalogEntry(
        pk=known.pk,
        page_id=known.page_id,
        work=known.work,
        language=known.language,
        kind=known.kind,
        path=known.path,
        tree_path=known.tree_path,
        title="",
        version=known.version + 1,
        published_at=known.published_at,
        changed_at=known.changed_at if known.withdrawn_at else now,
        withdrawn_at=known.withdrawn_at or now,
    )
    identity = {"work": str(entry.work), "language": entry.language, "kind": entry.kind, "title": "", "summary": ""}
    entry.record_data = Record(**identity, path=entry.path).as_json()
    entry.publication_data = Publication(**identity).as_json()
    entry._state.adding = False
    entry.save(force_update=True)
    remember_gone_parts(entry, [])
    replace_rows(entry, {model: [] for model in (EntryFacet, EntryLink, EntryAsset, EntryReference, EntryPart)})
    mark_what_refers_to(entry, before)
    entry_changed.send(sender=CatalogEntry, entry=entry)


def withdraw_entries(page_ids: set[int]) -> int:
    """Turn the entries of these pages into tombstones. Returns how many there were. Raises Overtaken."""
    entries = CatalogEntry.objects.filter(page_id__in=page_ids, withdrawn_at=None)
    entries = list(entries.without_content())
    for entry in entries:
        withdraw_entry(entry)
    return len(entries)
