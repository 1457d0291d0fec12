"""Marks pages whose entries must be looked at again. Writes rows only; `synchronizing` works them off."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page

from .models import CatalogEntry, DirtyPage, EntryPart, EntryReference

PAGE = "wagtailcore.page"
Appearance = tuple


def write_marks(pages: Iterable[Page]) -> int:
    """Mark these pages inside the current transaction. Returns how many marks were written."""
    rows = [DirtyPage(page_id=page.pk, tree_path=page.path) for page in pages]
    DirtyPage.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def pages_referring_to(model: str, object_ids: Iterable[int]) -> QuerySet[Page]:
    """Pages whose published text or fields refer to these objects; `model` as in "wagtailcore.page"."""
    references = EntryReference.objects.filter(model=model, object_id__in=list(object_ids), entry__withdrawn_at=None)
    return Page.objects.filter(pk__in=references.values("entry__page_id")).only("pk", "path")


def appearances_of(entry: CatalogEntry | None, parts: Iterable[tuple[int, str]]) -> dict[int, Appearance]:
    """What other pages repeat of an entry and of its parts, by page id: address, title, card, funding."""
    if entry is None or entry.digest == "":
        return {}
    record = entry.record_data
    card = (entry.path, entry.title, *(record.get(name) for name in ("summary", "card_picture", "license", "funding")))
    return {entry.page_id: card, **{page_id: (path,) for page_id, path in parts}}


def mark_what_refers_to(entry: CatalogEntry, before: dict[int, Appearance], parts: Iterable[tuple[int, str]]) -> None:
    """Texts carry the addresses they link to, and a link leads to the reader's own edition if there is one.

    So a change of address or card, or of being there at all, concerns what links to any edition.
    """
    after = appearances_of(entry, parts)
    changed = {page_id for page_id in before.keys() | after.keys() if before.get(page_id) != after.get(page_id)}
    if changed:
        write_marks(pages_referring_to(PAGE, editions_of(changed)).exclude(pk=entry.page_id))


def editions_of(page_ids: set[int]) -> set[int]:
    """Ids of all pages, and of those gone that had an entry, that are editions of the same as these pages."""
    pages, entries = Page.objects.order_by(), CatalogEntry.objects.all()
    parts = EntryPart.objects.filter(page_id__in=page_ids, work__isnull=False).values_list("work")
    works = {
        work
        for (work,) in pages.filter(pk__in=page_ids)
        .values_list("translation_key")
        .union(entries.filter(page_id__in=page_ids).values_list("work"), parts)
    }
    in_tree = pages.filter(translation_key__in=works).values_list("pk")
    editions = in_tree.union(entries.filter(work__in=works).values_list("page_id"))
    return page_ids | {page_id for (page_id,) in editions}
