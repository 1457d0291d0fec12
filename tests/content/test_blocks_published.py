"""Blocks in published pages: cards follow the works they show, files are served and taken along."""

import io
import zipfile

import pytest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from catalog.models import CatalogEntry
from tests.catalog.conftest import (  # noqa: F401 - fixtures
    add_blueprint,
    add_picture,
    add_toolkit,
    add_unit,
    empty_cache,
    name_database_of_atomic_blocks,
    site,
)

from ..rows import made_once
from .test_blocks import file, items, question, video

pytestmark = pytest.mark.django_db


def show(page, *blocks):
    page.body = [{"type": name, "value": value, "id": f"b{number}"} for number, (name, value) in enumerate(blocks)]
    page.save_revision().publish()
    return page


def html_of(page) -> str:
    entry = CatalogEntry.objects.get(page_id=page.pk)
    return "".join(section.html for section in entry.publication.sections)


def archive_of(client, page) -> zipfile.ZipFile:
    entry = CatalogEntry.objects.get(page_id=page.pk)
    response = client.get(f"/{entry.language}/download/{entry.work}/")
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


@pytest.fixture
def card(site):  # noqa: F811
    return made_once(make_card)


def make_card() -> tuple[Page, Page]:
    """A page with the card of another."""
    shown = add_blueprint("shown", title="Shown work")
    return show(add_blueprint("showing"), ("resource", {"page": shown.pk})), shown


def test_card_shows_title_summary_and_address(card):
    page, shown = card
    html = html_of(page)
    assert f'<a href="{CatalogEntry.objects.get(page_id=shown.pk).path}">Shown work</a>' in html
    assert "Summary of shown." in html


def test_card_follows_title_summary_and_address(card):
    page, shown = card
    shown.summary = "Another summary."
    shown.save_revision().publish()
    assert "Another summary." in html_of(page)
    shown.title, shown.slug = "Other title", "other"
    shown.save_revision().publish()
    assert "/en/blueprints/other/" in html_of(page)
    assert "Other title" in html_of(page)


@pytest.mark.parametrize("how", ["unpublished", "deleted", "restricted"])
def test_card_disappears_with_its_work(card, how):
    page, shown = card
    if how == "unpublished":
        shown.unpublish()
    elif how == "deleted":
        shown.delete()
    else:
        PageViewRestriction.objects.create(page=shown, restriction_type=PageViewRestriction.LOGIN)
    html = html_of(page)
    assert "Shown work" not in html
    assert "Summary of shown." not in html
    assert "card" not in html


def test_card_of_an_expired_work_is_not_made(card):
    page, shown = card
    CatalogEntry.objects.filter(page_id=shown.pk).update(expires_at=timezone.now())
    page.save_revision().publish()
    assert "Shown work" not in html_of(page)


def test_card_of_a_draft_appears_when_it_is_published(site):  # noqa: F811
    draft = add_blueprint("draft", title="Still secret", publish=False)
    page = show(add_blueprint("showing"), ("resource", {"page": draft.pk}))
    assert "Still secret" not in html_of(page)
    draft.save_revision().publish()
    assert "Still secret" in html_of(page)


def test_card_is_of_the_edition_nearest_to_the_language_of_the_page(card, site):  # noqa: F811
    page, shown = card
    swedish_page = page.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish_page.save_revision().publish()
    assert "Shown work" in html_of(swedish_page)
    assert 'lang="en" dir="ltr"' in html_of(swedish_page)
    swedish = shown.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.title = "Det visade"
    swedish.save_revision().publish()
    assert "Det visade" in html_of(swedish_page)
    assert "Shown work" not in html_of(swedish_page)
    assert "Shown work" in html_of(page)


def test_pages_that_show_each_other_settle(card):
    page, shown = card
    show(shown, ("resource", {"page": page.pk}))
    page.summary = "New summary."
    page.save_revision().publish()
    assert "New summary." in html_of(shown)


def test_files_and_pictures_of_blocks_are_served_and_go_into_the_archive(site, client):  # noqa: F811
    film, captions, taken, picture = file("film.mp4"), file("film.vtt"), file("guide.pdf"), add_picture("inside")
    page = show(
        add_blueprint("media"),
        video(file=film.pk, captions=captions.pk),
        ("file", {"file": taken.pk, "text": ""}),
        ("gallery", {"pictures": items({"image": picture.pk, "alt_text": "Inside", "caption": ""})}),
    )
    for served in (film, captions, taken):
        assert client.get(served.url).status_code == 200
    image = picture.get_rendition("width-960")
    assert client.get(image.url).status_code == 200
    archive = archive_of(client, page)
    names = {name.partition("/")[2] for name in archive.namelist()}
    for taken_along in (film, captions, taken):
        assert f"files/{taken_along.filename}" in names
    html = archive.read(next(name for name in archive.namelist() if name.endswith("index.html"))).decode()
    assert f'src="files/{film.filename}"' in html
    assert f'src="files/{captions.filename}"' in html
    assert f'href="files/{taken.filename}"' in html
    picture_name = image.file.name.rsplit("/", 1)[-1]
    assert f"images/{picture_name}" in names
    assert f'src="images/{picture_name}"' in html


def test_archive_has_no_picture_of_a_card_and_nothing_for_some_readers_only(site, client):  # noqa: F811
    shown = add_blueprint("shown", image=add_picture("card"))
    secret, open_file = add_picture("secret"), file("secret.pdf")
    page = show(
        add_blueprint("showing"),
        ("resource", {"page": shown.pk}),
        ("picture", {"image": secret.pk, "alt_text": "x", "caption": ""}),
        ("file", {"file": open_file.pk, "text": ""}),
    )
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    for item in (secret, open_file):
        item.collection = collection
        item.save()
    assert "secret" not in html_of(page)
    archive = archive_of(client, page)
    assert not [name for name in archive.namelist() if "secret" in name]
    html = archive.read(next(name for name in archive.namelist() if name.endswith("index.html"))).decode()
    assert "<img" not in html
    assert 'src=""' not in html
    assert "Blueprint shown" in html


def test_units_show_the_same_blocks_and_questions(site, client):  # noqa: F811
    toolkit = add_toolkit(modules=1, units=0)
    unit = add_unit(toolkit.get_children().first().specific, "unit-1")
    unit.questions = [{"type": "question", "value": question(True, True)[1], "id": "q"}]
    taken = file("guide.pdf")
    unit.body = [{"type": "file", "value": {"file": taken.pk, "text": ""}, "id": "b"}]
    unit.save_revision().publish()
    html = html_of(toolkit)
    assert "More than one answer is right." in html
    assert taken.url in html
    assert client.get(taken.url).status_code == 200
