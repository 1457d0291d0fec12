"""Every page type opens in the editor of translations, with all that is to be translated in it."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail_localize.models import Translation, TranslationSource

from content.page_permissions import subject_of
from translations.publishing import publish_translations
from translations.works import pages_of

from .building import (
    home,
    listing,
    locale,
    make_blueprint,
    make_news,
    make_plan,
    make_standard,
    make_toolkit,
)
from .translating import fill, fill_work, segments_of, started, translation_of

pytestmark = pytest.mark.django_db

BODY = {
    "a link", "First", "Second", "A heading", "A quotation", "A person", "A note", "Note text", "A table", "Cell one",
    "Cell two", "Cell three",
}  # fmt: skip
TEXTS = {
    "blueprint": BODY
    | {
        "A mentoring programme", "What it is.", "The challenge.", "The objectives.", "One goal", "Step one", "What is done",
        "Jobs found", "12 people", "A survey", "Success factors.", "Obstacles.", "How to adapt it.", "A picture of people",
        "Mentoring, in short", "For search engines",
    },
    "plan": BODY
    | {
        "A regional plan", "What is planned.", "Harz district", "The vision.", "Work", "Because", "Find mentors",
        "Through associations", "The municipality", "Mentors found", "people", "Meetings held", "meetings", "Train them",
        "Harz University", "Coordinator",
    },
    "toolkit": BODY | {"A toolkit", "Learn it.", "You can do it."},
    "module": {"Module one", "About module one."},
    "unit": BODY | {"Unit one", "About Unit one.", "What did you learn in Unit one?", "This", "That", "Well done"},
    "news": BODY | {"We met", "What happened."},
    "standard": BODY | {"About us", "Who we are."},
}  # fmt: skip


def original_of(kind):
    makers = {
        "blueprint": make_blueprint,
        "plan": make_plan,
        "toolkit": make_toolkit,
        "news": make_news,
        "standard": make_standard,
    }
    if kind in makers:
        return makers[kind]()
    return pages_of(make_toolkit())[{"module": 1, "unit": 2}[kind]]


def opened(client, page):
    """What the editor got to show."""
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    found = re.search(r'class="js-translation-editor" data-props="([^"]*)"', response.content.decode())
    assert found, "the ordinary editor was shown"
    return json.loads(unescape(found.group(1)))


@pytest.mark.parametrize("kind", TEXTS)
def test_every_text_is_listed(kind, site, as_user):
    page = started(original_of(kind))
    props = opened(as_user("translator", "sv"), page)
    shown = [row["source"] for row in props["segments"] if row["type"] == "string"]
    missing = {text for text in TEXTS[kind] if not any(text in source for source in shown)}
    assert not missing
    assert len(shown) == segments_of(page).count()
    assert not {"A1", "A2", "I1", "I2", "info@example.org"} & set(shown)
    assert props["perms"]["canPublish"] is False


@pytest.mark.parametrize("get_page", [home, lambda language: listing("news", language)], ids=["home", "listing"])
def test_home_and_listings_open_too(get_page, site, as_user):
    """They are written in every language from the start; here one of them is put under translation by hand."""
    source, _ = TranslationSource.get_or_create_from_instance(get_page("en"))
    Translation.objects.create(source=source, target_locale=locale("sv"))
    props = opened(as_user("translator", "sv"), get_page("sv"))
    assert get_page("en").title in [row["source"] for row in props["segments"] if row["type"] == "string"]


def test_publishing_is_offered_to_coordinators(site, as_user):
    page = started(make_blueprint())
    assert opened(as_user("coordinator", "sv"), page)["perms"]["canPublish"] is True


def test_nothing_is_offered_that_would_be_refused(site, as_user):
    page = started(make_blueprint())
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for role in ("translator", "coordinator"):
        client = as_user(role, "sv")
        assert opened(client, page)["links"]["convertToAliasUrl"] is None
        hidden = '/disable/"]) { display: none' in client.get(address).content.decode()
        assert hidden is (role == "translator")


@pytest.mark.parametrize("kind", TEXTS)
def test_a_published_translation_has_every_text(kind, site):
    original = original_of(kind)
    page = started(original)
    fill_work(original)
    publish_translations([translation_of(page)], by=None)
    page = page.specific_class.objects.get(pk=page.pk)
    assert page.live
    assert page.title == f"SV {original.title}"
    content = json.dumps(page.serializable_data(), default=str)
    assert not [text for text in TEXTS[kind] if f"SV {text}" not in content and text not in ("a link", "Note text")]


def test_codes_and_structure_survive(site):
    page = started(make_plan())
    fill(page)
    publish_translations([translation_of(page)], by=None)
    page = page.specific_class.objects.get(pk=page.pk)
    first, second = page.actions()
    assert (first["code"], second["code"]) == ("A1", "A2")
    assert [row["code"] for row in first["indicators"]] == ["I1", "I2"]
    assert [row["label"] for row in first["indicators"]] == ["SV Mentors found", "SV Meetings held"]
    assert first["title"] == "SV Find mentors"
    assert str(first["start"]) == "2026-01-01"


def test_the_editor_says_whose_text_it_is(site):
    original = make_blueprint()
    page = started(original)
    assert subject_of(page).value == "translation"
    assert subject_of(original).value == "original"
