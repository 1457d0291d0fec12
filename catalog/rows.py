"""The rows beside an entry: what it is filtered by, what it shows, refers to and consists of."""

from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from django.db import models

from content.models import File, Picture

from .describing import address_of, expired_parts
from .models import CatalogEntry, EntryAsset, EntryFacet, EntryLink, EntryPart, EntryReference
from .privacy import private_ids
from .references import Reference, label_of, references_of

if TYPE_CHECKING:
    from .describable import Describable

BESIDE = (EntryFacet, EntryLink, EntryAsset, EntryReference, EntryPart)
# By model, the values of rows without their own id and that of the entry, in their order: that of parts is shown.
Stored = dict[type[models.Model], list[tuple]]
NOTHING_STORED: Stored = {model: [] for model in BESIDE}


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


def stored_rows(entry_ids: Iterable[int]) -> dict[int, Stored]:
    """What is stored beside each of these entries; one query for each model."""
    found: dict[int, Stored] = {pk: {model: [] for model in BESIDE} for pk in entry_ids}
    for model in BESIDE:
        names = [field.attname for field in columns(model)]
        rows = model.objects.filter(entry_id__in=list(found)).order_by("pk")
        for entry_id, *row in rows.values_list("entry_id", *names):
            found[entry_id][model].append(tuple(row))
    return found


def as_stored(rows: dict[type[models.Model], list]) -> Stored:
    return {
        model: [tuple(field.to_python(getattr(row, field.attname)) for field in columns(model)) for row in instances]
        for model, instances in rows.items()
    }


@cache
def columns(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if field.name not in ("id", "entry")]


def parts_in(stored: Stored) -> list[tuple[int, str]]:
    """Page id and address of each part."""
    names = [field.attname for field in columns(EntryPart)]
    page_id, path = names.index("page_id"), names.index("path")
    return [(row[page_id], row[path]) for row in stored[EntryPart]]
