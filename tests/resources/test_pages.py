"""What readers see of blueprints and plans."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.models import CatalogEntry
from resources.models import ActionPlanPage, BlueprintPage, Indicator, IndicatorValue
from taxonomy.models import License

from ..catalog.conftest import *  # noqa: F403
from ..catalog.conftest import add, add_blueprint, listing

pytestmark = pytest.mark.django_db


def block(name, value):
    return {"type": name, "value": value, "id": f"id-{name}"}


def item(value):
    return {"type": "item", "value": value, "id": f"id-{value['code']}"}


def make_plan(blueprint=None):
    indicator = {"code": "I1", "label": "Mentors found", "unit": "people"}
    action = {
        "code": "A1", "title": "Find mentors", "based_on": blueprint.pk if blueprint else None, "cost": "1200.00",
        "indicators": [item(indicator)],
    }  # fmt: skip
    priority = {"title": "Work", "actions": [item(action)]}
    page = ActionPlanPage(title="Plan", slug="plan", territory="Harz", priorities=[block("priority", priority)])
    return add(page, listing("plan"))


def test_a_blueprint_shows_its_rows_and_nothing_where_a_row_says_nothing(site, client):
    add_blueprint(
        "full",
        costs=[block("cost", {"item": "Rooms", "amount": "1200", "currency": "EUR"})],
        actors=[block("actor", {"name": "Schools", "role": "teach"})],
        criteria=[block("criterion", {"criterion": "relevance", "met": "partly", "note": "too few places"})],
        based_on=[block("source", {"title": "The original", "creator": "Somebody", "license": "CC-BY-4.0"})],
        steps=[block("step", {"title": "Begin"})],
        keywords="mentoring; buddies, mentoring",
        version="1.1",
    )
    html = client.get("/en/blueprints/full/").content.decode()
    for words in ("1,200\u00a0EUR", "Schools", "Partly met", "too few places", "The original", "buddies"):
        assert words in html, words
    assert "None" not in html
    record = CatalogEntry.objects.get(path="/en/blueprints/full/").record
    assert record.keywords == ("mentoring", "buddies")
    assert record.version == "1.1"
    assert record.based_on[0].license.code == License.objects.get(code="CC-BY-4.0").code
    assert record.based_on[0].url == ""


def test_attribution_falls_back_to_the_site_only_where_nobody_is_named(site):
    record = CatalogEntry.objects.get(page_id=add_blueprint("nobody").pk).record
    assert record.publisher.name == "Inclusion Commons"


def test_a_plan_shows_its_progress_and_the_blueprint_leads_to_the_action(site, client):
    make_plan(add_blueprint("practice"))
    indicator = Indicator.objects.get(code="I1")
    assert (indicator.label, indicator.unit) == ("Mentors found", "people")
    Indicator.objects.filter(pk=indicator.pk).update(baseline=0, target=40)
    for day, value in ((date(2024, 1, 31), 10), (date(2024, 6, 30), 20)):
        IndicatorValue.objects.create(indicator=indicator, date=day, value=Decimal(value))
    html = client.get(ActionPlanPage.objects.get(slug="plan").url).content.decode()
    for words in ('id="action-a1"', "<svg", "50&nbsp;%", "1,200\u00a0EUR", "The dashed line is the target: 40."):
        assert words in html, words
    assert "None" not in html
    assert "#action-a1" in client.get("/en/blueprints/practice/").content.decode()


def test_names_of_actions_follow_the_text(site):
    page = make_plan()
    raw = page.priorities.get_prep_value()
    raw[0]["value"]["actions"][0]["value"]["indicators"][0]["value"]["label"] = "Mentors trained"
    page.priorities = raw
    page.save_revision().publish()
    assert Indicator.objects.get(code="I1").label == "Mentors trained"


def test_obstacles_written_before_lessons_had_a_field_keep_their_title(site):
    page = add_blueprint("old", obstacles="<p>It rained.</p>")
    titles = [section.title for section in CatalogEntry.objects.get(page_id=page.pk).publication.sections]
    assert "Obstacles and lessons learned" in titles
    page = BlueprintPage.objects.get(pk=page.pk)
    page.lessons_learned = "<p>Take umbrellas.</p>"
    page.save_revision().publish()
    titles = [section.title for section in CatalogEntry.objects.get(page_id=page.pk).publication.sections]
    assert {"Obstacles", "Lessons learned"} <= set(titles)
