"""Edit forms: what they cost, what they refuse and where they say so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html, streamfield

from accounts.models import User
from catalog.models import CatalogEntry
from home.models import HomePage, StandardPage
from news.models import NewsPage
from resources.models import ActionPlanPage, BlueprintPage, ListingPage
from toolkits.models import ToolkitPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(site_tree, client):
    client.force_login(User.objects.create_superuser("chief", "chief@example.org", "secret"))
    return client


def listing(lists):
    return ListingPage.objects.get(lists=lists, locale__language_code="en")


def draft(model, lists, **fields):
    parent = listing(lists)
    page = model(title="One", slug="one", locale=parent.locale, live=False, **fields)
    parent.add_child(instance=page)
    return page


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured.captured_queries)


@pytest.mark.parametrize(
    ("model", "lists", "fields"),
    [
        (BlueprintPage, "blueprint", {}),
        (ToolkitPage, "toolkit", {}),
        (ActionPlanPage, "plan", {"territory": "Here"}),
        (NewsPage, "news", {}),
    ],
)
def test_form_opens_in_few_queries_more_than_a_short_one(editor, model, lists, fields):
    home = HomePage.objects.get(locale__language_code="en")
    short = StandardPage(title="Short", slug="short", locale=home.locale)
    home.add_child(instance=short)
    page = draft(model, lists, **fields)
    few = queries_of(editor, f"/admin/pages/{short.pk}/edit/")
    many = queries_of(editor, f"/admin/pages/{page.pk}/edit/")
    assert many <= few + 40, (few, many)


def post(client, page, changes, action=""):
    address = f"/admin/pages/{page.pk}/edit/"
    html = client.get(address).content.decode()
    data = querydict_from_html(html, form_id="page-edit-form").dict()
    streams = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    data |= nested_form_data({**{name: streamfield([]) for name in streams}, **changes})
    if action:
        data[action] = "1"
    return client.post(address, data)


WRONG = {
    "period_end": {"period_start": "2024-02-01", "period_end": "2024-01-01"},
    "age_to": {"age_from": "30", "age_to": "20"},
    "keywords": {"keywords": "x" * 61},
    "copyright_year": {"copyright_year": "12"},
    "video": {"video": "not an address"},
    "contact": {"contact": "nobody"},
    "access_modes": {"access_modes": "smelling"},
    "costs": {"costs": streamfield([("cost", {"item": "Rooms", "amount": "-1", "currency": "EUR", "per": ""})])},
    "tools": {"tools": streamfield([("tool", {"title": "A", "url": "nowhere", "file": "", "text": ""})])},
    "criteria": {"criteria": streamfield([("criterion", {"criterion": "luck", "met": "met", "note": ""})])},
}


@pytest.mark.parametrize("field", WRONG)
def test_wrong_input_is_named_at_its_field(editor, field):
    response = post(editor, draft(BlueprintPage, "blueprint"), WRONG[field])
    assert response.status_code == 200
    assert field in response.context["form"].errors


def action(code="A1", **fields):
    empty = dict.fromkeys(
        ["rationale", "text", "based_on", "lead", "partners", "start", "end", "cost", "funding", "risk"], ""
    )
    rows = {"indicators": {"count": "0"}, "partner_organizations": {"count": "0"}}
    return {"code": code, "title": "Do it", "currency": "EUR", "lead_organization": "", **rows, **empty, **fields}


def priority(*actions):
    rows = {str(i): {"value": row, "order": str(i), "deleted": ""} for i, row in enumerate(actions)}
    return streamfield([("priority", {"title": "P", "rationale": "", "actions": {**rows, "count": str(len(rows))}})])


@pytest.mark.parametrize(
    "rows",
    [
        (action("A1"), action("A1")),
        (action(start="2024-02-01", end="2024-01-01"),),
        (action(cost="much"),),
        (action(title=""),),
    ],
)
def test_a_plan_refuses_what_could_not_be_followed(editor, rows):
    page = draft(ActionPlanPage, "plan", territory="Here")
    response = post(editor, page, {"priorities": priority(*rows)}, "action-publish")
    assert response.status_code == 200
    assert "priorities" in response.context["form"].errors


def test_a_thin_blueprint_is_published_with_a_list_of_what_is_missing(editor):
    page = draft(BlueprintPage, "blueprint")
    response = post(editor, page, {"contributions": inline_formset([])}, "action-publish")
    assert response.status_code == 302
    said = [str(message) for message in editor.get(response.url).context["messages"]]
    assert any("Summary" in text and "publisher" in text and "Steps" in text for text in said), said
    record = CatalogEntry.objects.get(work=page.translation_key).record
    assert record.publisher.name == "Inclusion Commons"
