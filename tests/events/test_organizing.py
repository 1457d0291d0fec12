"""What organizers do in the admin, and that nobody else sees it."""

import csv
import datetime
import io

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role, Team, User
from accounts.roles import sync_roles
from events.models import Registration, RegistrationDesk, State

from ..rows import made_once
from .conftest import add_event, desk_of, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(site):
    desk = desk_of(made_once(add_event), capacity=2)
    sync_roles()
    return desk


def signed_in(role: Role | None, language="en", *, superuser=False) -> Client:
    user = User.objects.create_user(f"user-{User.objects.count()}", is_superuser=superuser)
    if role:
        Team.objects.get_or_create(role=role, language=language)[0].members.add(user)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(desk):
    return signed_in(Role.EDITOR)


def address(name: str, desk: RegistrationDesk, *more) -> str:
    return reverse(f"events:{name}", args=[desk.work, *more])


def every_address(desk) -> list[str]:
    return [
        address("registrations", desk),
        address("settings", desk),
        address("export", desk, "csv"),
        address("export", desk, "xlsx"),
    ]


def take(client, desk, step, *registrations):
    data = {"step": step, "chosen": [row.pk for row in registrations]}
    return client.post(address("take_steps", desk), data, follow=True).content.decode()


def state_of(registration) -> str:
    registration.refresh_from_db()
    return registration.state


@pytest.mark.parametrize(
    ("role", "language", "status"),
    [
        (Role.EDITOR, "en", 200),
        (Role.COORDINATOR, "en", 200),
        (Role.COORDINATOR, "", 200),
        (Role.EDITOR, "sv", 302),
        (Role.COORDINATOR, "ar", 302),
        (Role.TRANSLATOR, "en", 302),
        (Role.TRANSLATOR, "sv", 302),
        (Role.TRANSLATOR, "", 302),
        (Role.REVIEWER, "en", 302),
        (None, "", 302),
    ],
)
def test_only_organizers_see_registrations(desk, role, language, status):
    register(desk, "zyxwv", state=State.PENDING)
    client = signed_in(role, language)
    for path in every_address(desk):
        response = client.get(path)
        assert response.status_code == status, path
        if status != 200:
            assert b"zyxwv" not in response.content
    before = Registration.objects.values().get()
    client.post(address("take_steps", desk), {"step": f"confirm:{before['id']}"})
    changed = Registration.objects.values().get() != before
    assert changed == (status == 200)


def test_anonymous_people_are_asked_to_sign_in(desk, client):
    for path in every_address(desk):
        assert client.get(path)["Location"].startswith("/admin/login/")


def test_overview_lists_what_one_organizes(site, desk, editor):
    register(desk, "anna", state=State.PENDING)
    assert "Event seminar" in editor.get(reverse("events:overview")).content.decode()
    assert editor.get(reverse("events:overview")).status_code == 200
    assert signed_in(Role.TRANSLATOR).get(reverse("events:overview")).status_code == 302
    assert signed_in(None, superuser=True).get(reverse("events:overview")).status_code == 200


def test_menu_shows_registrations_to_organizers_only(desk, editor):
    path = reverse("events:overview")
    assert path in editor.get(reverse("wagtailadmin_home")).content.decode()
    assert path not in signed_in(Role.TRANSLATOR).get(reverse("wagtailadmin_home")).content.decode()


def test_filters_and_words(desk, editor):
    register(desk, "anna", state=State.PENDING)
    register(desk, "bo", state=State.CONFIRMED)
    text = editor.get(address("registrations", desk), {"state": "pending"}).content.decode()
    assert "anna@example.org" in text
    assert "bo@example.org" not in text
    text = editor.get(address("registrations", desk), {"q": "BO@"}).content.decode()
    assert "bo@example.org" in text
    assert "anna@example.org" not in text
    for query in ({"q": "\x00"}, {"q": "x" * 5000}, {"state": "nothing"}, {"p": "x"}):
        assert editor.get(address("registrations", desk), query).status_code in (200, 400)


def test_many_are_confirmed_at_once_as_far_as_places_go(desk, editor):
    RegistrationDesk.objects.update(approval="by_team")
    people = [register(desk, name, state=State.PENDING) for name in ("anna", "bo", "carl")]
    text = take(editor, desk, "confirm", *people)
    assert [state_of(person) for person in people] == ["confirmed", "confirmed", "pending"]
    assert "2 registrations changed." in text
    assert "Carl: all places are taken." in text
    assert len(mail.outbox) == 2
    desk.refresh_from_db()
    assert desk.taken == 2


def test_steps_one_by_one(desk, editor):
    anna = register(desk, "anna", state=State.PENDING)
    for step, after in (
        ("confirm", "confirmed"),
        ("attended", "attended"),
        ("absent", "confirmed"),
        ("cancel", "cancelled"),
    ):
        editor.post(address("take_steps", desk), {"step": f"{step}:{anna.pk}"})
        assert state_of(anna) == after
    desk.refresh_from_db()
    assert desk.taken == 0
    assert "cannot be done" in take(editor, desk, "confirm", anna)


def test_registrations_of_another_event_cannot_be_reached(site, desk, editor):
    other = register(desk_of(add_event("other")), "olga", state=State.PENDING)
    take(editor, desk, "confirm", other)
    assert state_of(other) == State.PENDING


@pytest.mark.parametrize(
    "data", [{}, {"step": "burn"}, {"step": "confirm"}, {"step": "confirm:x"}, {"step": "confirm:9" * 9}]
)
def test_nonsense_changes_nothing(desk, editor, data):
    register(desk, "anna", state=State.PENDING)
    assert editor.post(address("take_steps", desk), data, follow=True).status_code == 200
    assert Registration.objects.get().state == State.PENDING


def test_settings_are_saved_and_checked(desk, editor):
    data = {
        "approval": "by_team",
        "retention_days": "30",
        "capacity": "5",
        "is_open": "on",
        "opens_at": "",
        "closes_at": "",
    }
    assert editor.get(address("settings", desk)).status_code == 200
    assert editor.post(address("settings", desk), data).status_code == 302
    desk.refresh_from_db()
    assert (desk.approval, desk.retention_days, desk.capacity, desk.waiting_list) == ("by_team", 30, 5, False)
    for name, value in (("capacity", "0"), ("capacity", "x"), ("retention_days", "9999"), ("organizer_email", "x"),
                        ("opens_at", "never"), ("approval", "dice")):  # fmt: skip
        assert editor.post(address("settings", desk), {**data, name: value}).status_code == 400, name
    for name in ("anna", "bo"):
        register(desk, name, state=State.CONFIRMED)
    response = editor.post(address("settings", desk), {**data, "capacity": "1"})
    assert "2 places are taken already" in response.content.decode()
    desk.refresh_from_db()
    assert desk.capacity == 5


def test_window_is_given_in_the_time_zone_of_the_event(site, editor):
    desk = desk_of(add_event("tokyo", time_zone="Asia/Tokyo"))
    data = {"approval": "at_once", "retention_days": "30", "opens_at": "2090-01-02 03:00"}
    editor.post(address("settings", desk), data)
    desk.refresh_from_db()
    assert desk.opens_at == datetime.datetime(2090, 1, 1, 18, tzinfo=datetime.UTC)
    assert "2090-01-02 03:00" in editor.get(address("settings", desk)).content.decode()


def test_form_that_was_open_for_a_while_does_not_undo_taken_places(desk):
    stale = RegistrationDesk.objects.get()
    register(desk, "anna", state=State.CONFIRMED)
    stale.is_open = False
    stale.save()
    desk.refresh_from_db()
    assert (desk.taken, desk.is_open) == (1, False)


def test_edit_form_of_the_event_leads_to_the_registrations(desk, editor, site):
    page = site["en"].get_descendants().get(slug="seminar")
    text = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert address("settings", desk) in text
    new = reverse("wagtailadmin_pages:add", args=["events", "eventpage", page.get_parent().pk])
    assert "Once the event has been published" in editor.get(new).content.decode()


def test_event_is_made_in_the_admin_with_title_and_day_only(desk, editor, site):
    parent = site["en"].get_descendants().get(slug="events")
    path = reverse("wagtailadmin_pages:add", args=["events", "eventpage", parent.pk])
    form = editor.get(path).context["form"]
    data = {name: value for name, value in initial_data(form).items() if value is not None}
    data |= {"title": "Made here", "slug": "made-here", "start_date": "2090-05-07", "action-publish": "1"}
    response = editor.post(path, data, follow=True)
    assert Client().get("/en/events/made-here/").status_code == 200, (
        response.context.get("form") and response.context["form"].errors
    )
    response = editor.post(path, {**data, "slug": "wrong", "end_date": "2090-05-01"})
    assert "The last day is before the first one." in response.content.decode()


def initial_data(form) -> dict:
    data = {name: form[name].value() for name in ("status", "mode", "time_zone")}
    for name in ("body", "speakers", "agenda", "outcomes"):
        data[f"{name}-count"] = "0"
    for formset in form.formsets.values():
        data[f"{formset.prefix}-TOTAL_FORMS"] = data[f"{formset.prefix}-INITIAL_FORMS"] = "0"
    data["comments-TOTAL_FORMS"] = data["comments-INITIAL_FORMS"] = "0"
    return data


def test_list_costs_few_queries_whatever_its_length(desk, editor):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(address("registrations", desk)).status_code == 200
        return len(captured)

    register(desk, "first", state=State.PENDING)
    queries()
    few = queries()
    for number in range(30):
        register(desk, f"p{number}", state=State.PENDING)
    assert queries() == few


# --- tables

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "=cmd|' /C calc'!A0"]


def test_csv_calculates_nothing(desk, editor):
    for number, text in enumerate(HOSTILE):
        register(desk, f"p{number}", organization=text, role="line\x08two", access_needs='a,\n"b"')
    response = editor.get(address("export", desk, "csv"))
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[2] for row in table[1:]] == [f"'{text}" for text in HOSTILE]
    assert {row[6] for row in table[1:]} == {'a,\n"b"'}


def test_spreadsheet_holds_texts_only(desk, editor):
    for number, text in enumerate(HOSTILE):
        register(desk, f"p{number}", organization=text, role="line\x08two")
    response = editor.get(address("export", desk, "xlsx"))
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = [row[2] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == HOSTILE
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_export_follows_the_filter(desk, editor):
    register(desk, "anna", state=State.PENDING)
    register(desk, "bo")
    content = b"".join(editor.get(address("export", desk, "csv") + "?state=pending").streaming_content)
    assert b"anna@" in content
    assert b"bo@" not in content
    assert editor.get(address("export", desk, "pdf")).status_code == 404
