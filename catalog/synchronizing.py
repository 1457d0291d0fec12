"""From "these pages changed" to a catalog that says so, whatever way they changed.

Whoever changes a page marks it inside the same transaction (`mark_dirty`); on commit the marks
are read and the pages looked at as they are then. A mark that could not be worked off stays, and the
scheduled check takes it up.
"""

import logging
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.db import models, transaction
from django.db.models import QuerySet
from django_tasks import task
from wagtail.models import Page, get_page_models

from .building import store_entry, withdraw_entries
from .describable import Describable
from .models import CatalogEntry, DirtyPage

logger = logging.getLogger(__name__)

INLINE_LIMIT = 25
CHUNK_SIZE = 100


@lru_cache(maxsize=1)
def describable_models() -> tuple[type[Page], ...]:
    return tuple(model for model in get_page_models() if issubclass(model, Describable))


def public_pages() -> QuerySet[Page]:
    """Live, unrestricted pages with an entry of their own.

    An alias is left out: it repeats another page's text, in the language of that page.
    """
    return Page.objects.type(*describable_models()).live().public().filter(alias_of=None, depth__gt=1)


def mark_dirty(pages: Iterable[Page]) -> None:
    """Have the entries of these pages looked at again when the transaction commits."""
    rows = [DirtyPage(page_id=page.pk, tree_path=page.path) for page in pages]
    if rows:
        DirtyPage.objects.bulk_create(rows, batch_size=500)
        transaction.on_commit(work_off_soon, robust=True)


def mark_subtree_dirty(page: Page) -> None:
    mark_dirty(Page.objects.descendant_of(page, inclusive=True).only("pk", "path").iterator(chunk_size=500))


def work_off_soon() -> None:
    """A few marks are worked off at once; many by the worker, hidden pages before all else."""
    marks = list(DirtyPage.objects.order_by("pk").values_list("pk", "page_id", "tree_path")[: INLINE_LIMIT + 1])
    if len(marks) <= INLINE_LIMIT:
        work_off(marks)
        return
    for chunk in in_chunks(DirtyPage.objects.values_list("page_id", flat=True).distinct().iterator(), 500):
        hide_what_is_not_public(set(chunk))
    work_off_marks.enqueue()


@task()
def work_off_marks() -> None:
    catch_up()


def catch_up() -> None:
    """Work off all marks, a chunk at a time: what is done stays done if this is stopped."""
    while marks := list(DirtyPage.objects.order_by("pk").values_list("pk", "page_id", "tree_path")[:CHUNK_SIZE]):
        work_off(marks)


def work_off(marks: list[tuple[int, int, str]]) -> None:
    if not marks:
        return
    page_ids = entry_pages(marks)
    update_entries(page_ids)
    DirtyPage.objects.filter(pk__in=[pk for pk, _, _ in marks]).delete()


def entry_pages(marks: Iterable[tuple[int, int, str]]) -> set[int]:
    """The pages whose entries the marked pages belong to: themselves, or the work they are part of."""
    page_ids, ancestor_paths = set(), set()
    for _, page_id, tree_path in marks:
        page_ids.add(page_id)
        ancestor_paths |= {tree_path[:end] for end in range(Page.steplen * 2, len(tree_path), Page.steplen)}
    owners = Page.objects.filter(path__in=ancestor_paths).type(*works_with_parts())
    return page_ids | set(owners.values_list("pk", flat=True))


@lru_cache(maxsize=1)
def works_with_parts() -> tuple[type[Page], ...]:
    return tuple(model for model in describable_models() if getattr(model, "has_parts", False))


def update_entries(page_ids: set[int]) -> int:
    """Write or withdraw the entries of these pages as the pages are now. Returns how many changed."""
    pages = {page.pk: page for page in public_pages().filter(pk__in=page_ids).specific().select_related("locale")}
    changed = withdraw_entries(page_ids - set(pages))
    for page in pages.values():
        try:
            if page.get_url_parts() is None:
                changed += withdraw_entries({page.pk})
            else:
                changed += store_entry(page)
        except Exception:
            logger.exception("Page %s could not be described; its entry is withdrawn.", page.pk)
            withdraw_entries({page.pk})
            raise
    return changed


def hide_what_is_not_public(page_ids: set[int]) -> int:
    """Withdraw at once what readers must no longer see, before the rest is brought up to date."""
    shown = set(public_pages().filter(pk__in=page_ids).values_list("pk", flat=True))
    return withdraw_entries(page_ids - shown)


def in_chunks(items: Iterable, size: int) -> Iterator[list]:
    chunk: list = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def differences() -> tuple[set[int], set[int]]:
    """Page ids that should have an entry and have none, and those that have one and should not."""
    public = public_pages().order_by().values_list("pk", flat=True)
    listed = CatalogEntry.objects.filter(withdrawn_at=None).order_by().values_list("page_id", flat=True)
    id_field = models.BigIntegerField()
    public = public.annotate(id_=models.functions.Cast("pk", id_field)).values_list("id_", flat=True)
    return set(public.difference(listed)), set(listed.difference(public))
