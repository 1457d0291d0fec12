"""Turns a page into its entry, and keeps the rows beside the entry in step."""

import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone, translation
from wagtail.models import Page

from content.models import File, Picture
from content.publication import Publication

from .marking import addresses_of, mark_what_refers_to
from .models import CatalogEntry, EntryAsset, EntryFacet, EntryLink, EntryPart, EntryReference, GoneAddress
from .privacy import private_ids
from .record import Record
from .references import Reference, label_of, references_of
from .signals import entry_changed

if TYPE_CHECKING:
    from .describable import Describable


class Overtaken(Exception):
    """Somebody else wrote the entry since it was read: look at the page again."""


def describe(page: Page, *, with_expired_parts: bool = False) -> CatalogEntry:
    """An unsaved entry of `page` as it stands in memory, in the page's own language.

    Left out is what readers may not have although the page names it: files in private collections,
    and parts whose time is over while Wagtail still calls them live.
    """
    with translation.override(page.locale.language_code):
        record: Record = page.to_record()
        publication: Publication = page.to_publication()
    private = private_ids(File, {file.id for file in record.files})
    record = replace(record, files=tuple(file for file in record.files if file.id not in private))
    if not with_expired_parts:
        over = {address_of(part) for part in expired_parts(page)}
        publication = replace(
            publication, sections=tuple(part for part in publication.sections if not part.path or part.path not in over)
        )
    expires_at = first_expiry(page)
    record_data, publication_data = record.as_json(), publication.as_json()
    state = json.dumps(
        [record_data, publication_data, page.show_in_menus, expires_at, page.first_published_at],
        sort_keys=True,
        cls=DjangoJSONEncoder,
    )
    return CatalogEntry(
        page_id=page.pk or 0,
        work=page.translation_key,
        language=page.locale.language_code,
        kind=page.catalog_kind,
        path=record.path,
        tree_path=page.path,
        title=record.title[:255],
        in_menu=page.show_in_menus,
        record_data=json.loads(json.dumps(record_data, cls=DjangoJSONEncoder)),
        publication_data=json.loads(json.dumps(publication_data, cls=DjangoJSONEncoder)),
        digest=hashlib.sha256(state.encode()).hexdigest(),
        published_at=page.first_published_at,
        changed_at=timezone.now(),
        expires_at=expires_at,
    )


def expired_parts(page: "Describable") -> list[Page]:
    """Parts past their expiry, and what lies below them."""
    now = timezone.now()
    over = tuple(part.path for part in page.parts if part.expire_at and part.expire_at <= now)
    return [part for part in page.parts if part.path.startswith(over)] if over else []


def first_expiry(page: "Describable") -> object:
    """When something of the page stops being public: the entry is not trusted beyond that moment."""
    over = expired_parts(page)
    times = [page.expire_at, *(part.expire_at for part in page.parts if part not in over)]
    return min((time for time in times if time), default=None)


def address_of(part: Page) -> str:
    parts = part.get_url_parts()
    return parts[2] if parts else ""


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
        before = addresses_of(known)
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
    values = {"version": F("version") + 1, "source": entry.source, "tree_path": entry.tree_path}
    if not CatalogEntry.objects.filter(pk=known.pk, version=known.version).update(**values):
        raise Overtaken
    entry.pk, entry.version = known.pk, known.version + 1
    entry._state.adding = False


def rows_beside(entry: CatalogEntry, page: "Describable", sources: dict[int, str]) -> dict[type, list]:
    over = expired_parts(page)
    references = references_of(page)
    for part in page.parts:
        if part not in over:
            references |= references_of(part, inline_rows=False)
    hidden = {reference for part in over for reference in references_of(part, inline_rows=False)} - references
    return {
        EntryFacet: [
            EntryFacet(name=name, value=value[:100])
            for name, values in entry.record.facets.items()
            for value in dict.fromkeys(values)
        ],
        EntryLink: [EntryLink(**asdict(relation)) for relation in dict.fromkeys(entry.record.relations)],
        EntryAsset: asset_rows(page, hidden),
        EntryReference: [EntryReference(model=model, object_id=pk) for model, pk in sorted(references)],
        EntryPart: part_rows(entry, page, sources),
    }


def asset_rows(page: "Describable", hidden: set[Reference]) -> list[EntryAsset]:
    rows = []
    for asset_type, model, ids in zip(EntryAsset.Type, (File, Picture), page.shown_assets(), strict=True):
        shown = ids - {pk for label, pk in hidden if label == label_of(model)}
        private = private_ids(model, shown)
        rows += [EntryAsset(type=asset_type, object_id=pk, is_private=pk in private) for pk in sorted(shown)]
    return rows


def part_rows(entry: CatalogEntry, page: "Describable", sources: dict[int, str]) -> list[EntryPart]:
    pages = {address_of(part): part for part in page.parts}
    return [
        EntryPart(
            path=section.path,
            anchor=section.id,
            page_id=pages[section.path].pk,
            work=pages[section.path].translation_key,
            source=sources.get(pages[section.path].pk, ""),
        )
        for section in entry.publication.sections
        if section.path in pages
    ]


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
    before = addresses_of(known)
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
    entries = list(entries.defer("record_data", "publication_data"))
    for entry in entries:
        withdraw_entry(entry)
    return len(entries)
