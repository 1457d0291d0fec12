"""Writes and withdraws entries, one transaction each, noticing whoever was faster."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone
from wagtail.models import Page

from content.publication import Publication

from .describing import describe
from .marking import appearances_of, mark_what_refers_to
from .models import CatalogEntry, GoneAddress
from .record import Record
from .rows import BESIDE, NOTHING_STORED, Stored, as_stored, parts_in, rows_beside, stored_rows
from .signals import entry_changed

# What an entry copies of its page's row although readers see the same.
OF_ROW = ("source", "tree_path", "place")
OF_ENTRY = [field.attname for field in CatalogEntry._meta.concrete_fields if field.name not in ("id", "version")]


class Overtaken(Exception):
    """Somebody else wrote the entry since it was read: look at the page again."""


def store_entry(
    page: Page,
    known: CatalogEntry | None = None,
    *,
    sources: dict[int, str],
    stored: Stored,
    rewrite: bool = False,
) -> bool:
    """Write the entry of a public page. Returns whether anything changed.

    `known` is the entry as it was read before the page was, `stored` the rows beside it, read after it: whoever
    changes them has taken the entry first. `sources` are the fingerprints of the page and its parts. `rewrite` tells
    those who listen of the entry although nothing changed. Raises Overtaken.
    """
    entry = describe(page)
    rows = rows_beside(entry, page, sources)
    entry.source = sources.get(page.pk, "")
    wanted = as_stored(rows)
    differing = [model for model in BESIDE if wanted[model] != stored[model]]
    is_same = known is not None and known.digest == entry.digest and known.withdrawn_at is None
    if is_same:
        entry.changed_at = known.changed_at
    is_written = rewrite or not is_same
    if not is_written and not differing:
        claim(entry, known, names=OF_ROW)
        return False
    with transaction.atomic():
        claim(entry, known, names=OF_ENTRY if is_written else OF_ROW)
        replace_rows(entry, {model: rows[model] for model in differing}, stored)
        if is_written:
            remember_gone_parts(entry, parts_in(stored), parts_in(wanted))
            mark_what_refers_to(entry, appearances_of(known, parts_in(stored)), parts_in(wanted))
            entry_changed.send(sender=CatalogEntry, entry=entry)
    return not is_same


def claim(entry: CatalogEntry, known: CatalogEntry | None, *, names: Iterable[str]) -> None:
    """Take the row for this transaction and write these fields, if it is still as it was when it was read."""
    if known is None:
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:
            raise Overtaken from None
        return
    values = {name: getattr(entry, name) for name in names}
    row = CatalogEntry.objects.filter(pk=known.pk, version=known.version)
    if not row.update(**values, version=F("version") + 1):
        raise Overtaken
    entry.pk, entry.version = known.pk, known.version + 1
    entry._state.adding = False


def replace_rows(entry: CatalogEntry, rows: dict[type[Model], list], stored: Stored) -> None:
    for model, instances in rows.items():
        if stored[model]:
            model.objects.filter(entry=entry).delete()
        for instance in instances:
            instance.entry = entry
        model.objects.bulk_create(instances)


def remember_gone_parts(entry: CatalogEntry, before: list[tuple[int, str]], after: list[tuple[int, str]]) -> None:
    """Parts that are shown no longer leave their address; one that only moved has a redirect there."""
    shown = {page_id for page_id, _ in after}
    gone = [GoneAddress(entry=entry, path=path, page_id=page_id) for page_id, path in before if page_id not in shown]
    GoneAddress.objects.bulk_create(gone)
    if shown:
        GoneAddress.objects.filter(page_id__in=shown).delete()


@transaction.atomic
def withdraw_entry(known: CatalogEntry) -> None:
    """Turn an entry into a tombstone: nothing of what it said is kept. Raises Overtaken."""
    if not CatalogEntry.objects.filter(pk=known.pk, version=known.version).update(version=F("version") + 1):
        raise Overtaken
    stored = stored_rows([known.pk])[known.pk]
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
    remember_gone_parts(entry, parts_in(stored), [])
    replace_rows(entry, NOTHING_STORED, stored)
    mark_what_refers_to(entry, appearances_of(known, parts_in(stored)), [])
    entry_changed.send(sender=CatalogEntry, entry=entry)


def withdraw_entries(page_ids: set[int]) -> int:
    """Turn the entries of these pages into tombstones. Returns how many there were. Raises Overtaken."""
    entries = CatalogEntry.objects.filter(page_id__in=page_ids, withdrawn_at=None)
    entries = list(entries.with_record())
    for entry in entries:
        withdraw_entry(entry)
    return len(entries)
