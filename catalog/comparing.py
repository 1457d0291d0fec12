"""Compares the catalog with the pages, in the database and both ways."""

from django.db.models import BigIntegerField, Func, QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Coalesce
from wagtail.models import Page, Site

from content.models import File, Picture

from .describing import describe
from .gathering import gather
from .models import CatalogEntry, EntryAsset, EntryPart
from .pages import public_pages, readable_parts, works_above
from .privacy import in_private_collections
from .together import described_together

# What of a page's row an entry is made of. Where it stands in the tree is compared by itself.
ROW = (
    "url_path", "title", "show_in_menus", "expire_at", "first_published_at", "last_published_at",
    "live_revision_id", "translation_key", "locale_id",
)  # fmt: skip


def fingerprint() -> MD5:
    """An expression over a page's row, computed by the database; another database may compute another value."""
    pieces = []
    for name in ROW:
        pieces += [Coalesce(Cast(name, TextField()), Value("")), Value("\n")]
    # Django's Concat nests a call for each piece, which is too deep for SQLite.
    return MD5(Func(*pieces, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField()))


def fingerprints(page_ids: set[int]) -> dict[int, str]:
    pages = Page.objects.filter(pk__in=page_ids).annotate(source=fingerprint())
    return dict(pages.values_list("pk", "source"))


def differences() -> tuple[set[int], set[int]]:
    """Page ids whose entry is missing or was made of an older state, and those whose entry should not be there."""
    Site.clear_site_root_paths_cache()
    pages = rows_of(public_pages(), "path")
    entries = CatalogEntry.objects.public().order_by().values_list("page_id", "source", "tree_path")
    to_write = {page_id for page_id, *_ in pages.difference(entries)}
    surplus = {page_id for page_id, *_ in entries.difference(pages)} - to_write
    outdated = works_with_other_parts() | entries_with_other_privacy()
    return to_write | (outdated - surplus), surplus


def rows_of(pages: QuerySet[Page], *more: str) -> QuerySet:
    return (
        pages.order_by()
        .annotate(id_=Cast("pk", BigIntegerField()), source_=fingerprint())
        .values_list("id_", "source_", *more)
    )


def works_with_other_parts() -> set[int]:
    """Ids of public works that show a part they should not, an old state of one, or not one that they should."""
    public = CatalogEntry.objects.public()
    shown = EntryPart.objects.filter(entry__in=public).order_by().values_list("page_id", "source")
    readable = rows_of(readable_parts())
    changed = {page_id for page_id, _ in shown.difference(readable)}
    missing = {page_id for page_id, _ in readable.difference(shown)} - changed
    works = set(public.filter(parts__page_id__in=changed).values_list("page_id", flat=True))
    above = works_above(Page.objects.filter(pk__in=missing).values_list("path", flat=True))
    return works | set(public.filter(page_id__in=above).values_list("page_id", flat=True))


def entries_with_other_privacy() -> set[int]:
    """Ids of pages with a file or picture that has moved into or out of a private collection."""
    found: set[int] = set()
    for asset_type, model in zip(EntryAsset.Type, (File, Picture), strict=True):
        private = in_private_collections(model.objects.all()).values("pk")
        assets = EntryAsset.objects.filter(type=asset_type, entry__withdrawn_at=None)
        moved = assets.filter(is_private=False, object_id__in=private) | assets.filter(is_private=True).exclude(
            object_id__in=private
        )
        found |= set(moved.values_list("entry__page_id", flat=True))
    return found


def differing_content(page_ids: set[int]) -> set[int]:
    """Those of `page_ids` that would be described otherwise now: finds what no row gives away, but reads every page."""
    digests = dict(
        CatalogEntry.objects.filter(page_id__in=page_ids, withdrawn_at=None).values_list("page_id", "digest")
    )
    pages = list(public_pages().filter(pk__in=page_ids).specific())
    gather(pages)
    with described_together():
        return {page.pk for page in pages if describe(page).digest != digests.get(page.pk)}
