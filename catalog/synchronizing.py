"""From "these pages changed" to a catalog that says so, whatever way they changed.

Whoever changes a page marks it inside the same transaction (`mark_dirty`); on commit the marks
are read and the pages looked at as they are then. A mark that could not be worked off stays, and the
scheduled check takes it up.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import OperationalError, transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page, Site

from .building import Overtaken, store_entry, withdraw_entry
from .comparing import differences, fingerprint, fingerprints
from .gathering import gather
from .marking import PAGE, pages_referring_to, write_marks
from .models import CatalogEntry, DirtyPage, EntryPart
from .pages import describable_models, public_pages, readable_parts, works_above, works_with_parts
from .rows import NOTHING_STORED, stored_rows
from .together import described_together

__all__ = [
    "catch_up", "describable_models", "differences", "in_chunks", "mark_dirty", "mark_subtree_dirty", "public_pages",
    "update_entries", "work_off", "worked_off_together", "works_with_parts",
]  # fmt: skip

logger = logging.getLogger(__name__)

# How many pages are described, and how many entries withdrawn, before the request that changed them is answered.
INLINE_LIMIT = 25
INLINE_WITHDRAWALS = 200
INLINE_MARKS = 1000
CHUNK_SIZE = 100
ATTEMPTS = 5

Mark = tuple[int, int, str]


@dataclass(slots=True)
class Outcome:
    """How many entries changed, and what went wrong by page id."""

    changed: int = 0
    failures: dict[int, Exception] = field(default_factory=dict)


def mark_dirty(pages: Iterable[Page]) -> None:
    """Have the entries of these pages looked at again when the transaction commits."""
    if write_marks(pages):
        transaction.on_commit(work_off_soon, robust=True)


def mark_subtree_dirty(page: Page) -> None:
    mark_dirty(Page.objects.descendant_of(page, inclusive=True).only("pk", "path").iterator(chunk_size=500))


_is_postponed: ContextVar[bool] = ContextVar("_is_postponed", default=False)


@contextmanager
def worked_off_together() -> Iterator[None]:
    """What is marked in this block is worked off at its end: pages that refer to each other are described once.

    For content that is added; what must vanish at once has no place in it. If the process ends before, the marks stay
    for the next change or the scheduled check.
    """
    token = _is_postponed.set(True)
    try:
        yield
    finally:
        _is_postponed.reset(token)
    catch_up()


def work_off_soon() -> None:
    """A few marks are worked off at once; many by the worker, after all that must not be seen is hidden."""
    if _is_postponed.get():
        return
    for _ in range(ATTEMPTS):  # Working off marks the pages that link to what has a new address.
        marks = list(read_marks(deferred=False)[: INLINE_MARKS + 1])
        if not marks:
            return
        if len(marks) > INLINE_MARKS or not is_little(marks):
            break
        bring_up_to_date(marks)
    hand_over_to_worker()


def read_marks(**conditions: object) -> QuerySet:
    return DirtyPage.objects.filter(**conditions).order_by("pk").values_list("pk", "page_id", "tree_path")


def is_little(marks: Iterable[Mark]) -> bool:
    if len({page_id for _, page_id, _ in marks}) <= INLINE_LIMIT:
        return True
    page_ids = entry_pages(marks)
    entries = CatalogEntry.objects.filter(page_id__in=page_ids, withdrawn_at=None).count()
    return entries <= INLINE_WITHDRAWALS and public_pages().filter(pk__in=page_ids).count() <= INLINE_LIMIT


def hand_over_to_worker() -> None:
    last = DirtyPage.objects.filter(deferred=False).aggregate(last=Max("pk"))["last"]
    if last is None:
        return
    Site.clear_site_root_paths_cache()
    marks = DirtyPage.objects.filter(deferred=False, pk__lte=last)
    for chunk in in_chunks(set(marks.values_list("page_id", flat=True)), 500):
        hide_what_is_not_public(set(chunk))
    marks.update(deferred=True)
    work_off_marks.enqueue()


@task()
def work_off_marks() -> None:
    catch_up()


def catch_up() -> dict[int, Exception]:
    """Work off all marks, a chunk at a time: what is done stays done if this is stopped.

    Describing pages marks those that refer to them; these wait until all that was marked before is done, so that a
    page is described once for many that it refers to. A page that fails is not tried again, so this ends. Returns
    what went wrong by page id.
    """
    failures: dict[int, Exception] = {}
    while last := DirtyPage.objects.exclude(page_id__in=failures).aggregate(last=Max("pk"))["last"]:
        done: set[int] = set()
        while marks := list(read_marks(pk__lte=last).exclude(page_id__in=failures)[:CHUNK_SIZE]):
            failures |= bring_up_to_date(marks, done)
    return failures


def work_off(marks: list[Mark]) -> None:
    """Work off these marks. Raises the first error once the other pages are done; its mark stays."""
    for error in bring_up_to_date(marks).values():
        raise error


def bring_up_to_date(marks: list[Mark], done: set[int] | None = None) -> dict[int, Exception]:
    """Update the entries that the marks concern and delete the marks. Returns what went wrong by page id.

    Only the marks given are deleted: one that is written while its page is being described stays. Pages that were
    `done` after the marks were written are left alone, and the others added to them.
    """
    if not marks:
        return {}
    done = set() if done is None else done
    mark_what_refers_to_pages_outside({page_id for _, page_id, _ in marks})
    page_ids = entry_pages(marks) - done
    failures = update_entries(page_ids).failures
    done |= page_ids
    DirtyPage.objects.filter(pk__in=[pk for pk, _, _ in marks]).delete()
    return failures


def entry_pages(marks: Iterable[Mark]) -> set[int]:
    """The pages whose entries the marked pages belong to: themselves, or the work they are or were part of."""
    marks = list(marks)
    page_ids = {page_id for _, page_id, _ in marks}
    tree_paths = {tree_path for _, _, tree_path in marks}
    works: set[int] = set()
    for chunk in in_chunks(page_ids, 500):
        tree_paths |= set(Page.objects.filter(pk__in=chunk).values_list("path", flat=True))
        works |= set(EntryPart.objects.filter(page_id__in=chunk).values_list("entry__page_id", flat=True))
    return page_ids | works | works_above(tree_paths)


def mark_what_refers_to_pages_outside(page_ids: set[int]) -> None:
    """A page without an entry shows no change of address in the catalog; so whatever links to it is looked at."""
    entries = CatalogEntry.objects.filter(page_id__in=page_ids, withdrawn_at=None)
    outside = page_ids - set(entries.values_list("page_id", flat=True))
    if outside:
        outside -= set(EntryPart.objects.filter(page_id__in=outside).values_list("page_id", flat=True))
    if outside:
        write_marks(pages_referring_to(PAGE, outside).exclude(pk__in=page_ids))


def update_entries(page_ids: set[int], *, rewrite: bool = False) -> Outcome:
    """Write or withdraw the entries of these pages as the pages are now; one bad page does not stop the others.

    A page that could not be described keeps one mark, for the scheduled check.
    """
    outcome = Outcome()
    remaining = set(page_ids)
    for _ in range(ATTEMPTS):
        with described_together():
            remaining = update_once(remaining, outcome, rewrite=rewrite)
        if not remaining:
            break
    outcome.failures |= {page_id: Overtaken(f"Page {page_id} keeps changing.") for page_id in remaining}
    if outcome.failures:
        keep_marked(set(outcome.failures))
    return outcome


@transaction.atomic
def keep_marked(page_ids: set[int]) -> None:
    places = dict(Page.objects.filter(pk__in=page_ids).values_list("pk", "path"))
    DirtyPage.objects.filter(page_id__in=page_ids, deferred=True).delete()
    DirtyPage.objects.bulk_create(
        DirtyPage(page_id=page_id, tree_path=places.get(page_id, ""), deferred=True) for page_id in page_ids
    )


def update_once(page_ids: set[int], outcome: Outcome, *, rewrite: bool) -> set[int]:
    """One pass. Returns the pages whose entries somebody else wrote at the same time."""
    # Another process may have moved the root of the site, and the cache is each process's own.
    Site.clear_site_root_paths_cache()
    # Entries are read before all else: whoever writes an entry in between makes this pass start over.
    entries = {entry.page_id: entry for entry in CatalogEntry.objects.filter(page_id__in=page_ids).with_record()}
    stored = stored_rows(entry.pk for entry in entries.values())
    # The fingerprints are read before the pages, never after: a page that changes in between is found to differ.
    found = public_pages().filter(pk__in=page_ids).annotate(source_=fingerprint()).specific()
    pages = {page.pk: page for page in found.select_related("locale", for_specific_subqueries=True)}
    gather(pages.values())
    overtaken = set()
    for page_id in sorted(page_ids):
        entry, page = entries.get(page_id), pages.get(page_id)
        try:
            if page is not None:
                below = fingerprints({part.pk for part in page.parts}) if page.has_parts else {}
                sources = {page_id: page.source_, **below}
                beside = stored[entry.pk] if entry else NOTHING_STORED
                outcome.changed += store_entry(page, entry, sources=sources, stored=beside, rewrite=rewrite)
            elif entry is not None and entry.digest:
                withdraw_entry(entry)
                outcome.changed += 1
        except Overtaken:
            overtaken.add(page_id)
        except OperationalError:
            raise  # The database is busy or gone: nothing is wrong with the page.
        except Exception as error:
            logger.exception("Page %s could not be described; its entry is withdrawn until it can be.", page_id)
            outcome.failures[page_id] = error
            hide_entry(page_id)
    return overtaken


def hide_entry(page_id: int) -> None:
    """Withdraw the entry of a page that cannot be described; hidden at least, if search cannot forget it either."""
    CatalogEntry.objects.filter(page_id=page_id, withdrawn_at=None).update(**withdrawal())
    entry = CatalogEntry.objects.filter(page_id=page_id).exclude(digest="").first()
    if entry is None:
        return
    try:
        withdraw_entry(entry)
    except Exception:
        logger.exception("The entry of page %s is hidden but could not be emptied.", page_id)


def hide_what_is_not_public(page_ids: set[int]) -> None:
    """Withdraw at once what readers must no longer see, before the rest is brought up to date."""
    shown = public_pages().filter(pk__in=page_ids).values("pk")
    doomed = CatalogEntry.objects.filter(withdrawn_at=None, page_id__in=page_ids).exclude(page_id__in=shown)
    hidden = set(doomed.values_list("page_id", flat=True))
    CatalogEntry.objects.filter(withdrawn_at=None, page_id__in=hidden).update(**withdrawal())
    if len(hidden) <= INLINE_WITHDRAWALS:
        update_entries(hidden)
    parts = EntryPart.objects.filter(page_id__in=page_ids, entry__withdrawn_at=None)
    gone = parts.exclude(page_id__in=readable_parts().filter(pk__in=page_ids).values("pk"))
    update_entries(set(gone.values_list("entry__page_id", flat=True)))


def withdrawal() -> dict:
    now = timezone.now()
    return {"withdrawn_at": now, "changed_at": now, "version": F("version") + 1}


def in_chunks(items: Iterable, size: int) -> Iterator[list]:
    chunk: list = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
