"""Every type of page becomes an edition in another language, in the platform's own way, and is complete in it."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page

from accounts.models import Role
from events.models import RegistrationDesk
from projects.figures import ActivityFigures, Count, ProjectFigures
from resources.progress import Indicator, IndicatorValue, PlanProgress

from ..admin.conftest import signed_in
from ..admin.every_kind import PAGES, Filled
from ..catalog.conftest import name_database_of_atomic_blocks, site  # noqa: F401
from .building import locale
from .translating import segments_of, translation_of

pytestmark = pytest.mark.django_db
TRANSLATED = {kind: make for kind, make in PAGES.items() if kind not in ("home", "listing")}


@pytest.fixture
def translator(site):  # noqa: F811
    return signed_in(Role.TRANSLATOR, "sv")


def in_swedish(original: Page) -> Page:
    found = Page.objects.get(translation_key=original.translation_key, locale=locale("sv")).specific
    return found


def swedish(text: str) -> str:
    return text.replace("English", "Svensk")


def begin(client: Client, original: Page) -> list[Page]:
    """Press "Translate into Swedish"; all pages of the work, in that language."""
    assert client.post(reverse("translations:start", args=[original.pk, "sv"])).status_code == 302
    page = in_swedish(original)
    above = page.get_ancestors(inclusive=True).filter(locale=page.locale).order_by("depth")
    made = [row.specific for row in above if not row.live]
    return list({row.pk: row for row in [*made, *page.get_descendants().specific()]}.values())


def save_every_text(client: Client, page: Page) -> list[str]:
    """As the editor does, one text after the other. Returns the originals."""
    translation = translation_of(page)
    texts = []
    for segment in segments_of(page):
        if segment.context.path == "slug":
            continue
        texts.append(segment.string.data)
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        body = f"value={swedish(segment.string.data)}"
        response = client.put(address, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in (200, 201), response.content
    return texts


def translated(translator: Client, original: Page) -> tuple[Page, list[str]]:
    pages = begin(translator, original)
    texts = [text for page in pages for text in save_every_text(translator, page)]
    coordinator = signed_in(Role.COORDINATOR, "sv")
    for page in pages:
        assert coordinator.post(reverse("translations:texts", args=[translation_of(page).pk])).status_code == 302
    response = coordinator.post(reverse("translations:publish", args=[original.pk, "sv"]), follow=True)
    assert response.status_code == 200, response.context.get("reasons")
    return in_swedish(original), texts


def read(page: Page) -> str:
    response = Client().get(page.get_url_parts()[2])
    assert response.status_code == 200
    return response.content.decode()


SYNCHRONISED = {
    "blueprint": ("practice", "state", "license", "publisher", "period_start", "period_end", "contact"),
    "plan": ("region", "license", "publisher", "period_start", "period_end"),
    "toolkit": ("format", "license", "publisher", "period_start"),
    "module": ("minutes",),
    "unit": ("type", "format", "minutes"),
    "project": (
        "acronym", "status", "start_date", "start_precision", "end_date", "end_precision", "call_year", "grant_amount",
        "grant_currency", "coordinator", "contact",
    ),
    "event": ("start_date", "start_time", "end_time", "time_zone", "mode", "address", "organizer", "languages", "contact"),
    "news": ("event_date", "contact"),
    "page": (),
}  # fmt: skip
CODES = re.compile(r"'code': '(\w+)'")


@pytest.mark.parametrize("kind", TRANSLATED)
def test_second_language_of_every_type(translator, kind):
    original = TRANSLATED[kind](Filled(2))
    page, _texts = translated(translator, original)
    html = read(page)
    assert '<html lang="sv"' in html
    assert page.title == f"Svensk {kind}"
    assert page.title in html
    original.refresh_from_db()
    assert original.title == f"English {kind}"
    for name in SYNCHRONISED[kind]:
        assert getattr(page, name) == getattr(original, name), name
    for name in getattr(page, "concept_fields", ()):
        there = {concept.pk for concept in getattr(page, name).all()}
        assert there == {concept.pk for concept in getattr(original, name).all()}, name
    for name in ("priorities", "activities", "outputs"):
        if hasattr(page, name):
            assert CODES.findall(str(getattr(page, name).raw_data[:])) == CODES.findall(
                str(getattr(original, name).raw_data[:])
            )
    if kind == "project":
        assert [row.organization_id for row in page.partners.all()] == [
            row.organization_id for row in original.partners.all()
        ]


def test_registration_counts_once_for_all_languages(translator):
    original = TRANSLATED["event"](Filled(1))
    RegistrationDesk.objects.update(is_open=True, capacity=80, taken=3)
    page, _texts = translated(translator, original)
    desk = RegistrationDesk.objects.get()
    assert (desk.work, desk.capacity, desk.taken) == (page.translation_key, 80, 3)
    for edition in (original, page):
        assert str(desk.work) in read(edition)


def test_progress_of_a_plan_counts_once_for_all_languages(translator):
    original = TRANSLATED["plan"](Filled(1))
    IndicatorValue.objects.create(indicator=Indicator.objects.get(), date="2024-02-01", value=8172)
    page, _texts = translated(translator, original)
    assert PlanProgress.objects.get().work == page.translation_key
    assert IndicatorValue.objects.count() == 1
    assert re.search(r"8\D{0,6}172", read(page))


def test_figures_of_a_project_count_once_for_all_languages(translator):
    original = TRANSLATED["project"](Filled(1))
    Count.objects.create(activity=ActivityFigures.objects.get(), planned=8172, done=4086)
    page, _texts = translated(translator, original)
    assert ProjectFigures.objects.get().work == page.translation_key
    assert Count.objects.count() == 1
    assert re.search(r"8\D{0,6}172", read(page))


@pytest.mark.parametrize("kind", TRANSLATED)
def test_nothing_of_the_original_language_is_left(translator, kind):
    """Every text of the page has the word English in it, which the translator replaces."""
    page, _texts = translated(translator, TRANSLATED[kind](Filled(2)))
    main = re.search(r"<main.*?</main>", read(page), re.DOTALL)[0]
    # Labels of concepts are "peers in English" here, and a language may be called "English".
    text = strip_tags(main).replace("in English", "")
    assert re.findall(r"English [a-z]+.*", text) == []
    assert "English" not in " ".join(re.findall(r'(?:alt|title|aria-label)="([^"]*)"', main))


EXPECTED = {
    "unit": {
        "English question 0", "English answer 0", "English other answer", "English feedback", "English activity 0",
        "English doing", "English practice", "English use", "English outcome", "English prerequisite", "English note",
        "English link 0", "English heading 0", "English paragraph 0.", "English alt 0", "English alternative",
        "English summary.",
    },
    "plan": {
        "English action 0", "English reason", "English doing", "English funds", "English risk", "English indicator 0",
        "English unit", "English priority", "English why", "English vision", "English policy.",
    },
    "event": {
        "English item 0", "English access", "English role", "English objectives", "English venue", "English audience",
        "English host", "English outcome paragraph 0.",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", EXPECTED)
def test_every_text_is_offered_to_the_translator(translator, kind):
    original = TRANSLATED[kind](Filled(1))
    begin(translator, original)
    page = in_swedish(original)
    offered = {segment.string.data for segment in segments_of(page)}
    missing = {text for text in EXPECTED[kind] if not any(text in source for source in offered)}
    assert not missing
    assert (
        "js-translation-editor" in translator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )
