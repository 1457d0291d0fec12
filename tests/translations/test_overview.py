"""The page "Translations": what it says of each work in each language, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from translations.publishing import publish_edition
from translations.states import State, work_rows
from translations.works import works_to_translate

from .building import locale, make_blueprint, make_toolkit
from .translating import fill, fill_work, started

pytestmark = pytest.mark.django_db

OVERVIEW = "translations:overview"


def states(language="sv"):
    rows = work_rows(list(works_to_translate()), [locale(language)])
    return {row.work.slug: row.editions[0] for row in rows}


def test_each_state(site, admin_user):
    original = make_blueprint()
    assert states()["mentoring"].state is State.MISSING
    assert states("en")["mentoring"].state is State.ORIGINAL
    page = started(original)
    assert states()["mentoring"].state is State.IN_PROGRESS
    fill(page, leave=2)
    edition = states()["mentoring"]
    assert edition.total - edition.done == 2
    fill(page)
    assert states()["mentoring"].state is State.READY
    publish_edition(original, locale("sv"), by=admin_user)
    assert states()["mentoring"].state is State.PUBLISHED
    fill(page, prefix="NY ")
    assert states()["mentoring"].state is State.READY
    original.save_revision().publish()
    assert states()["mentoring"].state is State.BEHIND


def test_counts_are_exact_beside_other_works_and_languages(site):
    """Works share strings: the same text in another page or language must not be counted here."""
    first, second = make_blueprint(), make_blueprint("Another programme", slug="another")
    swedish, german = started(first, "sv"), started(first, "de")
    started(second, "sv")
    fill(german)
    fill(swedish, leave=5)
    assert states("sv")["mentoring"].total - states("sv")["mentoring"].done == 5
    assert states("sv")["another"].done == 0
    assert states("de")["mentoring"].is_complete
    assert states("de")["another"].state is State.MISSING


def test_a_toolkit_is_counted_with_its_parts(site):
    toolkit = make_toolkit()
    page = started(toolkit)
    alone = states()["toolkit"].total
    fill(page)
    assert states()["toolkit"].done < alone
    fill_work(toolkit)
    assert states()["toolkit"].state is State.READY


def test_a_page_written_in_the_language(site):
    original = make_blueprint()
    own = make_blueprint("Ett eget", "sv", slug="ett-eget")
    type(own).objects.filter(pk=own.pk).update(translation_key=original.translation_key)
    assert states()["mentoring"].state is State.OWN
    assert len(states()) == 1


def test_the_page_shows_states_and_links(site, as_user):
    original = make_blueprint()
    client = as_user("translator", "sv")
    html = client.get(reverse(OVERVIEW)).content.decode()
    assert "Missing" in html
    assert reverse("translations:start", args=[original.pk, "sv"]) in html
    page = started(original)
    fill(page)
    html = client.get(reverse(OVERVIEW)).content.decode()
    assert "Ready to publish" in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert "Publish edition" not in html
    html = as_user("coordinator", "sv").get(reverse(OVERVIEW)).content.decode()
    assert reverse("translations:publish", args=[original.pk, "sv"]) in html


def test_it_is_found_by_title_and_narrowed_to_a_language(site, as_user):
    make_blueprint()
    make_toolkit()
    client = as_user("coordinator", "")
    html = client.get(reverse(OVERVIEW), {"q": "mentoring", "language": "sv"}).content.decode()
    assert "A mentoring programme" in html
    assert "A toolkit" not in html
    assert '<th scope="col">Swedish' in html
    assert '<th scope="col">German' not in html
    for query in ({"p": "x"}, {"p": "99"}, {"language": "xx"}, {"q": "%_'\""}, {"q": "a" * 5000}):
        assert client.get(reverse(OVERVIEW), query).status_code == 200


def test_it_is_for_those_who_translate(site, as_user):
    assert as_user("editor", "").get(reverse(OVERVIEW)).status_code == 403
    assert as_user().get(reverse(OVERVIEW)).status_code == 302


def queries(client):
    client.get(reverse(OVERVIEW))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(OVERVIEW)).status_code == 200
    return len(captured)


def test_it_costs_the_same_for_thirty_works_in_twelve_languages(site, as_user):
    few, many = as_user("translator", "sv"), as_user("coordinator", "")
    started(make_toolkit())
    before = queries(few), queries(many)
    for number in range(29):
        page = make_blueprint(f"Programme {number}", slug=f"programme-{number}")
        if number < 3:
            started(page)
            started(page, "de")
    assert (queries(few), queries(many)) == before
    assert before[1] <= 24, before
