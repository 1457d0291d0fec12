"""check_catalog finds what no signal told of, says so, and repairs it; rebuild_catalog makes everything anew."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from catalog.comparing import differences
from catalog.models import CatalogEntry, EntryAsset, EntryFacet, EntryPart, GoneAddress
from content.models import File
from resources.models import AttachedFile, BlueprintPage
from toolkits.models import ModulePage, UnitPage

from ..rows import made_once
from .conftest import add_blueprint, add_file, add_toolkit, listing, locale
from .oracle import assert_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(site):
    return made_once(make_pages)


def make_pages() -> dict[str, Page]:
    """Two blueprints, the second with a file in a collection of its own, and a toolkit."""
    one = add_blueprint("one")
    two = add_blueprint("two", publish=False)
    collection = Collection.get_first_root_node().add_child(name="Files")
    two.attached_files = [AttachedFile(file=add_file("two", collection=collection))]
    two.save_revision().publish()
    return {"one": one, "two": BlueprintPage.objects.get(slug="two"), "kit": add_toolkit("kit")}


def check(**options) -> str:
    out = io.StringIO()
    call_command("check_catalog", stdout=out, **options)
    return out.getvalue()


def one() -> "Page":
    return Page.objects.filter(slug="one")


SILENT = {
    "unpublished": lambda: one().update(live=False),
    "everything unpublished": lambda: Page.objects.filter(depth__gt=2).update(live=False),
    "published": lambda: Page.objects.filter(slug="draft").update(live=True, first_published_at=timezone.now()),
    "retitled": lambda: one().update(title="Other title"),
    "new publication": lambda: one().update(last_published_at=timezone.now()),
    "other revision": lambda: one().update(live_revision=None),
    "other address": lambda: one().update(slug="x", url_path=one().get().url_path.replace("one", "x")),
    "outside of the site": lambda: one().update(url_path="/nowhere/one/"),
    "in the menu": lambda: one().update(show_in_menus=True),
    "expired": lambda: one().update(expire_at=timezone.now()),
    "expires later": lambda: one().update(expire_at=timezone.now() + timezone.timedelta(days=1)),
    "alias": lambda: one().update(alias_of=Page.objects.get(slug="two")),
    "restricted": lambda: PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=one().get(), restriction_type="login")]
    ),
    "parent restricted": lambda: PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=listing(), restriction_type="login")]
    ),
    "unit unpublished": lambda: UnitPage.objects.filter(slug="unit-1").update(live=False),
    "unit retitled": lambda: UnitPage.objects.filter(slug="unit-1").update(title="Other"),
    "unit expired": lambda: UnitPage.objects.filter(slug="unit-1").update(expire_at=timezone.now()),
    "module unpublished": lambda: ModulePage.objects.filter(slug="module-1").update(live=False),
    "module restricted": lambda: PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=ModulePage.objects.first(), restriction_type="login")]
    ),
    "unit published": lambda: UnitPage.objects.filter(slug="unit-draft").update(live=True),
    "entry lost": lambda: CatalogEntry.objects.filter(page_id=one().get().pk).delete(),
    "entry withdrawn": lambda: CatalogEntry.objects.filter(page_id=one().get().pk).update(withdrawn_at=timezone.now()),
    "entry of nothing": lambda: CatalogEntry.objects.filter(page_id=one().get().pk).update(page_id=999_999),
    "other place": lambda: CatalogEntry.objects.filter(page_id=one().get().pk).update(tree_path="0009"),
    "parts lost": lambda: EntryPart.objects.all().delete(),
    "collection restricted": lambda: CollectionViewRestriction.objects.bulk_create(
        [CollectionViewRestriction(collection=Collection.objects.get(name="Files"), restriction_type="login")]
    ),
    "file moved": lambda: File.objects.update(collection=private_collection()),
    "collection moved": lambda: Collection.objects.get(name="Files").move(private_collection(), "sorted-child"),
}  # fmt: skip


def private_collection() -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


@pytest.mark.parametrize("change", SILENT.values(), ids=SILENT.keys())
def test_silent_change_is_found_and_repaired(pages, change):
    add_blueprint("draft", publish=False)
    module = ModulePage.objects.get(slug="module-2")
    module.add_child(instance=UnitPage(title="Draft unit", slug="unit-draft", live=False, locale=locale("en")))
    assert check() == "The catalog agrees with the pages.\n"
    change()
    with pytest.raises(CommandError, match="Run it again with --repair"):
        check()
    assert "Repaired" in check(repair=True)
    assert check() == "The catalog agrees with the pages.\n"
    assert_right()


def test_thorough_check_finds_what_no_row_gives_away(pages):
    BlueprintPage.objects.filter(slug="one").update(summary="Written past Wagtail.")
    assert check() == "The catalog agrees with the pages.\n"
    with pytest.raises(CommandError, match="1 pages without"):
        check(thorough=True)
    check(thorough=True, repair=True)
    assert_right()


def test_check_asks_the_database_for_sets(pages, django_assert_max_num_queries):
    differences()
    with django_assert_max_num_queries(20):
        differences()


def test_rebuild_makes_rows_anew_and_keeps_dates(pages):
    before = dict(CatalogEntry.objects.values_list("page_id", "changed_at"))
    EntryFacet.objects.all().delete()
    EntryAsset.objects.all().delete()
    GoneAddress.objects.all().delete()
    CatalogEntry.objects.filter(page_id=pages["one"].pk).delete()
    call_command("rebuild_catalog", verbosity=0, stdout=io.StringIO())
    assert_right()
    assert EntryFacet.objects.exists()
    assert EntryAsset.objects.exists()
    after = dict(CatalogEntry.objects.values_list("page_id", "changed_at"))
    assert {page_id for page_id in before if before[page_id] != after[page_id]} == {pages["one"].pk}


def test_rebuild_from_nothing(pages):
    CatalogEntry.objects.all().delete()
    call_command("rebuild_catalog", verbosity=0, stdout=io.StringIO())
    assert_right()
