"""Projects in the admin: only a title is needed, and figures have a form of their own."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html, rich_text, streamfield

from accounts.models import Role, Team, User
from accounts.roles import sync_roles
from network.models import Organization
from projects.figures import ActivityFigures, ProjectFigures
from projects.models import ProjectPage
from taxonomy.models import Concept

from ..catalog.conftest import listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(site) -> Client:
    sync_roles()
    user = User.objects.create_user("editor", password="x")
    user.teams.add(Team.objects.get_or_create(role=Role.EDITOR, language="")[0])
    client = Client()
    client.force_login(user)
    return client


def fill(client, **fields):
    address = f"/admin/pages/add/projects/projectpage/{listing('project').pk}/"
    form = client.get(address)
    assert form.status_code == 200
    data = querydict_from_html(form.content.decode(), form_id="page-edit-form").dict()
    streams = {name: streamfield([]) for name in ("body", "needs", "activities", "outputs")}
    data |= nested_form_data({**streams, "objectives": rich_text(""), **fields}) | {"action-publish": "action-publish"}
    return client.post(address, data)


def test_a_title_is_enough(editor):
    response = fill(editor, title="Only a name", slug="bare")
    assert response.status_code == 302, response.context["form"].errors
    assert ProjectPage.objects.get().live


def test_everything_can_be_filled_in(editor):
    Concept.objects.create(scheme="target_group", code="refugees")
    harz, tvw = Organization.objects.create(name="Hochschule Harz"), Organization.objects.create(name="tvw GmbH")
    response = fill(
        editor,
        title="ERASMI",
        slug="erasmi",
        start_date="2019-09-01",
        start_precision="month",
        grant_amount="443795.00",
        grant_currency="EUR",
        call_year="2019",
        coordinator=str(harz.pk),
        partners=inline_formset([{"organization": str(tvw.pk), "role": "partner", "ORDER": "1"}]),
        needs=streamfield([("need", {"target_group": "refugees", "text": "Time."})]),
        activities=streamfield([("activity", {"code": "A1", "title": "Dinners", "unit": ""})]),
        outputs=streamfield([("output", {"code": "IO1", "type": "plan", "title": "Plans", "description": ""})]),
    )
    assert response.status_code == 302, response.context["form"].errors
    page = ProjectPage.objects.get()
    assert [row.organization for row in page.partners.all()] == [tvw]
    assert page.outputs[0].value["code"] == "IO1"
    assert ActivityFigures.objects.get().code == "A1"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("grant_amount", "-1"), ("grant_amount", "many"), ("call_year", "19"), ("grant_currency", "XXX"), ("website", "no"),
        ("start_date", "2019-13-01"), ("coordinator", "999999"), ("start_precision", "week"), ("contact", "nobody"),
    ],
)  # fmt: skip
def test_mistakes_are_named_at_their_field(editor, field, value):
    response = fill(editor, title="x", slug="x", **{field: value})
    assert response.status_code == 200
    assert field in response.context["form"].errors


def test_figures_are_entered_once_for_all_languages(editor):
    activities = streamfield([("activity", {"code": "A1", "title": "Dinners", "unit": ""})])
    assert fill(editor, title="ERASMI", slug="erasmi", activities=activities).status_code == 302
    sweden = Concept.objects.create(scheme="country", code="SE")
    figures, activity = ProjectFigures.objects.get(), ActivityFigures.objects.get()
    address = f"/admin/snippets/projects/projectfigures/edit/{figures.pk}/"
    assert "Dinners" in editor.get(address).content.decode()

    def save(*counts):
        rows = [{"country": code, "planned": planned, "done": done, "ORDER": "1"} for code, planned, done in counts]
        data = {"id": str(activity.pk), "ORDER": "1", "counts": inline_formset(rows)}
        return editor.post(address, nested_form_data({"activities": inline_formset([data], initial=1)}))

    sweden_id = str(sweden.pk)
    for wrong in (
        [(sweden_id, "6", "1"), (sweden_id, "6", "2")],
        [(sweden_id, "-6", "")],
        [(sweden_id, "", "")],
    ):
        assert save(*wrong).status_code == 200, wrong
    assert save((sweden_id, "6", "4"), ("", "1", "")).status_code == 302
    assert sorted(activity.counts.values_list("planned", "done")) == [(1, None), (6, 4)]
    assert "67&nbsp;%" in Client().get("/en/projects/erasmi/").content.decode()
