"""Listings: filters, counts, order and addresses that can be shared."""

import re

import pytest

from resources.models import ActionPlanPage, BlueprintPage
from taxonomy.models import Concept, ConceptLabel
from toolkits.models import ToolkitPage

from ..catalog.conftest import *  # noqa: F403
from ..catalog.conftest import add, add_blueprint, listing, locale
from ..rows import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def practices(site):
    made_once(make_practices)


def make_practices() -> None:
    topics = {concept.code: concept for concept in Concept.objects.filter(scheme="topic")}
    add_blueprint("zebra", topics=[topics["learning"]], title="Zebra crossing")
    add_blueprint("eclair", topics=[topics["learning"], topics["peers"]], title="Éclair baking")
    page = add_blueprint("apple", topics=[topics["peers"]], title="Apple picking")
    translated = page.copy_for_translation(locale("sv"), copy_parents=True)
    translated.title = "Plocka äpplen"
    translated.save_revision().publish()


def titles(client, query="", address="/en/blueprints/"):
    """The titles on the cards, and the page."""
    response = client.get(f"{address}{query}")
    assert response.status_code == 200
    html = response.content.decode()
    return re.findall(r'<h3 class="card-title"><a[^>]*>(.*?)</a>', html), html


def counts(html, name):
    found = re.findall(rf'name="{name}" value="([^"]+)".*?<small>(\d+)</small>', html)
    return {value: int(count) for value, count in found}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Apple picking", "Éclair baking", "Zebra crossing"]),
        ("?sort=title", ["Apple picking", "Éclair baking", "Zebra crossing"]),
        ("?topic=learning", ["Éclair baking", "Zebra crossing"]),
        ("?topic=learning&topic=peers&sort=title", ["Apple picking", "Éclair baking", "Zebra crossing"]),
        ("?language=sv", ["Plocka äpplen"]),
        ("?language=sv&language=en&topic=peers", ["Apple picking", "Éclair baking"]),
        ("?topic=nothing", []),
        ("?sort=sideways&page=x&language=xx", ["Apple picking", "Éclair baking", "Zebra crossing"]),
    ],
)
def test_filters_narrow_the_list(practices, client, query, expected):
    assert titles(client, query)[0] == expected


def test_counts_are_of_works_and_chips_remove_one_filter(practices, client):
    html = titles(client, "?topic=learning&sort=title")[1]
    assert counts(html, "topic") == {"learning": 2, "peers": 2}
    assert '<li><a href="?sort=title"><bdi>learning in English</bdi>' in html
    assert "noindex" in html


def test_withdrawn_entries_are_not_counted(practices, client):
    BlueprintPage.objects.get(slug="zebra").unpublish()
    found, html = titles(client)
    assert found == ["Apple picking", "Éclair baking"]
    assert "2 entries" in html


def test_toolkits_are_filtered_by_format_and_plans_by_region(site, client):
    for name, format_name in (("one", "peer"), ("two", "blended")):
        add(ToolkitPage(title=name, slug=name, format=format_name), listing("toolkit"))
    found, html = titles(client, "?format=peer", listing("toolkit").url)
    assert found == ["one"]
    assert "Peer learning" in html
    region = Concept.objects.create(scheme="region", code="DEE09")
    ConceptLabel.objects.create(concept=region, language="en", label="Harz")
    for name, regions in (("with", [region]), ("without", [])):
        add(ActionPlanPage(title=name, slug=name, territory="T", regions=regions), listing("plan"))
    add(ActionPlanPage(title="for it", slug="for-it", territory="T", region="DEE09", regions=[region]), listing("plan"))
    add(ActionPlanPage(title="by code", slug="by-code", territory="T", region="DEE09"), listing("plan"))
    found, _html = titles(client, "?region=DEE09", listing("plan").url)
    assert sorted(found) == ["by code", "for it", "with"]
    page = client.get("/en/action-plans/for-it/").content.decode()
    assert page.count('href="/en/regions/DEE09/"') == 1
