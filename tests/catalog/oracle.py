"""What the catalog should say, worked out from Wagtail's own answers page by page."""

from django.utils import timezone
from wagtail.models import Page

from catalog.comparing import differences
from catalog.describable import Describable, Part
from catalog.describing import describe
from catalog.models import CatalogEntry, DirtyPage, EntryAsset, EntryPart
from search.models import SearchText


def is_public(page: Page) -> bool:
    """Live, not expired by the clock, without a restriction on itself or above, and with an address."""
    expired = page.expire_at is not None and page.expire_at <= timezone.now()
    return page.live and not expired and not page.get_view_restrictions() and page.full_url is not None


def expected_entries() -> dict[int, CatalogEntry]:
    pages = [page.specific for page in Page.objects.filter(depth__gt=1)]
    return {
        page.pk: describe(page)
        for page in pages
        if isinstance(page, Describable) and page.alias_of_id is None and is_public(page)
    }


def is_readable_part(page: Page) -> bool:
    parent = page.get_parent()
    if isinstance(parent.specific, Part):
        return is_public(page) and is_readable_part(parent)
    return is_public(page)


def assert_right(*, marks_left: int = 0) -> None:
    """The catalog says of every page what the page says now, and nothing of any other."""
    expected = expected_entries()
    actual = {entry.page_id: entry for entry in CatalogEntry.objects.public()}
    assert set(actual) == set(expected), (
        f"missing {describe_ids(set(expected) - set(actual))}, surplus {describe_ids(set(actual) - set(expected))}"
    )
    for page_id, entry in expected.items():
        assert_same(actual[page_id], entry)
    parts = {
        page.pk
        for page in Page.objects.filter(depth__gt=2).specific()
        if isinstance(page, Part) and is_readable_part(page)
    }
    owners = set(expected)
    shown = {
        part.page_id: part
        for part in EntryPart.objects.filter(entry__in=CatalogEntry.objects.public()).select_related("entry")
    }
    for page in Page.objects.filter(pk__in=parts):
        owner = next((above.pk for above in reversed(page.get_ancestors()) if above.pk in owners), None)
        if owner in owners and Page.objects.get(pk=owner).specific.has_parts:
            assert shown.pop(page.pk).path == page.get_url_parts()[2]
    assert not shown, f"parts that should not be there: {describe_ids(set(shown))}"
    for entry in CatalogEntry.objects.exclude(pk__in=[entry.pk for entry in actual.values()]):
        # Search forgets what expired by the clock only when the command runs, and checks the clock itself.
        if entry.withdrawn_at:
            assert_empty(entry)
    assert set(SearchText.objects.filter(entry__withdrawn_at=None).values_list("entry__page_id", flat=True)) >= {
        page_id for page_id, entry in expected.items() if entry.kind_info.searchable
    }
    assert DirtyPage.objects.count() == marks_left
    if not marks_left:
        assert differences() == (set(), set())


def assert_same(actual: CatalogEntry, fresh: CatalogEntry) -> None:
    assert actual.record_data == fresh.record_data
    assert actual.publication_data == fresh.publication_data
    for name in ("digest", "path", "tree_path", "title", "place", "expires_at", "language", "work", "published_at"):
        assert getattr(actual, name) == getattr(fresh, name), name
    page = Page.objects.get(pk=actual.page_id).specific
    files, pictures = page.shown_assets()
    for kind, ids in ((EntryAsset.Type.FILE, files), (EntryAsset.Type.PICTURE, pictures)):
        assert set(actual.assets.filter(type=kind).values_list("object_id", flat=True)) <= ids


def assert_empty(entry: CatalogEntry) -> None:
    """A tombstone keeps nothing of what it said."""
    assert entry.title == ""
    assert entry.digest == ""
    assert not entry.publication.sections
    assert entry.record_data["summary"] == ""
    for rows in (entry.facets, entry.links, entry.assets, entry.references, entry.parts):
        assert not rows.exists()
    assert not SearchText.objects.filter(entry=entry).exists()


def describe_ids(page_ids: set[int]) -> list[str]:
    titles = dict(Page.objects.filter(pk__in=page_ids).values_list("pk", "title"))
    return [f"{page_id} {titles.get(page_id, '(deleted)')}" for page_id in sorted(page_ids)]
