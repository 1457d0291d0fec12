"""More pages than one request describes, and no worker: what must not be seen is hidden all the same."""

import re

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from catalog.models import CatalogEntry, DirtyPage
from catalog.synchronizing import catch_up
from content.models import Rendition
from resources.models import AttachedFile, BlueprintPage
from search.models import SearchText
from toolkits.models import ModulePage, ToolkitPage

from ..rows import made_once
from .conftest import add_blueprint, add_file, add_module, add_picture, add_toolkit, add_unit, listing
from .oracle import assert_right

pytestmark = pytest.mark.django_db
TOKEN = "zyxhidden"
PAGES = 60


@pytest.fixture
def no_worker(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}}


@pytest.fixture
def many(site, no_worker):
    return made_once(make_many)


def make_many() -> list[BlueprintPage]:
    """Sixty blueprints below one listing; the first shows a file and a picture."""
    add_blueprint("seen-elsewhere", parent=listing("news"))
    pages = [
        add_blueprint(f"page-{number}", title=f"{TOKEN} {number}", html=f"<p>{TOKEN}</p>", publish=number > 0)
        for number in range(PAGES)
    ]
    first = pages[0]
    first.attached_files = [AttachedFile(file=add_file("first", TOKEN))]
    first.image = add_picture("first")
    first.save_revision().publish()
    assert_right()
    return pages


def everything_public() -> str:
    reader = Client()
    addresses = ["/en/", "/en/blueprints/", "/en/blueprints/?page=2", f"/en/search/?q={TOKEN}", "/en/search/?size=100"]
    addresses += [f"/en/search/?q={TOKEN}&format=json", "/en/search/?size=100&format=json"]
    # One letter off: what is suggested comes from the words of the index.
    addresses += [f"/en/search/?q={TOKEN[:-1]}", f"/en/search/?q={TOKEN[:-1]}&format=json"]
    texts = [reader.get(address).content.decode() for address in addresses]
    # The query itself is repeated.
    return re.sub(rf'(Search: |q=|value="){TOKEN}', "", "".join(texts))


def test_restriction_hides_a_large_subtree_within_the_request(many):
    file_address = "/documents/{0.pk}/{0.filename}".format(many[0].attached_files.get().file)
    picture_address = Rendition.objects.filter(image=many[0].image).first().url
    reader = Client()
    assert reader.get(file_address).status_code == reader.get(picture_address).status_code == 200
    assert reader.get("/en/search/", {"format": "json"}).json()["total"] == PAGES + 1
    PageViewRestriction.objects.create(page=listing(), restriction_type="login")
    assert not CatalogEntry.objects.public().filter(page_id__in=[page.pk for page in many]).exists()
    assert TOKEN not in everything_public()
    answer = reader.get("/en/search/", {"format": "json"}).json()
    assert answer["total"] == 1
    assert all(value["count"] <= 1 for values in answer["facets"].values() for value in values)
    for address in (file_address, picture_address):
        assert reader.get(address, follow=True).status_code == 404
    for page in many[:2]:
        assert reader.get(f"/en/blueprints/{page.slug}/").status_code == 302
        assert reader.get(f"/en/download/{page.translation_key}/").status_code == 410
    assert not SearchText.objects.filter(title__contains=TOKEN).exists()


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_large_subtree_is_withdrawn_within_the_request(many, way):
    parent = listing()
    if way == "unpublish":
        for page in many:
            page.refresh_from_db()
            page.unpublish()
    else:
        parent.delete()
    assert TOKEN not in everything_public()
    assert Client().get("/en/blueprints/page-5/").status_code == 410
    catch_up()
    assert_right()


def test_large_subtree_comes_back_when_the_worker_has_run(many):
    restriction = PageViewRestriction.objects.create(page=listing(), restriction_type="login")
    catch_up()
    assert_right()
    restriction.delete()
    assert DirtyPage.objects.filter(deferred=True).count() > PAGES
    catch_up()
    assert_right()


def test_large_subtree_that_moves_keeps_being_readable(many):
    page = listing()
    page.slug = "designs"
    page.save_revision().publish()
    reader = Client()
    assert reader.get("/en/designs/page-5/").status_code == 200
    catch_up()
    assert reader.get("/en/blueprints/page-5/").headers["Location"] == "/en/designs/page-5/"
    assert_right()


def make_long_module() -> tuple[ToolkitPage, ModulePage]:
    toolkit = add_toolkit("kit", modules=0)
    module = add_module(toolkit, "module")
    for number in range(40):
        add_unit(module, f"unit-{number}", html=f"<p>{TOKEN}</p>")
    return toolkit, module


@pytest.mark.parametrize("way", ["restrict", "unpublish"])
def test_module_with_many_units_is_hidden_within_the_request(site, no_worker, way):
    toolkit, module = made_once(make_long_module)
    assert TOKEN in str(CatalogEntry.objects.get(page_id=toolkit.pk).publication_data)
    if way == "restrict":
        PageViewRestriction.objects.create(page=module, restriction_type="login")
    else:
        for page in [module, *module.get_children().specific()]:
            page.unpublish()
    assert TOKEN not in str(CatalogEntry.objects.get(page_id=toolkit.pk).publication_data)
    assert Client().get("/en/search/", {"q": TOKEN, "format": "json"}).json()["total"] == 0
    assert_right()


def test_parts_in_many_works_are_hidden_within_the_request(site, no_worker):
    """More works than are described at once, each with one part that is taken back."""
    toolkits = [add_toolkit(f"kit-{number}", modules=1, units=1) for number in range(30)]
    modules = [toolkit.get_children().get().specific for toolkit in toolkits]
    from django.db import transaction

    with transaction.atomic():
        for module in modules:
            module.unpublish()
    for toolkit in toolkits:
        assert "module-1" not in str(CatalogEntry.objects.get(page_id=toolkit.pk).publication_data)
    catch_up()
    assert_right()
