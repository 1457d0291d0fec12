"""The rows beside an entry: what it is filtered by, what it shows, refers to and consists of."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from content.models import File, Picture

from .describing import address_of, expired_parts
from .models import CatalogEntry, EntryAsset, EntryFacet, EntryLink, EntryPart, EntryReference
from .privacy import private_ids
from .references import Reference, label_of, references_of

if TYPE_CHECKING:
    from .describable import Describable


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
