"""The way of a registration from the form to the place, and back."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from events.links import Purpose, registration_token
from events.models import AttemptCount, Registration, RegistrationDesk, RegistrationMail, State
from events.outbox import send_due_mails
from events.registering import Refused, Step, cancel, settings_changed, take_step, verify

from ..rows import made_once
from .conftest import add_event, desk_of, form_data, in_days, link_in_mail, register, send_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(site):
    return desk_of(made_once(add_event), capacity=2)


def state_of(registration) -> str:
    registration.refresh_from_db()
    return registration.state


def subjects() -> list[str]:
    return [message.subject.partition(":")[0] for message in mail.outbox]


def test_from_form_to_place_without_cookie_and_account(desk, client):
    page = client.get(f"/en/events-registration/{desk.work}/")
    assert page.status_code == 200
    assert "2 places are left." in page.content.decode()
    response = send_form(client, desk, organization="City", country="BE", access_needs="Ramp")
    assert response.status_code == 302
    assert "mailbox" in client.get(response.url).content.decode()
    registration = Registration.objects.get()
    assert registration.state == State.UNVERIFIED
    assert registration.consent_text.startswith("I agree")
    path = link_in_mail("confirm")
    assert "Yes, register me" in client.get(path).content.decode()
    assert state_of(registration) == State.UNVERIFIED, "opening the link is not enough"
    answer = client.post(path, follow=True)
    assert "You have a place." in answer.content.decode()
    assert state_of(registration) == State.CONFIRMED
    desk.refresh_from_db()
    assert desk.taken == 1
    assert client.cookies == {}
    assert subjects() == ["Please confirm your registration", "You have a place"]


def test_mail_with_the_place_brings_calendar_private_link_and_a_way_out(site, client):
    page = add_event(mode="online", online_link="https://meet.example.org/secret")
    desk = desk_of(page, organizer_email="team@example.org")
    verify(register(desk))
    message = mail.outbox[-1]
    name, content, mimetype = message.attachments[0]
    assert (name, mimetype) == ("event.ics", "text/calendar")
    event = next(iter(Calendar.from_ical(content).walk("VEVENT")))
    assert "meet.example.org/secret" in event["description"]
    assert "meet.example.org/secret" in message.body
    assert message.reply_to == ["team@example.org"]
    path = link_in_mail("cancel")
    client.get(path)
    assert Registration.objects.get().state == State.CONFIRMED
    assert "cancelled" in client.post(path, follow=True).content.decode()
    assert Registration.objects.get().state == State.CANCELLED
    desk.refresh_from_db()
    assert desk.taken == 0
    assert "secret" not in mail.outbox[-1].body
    client.post(path)
    assert len(mail.outbox) == 2, "cancelling twice does nothing more"


def test_mails_are_in_the_language_of_the_form(site, client):
    page = add_event()
    swedish = page.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.title = "Seminarium"
    swedish.save_revision().publish()
    desk = desk_of(page)
    send_form(client, desk, language="sv")
    assert Registration.objects.get().language == "sv"
    assert "Seminarium" in mail.outbox[-1].subject
    assert "/sv/events-registration/confirm/" in mail.outbox[-1].body


def test_two_submits_are_one_registration(desk, client):
    send_form(client, desk, name="Ana")
    send_form(client, desk, name="Anna Berg", email="ANNA@example.org")
    registration = Registration.objects.get()
    assert registration.name == "Anna Berg"
    client.post(link_in_mail("confirm"))
    client.post(link_in_mail("confirm", 0))
    desk.refresh_from_db()
    assert desk.taken == 1


def test_strangers_do_not_learn_who_is_registered(desk, client):
    verify(register(desk, "anna"))
    known = send_form(client, desk, email="anna@example.org", name="Somebody Else")
    unknown = send_form(client, desk, email="new@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Registration.objects.get(email="anna@example.org").name == "Anna"
    assert subjects()[-2:] == ["Your registration", "Please confirm your registration"]
    assert "Has a place" in mail.outbox[-2].body


def test_who_cancelled_may_register_again(desk, client):
    registration = register(desk, "anna")
    verify(registration)
    cancel(registration)
    send_form(client, desk, email="anna@example.org")
    assert Registration.objects.count() == 2


def test_full_event_offers_the_waiting_list_and_a_cancelled_place_goes_to_the_first(desk, client):
    people = [register(desk, name) for name in ("anna", "bo", "carl", "dina")]
    assert [verify(person) for person in people] == ["confirmed", "confirmed", "waitlisted", "waitlisted"]
    text = client.get("/en/events/seminar/").content.decode()
    assert "Join the waiting list" in text
    cancel(people[1])
    assert [state_of(person) for person in people] == ["confirmed", "cancelled", "confirmed", "waitlisted"]
    desk.refresh_from_db()
    assert desk.taken == 2
    assert subjects()[-2:] == ["Your registration is cancelled", "A place has become free for you"]


def test_more_places_let_people_move_up(desk):
    people = [register(desk, name) for name in ("anna", "bo", "carl", "dina")]
    for person in people:
        verify(person)
    desk = RegistrationDesk.objects.get()
    desk.capacity = 3
    desk.save()
    assert settings_changed(desk) == 1
    assert [state_of(person) for person in people][2:] == ["confirmed", "waitlisted"]


def test_without_a_waiting_list_a_full_event_takes_nobody(desk, client):
    RegistrationDesk.objects.update(capacity=1, waiting_list=False)
    late = register(desk, "late")
    verify(register(desk, "anna"))
    assert "All places are taken." in client.get("/en/events/seminar/").content.decode()
    assert "Join the waiting list" not in client.get("/en/events/seminar/").content.decode()
    assert send_form(client, desk).status_code == 200
    assert verify(late) == State.DECLINED
    assert "no waiting list" in mail.outbox[-1].body


def test_team_decides_where_it_wants_to(desk):
    RegistrationDesk.objects.update(approval="by_team", capacity=1, organizer_email="team@example.org")
    anna, bo = register(desk, "anna"), register(desk, "bo")
    assert verify(anna) == State.PENDING
    assert verify(bo) == State.PENDING
    assert subjects()[:2] == ["We have received your registration", "A registration waits for your decision"]
    assert "anna" not in mail.outbox[1].body.lower()
    take_step(anna, Step.CONFIRM)
    with pytest.raises(Refused, match="all places are taken"):
        take_step(bo, Step.CONFIRM)
    assert state_of(bo) == State.PENDING
    take_step(bo, Step.WAIT)
    take_step(anna, Step.CANCEL)
    assert state_of(bo) == State.WAITLISTED, "the team moves people up itself"
    take_step(bo, Step.CONFIRM)
    take_step(bo, Step.ATTENDED)
    desk.refresh_from_db()
    assert (state_of(bo), desk.taken) == (State.ATTENDED, 1)
    with pytest.raises(Refused):
        take_step(bo, Step.DECLINE)


# --- what the page says when one cannot register


@pytest.mark.parametrize(
    ("event", "settings", "words"),
    [
        ({"days": -1}, {}, "The event is over."),
        ({"status": "cancelled"}, {}, "The event has been cancelled."),
        ({"status": "postponed"}, {}, "The event has been postponed."),
        ({}, {"is_open": False, "taken": 1}, "Registration is closed."),
        ({}, {"opens_at": timezone.now() + datetime.timedelta(days=9000)}, "Registration opens on"),
        ({}, {"closes_at": timezone.now() - datetime.timedelta(days=1)}, "Registration closed on"),
    ],
)
def test_page_says_why_one_cannot_register(site, client, event, settings, words):
    desk = desk_of(add_event(**event), **settings)
    for path in ("/en/events/seminar/", f"/en/events-registration/{desk.work}/"):
        text = client.get(path).content.decode()
        assert words in text
        assert "Yes, register me" not in text
    assert send_form(client, desk).status_code == 200
    assert not Registration.objects.exists()


def test_dates_of_the_window_are_told_in_the_zone_of_the_event(site, client):
    closes_at = datetime.datetime.combine(in_days(5), datetime.time(20), datetime.UTC)
    desk_of(add_event(time_zone="Asia/Tokyo"), closes_at=closes_at)
    text = client.get("/en/events/seminar/").content.decode()
    assert f"until {in_days(6).day} {in_days(6):%B %Y}, 05:00 (time zone: Tokyo)" in text


def test_event_without_registration_says_nothing_of_it(site, client):
    page = add_event()
    assert "Registration" not in client.get("/en/events/seminar/").content.decode()
    answer = client.get(f"/en/events-registration/{page.translation_key}/")
    assert "One does not register for this event." in answer.content.decode()


# --- bad input


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Please give your name."),
        ("name", "x" * 3000, "shorten this to 200"),
        ("name", "a\x00b", "remove the control character"),
        ("name", "a\x08b", "remove the control character"),
        ("email", "", "Please give your mail address."),
        ("email", "nobody", "name@example.org"),
        ("email", "a@b.example\nBcc: c@d.example", "name@example.org"),
        ("email", f"{'x' * 300}@example.org", "shorten this to 254"),
        ("country", "QQ", "from the list"),
        ("organization", "\x00", "remove the control character"),
        ("access_needs", "y" * 1001, "shorten this to 1000"),
        ("consent", "", "Without your consent"),
    ],
)
def test_each_wrong_field_says_what_to_do(desk, client, field, value, words):
    response = send_form(client, desk, **{field: value})
    assert response.status_code == 400
    text = response.content.decode()
    assert words in text
    assert f'href="#id_{field}"' in text
    assert 'aria-invalid="true"' in text
    assert not Registration.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "\x00", "y" * 5000, "ImEi:1abc:zzzz"])
def test_form_with_a_wrong_token_is_shown_again_with_what_was_written(desk, client, token):
    response = send_form(client, desk, token=token)
    assert response.status_code == 400
    assert "Anna Berg" in response.content.decode()
    assert not Registration.objects.exists()


def test_token_of_another_event_does_not_count(site, desk, client):
    other = desk_of(add_event("other"))
    response = client.post(f"/en/events-registration/{desk.work}/", form_data(other))
    assert response.status_code == 400
    assert not Registration.objects.exists()


def test_form_sent_faster_than_a_person_can_is_asked_again(desk, client):
    page = client.get(f"/en/events-registration/{desk.work}/").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    response = send_form(client, desk, token=token)
    assert "send it again" in response.content.decode()
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=10)):
        assert send_form(client, desk, token=token).status_code == 302
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        assert send_form(client, desk, token=token).status_code == 400


def test_what_fills_in_the_hidden_field_is_thanked_and_forgotten(desk, client):
    assert send_form(client, desk, homepage="http://spam.example").status_code == 302
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_forms_of_other_sites_are_refused(desk, client, headers):
    response = client.post(f"/en/events-registration/{desk.work}/", form_data(desk), headers=headers)
    assert response.status_code == 403
    assert not Registration.objects.exists()


def test_form_of_this_site_is_taken(desk, client):
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    assert client.post(f"/en/events-registration/{desk.work}/", form_data(desk), headers=headers).status_code == 302


def test_registering_works_with_csrf_checks_on(desk):
    assert send_form(Client(enforce_csrf_checks=True), desk).status_code == 302


def test_nobody_is_flooded_with_mails(desk, client):
    for _ in range(8):
        assert send_form(client, desk, email="victim@example.org").status_code == 302
    assert len(mail.outbox) == 4


def test_one_network_cannot_send_the_form_without_end(desk, client):
    client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    answers = [send_form(client, desk, email=f"q{number}@example.org").status_code for number in range(42)]
    assert answers == [302] * 40 + [429] * 2
    client.defaults["REMOTE_ADDR"] = "203.0.113.10"
    assert send_form(client, desk, email="other@example.org").status_code == 302
    assert not AttemptCount.objects.filter(key__contains="203.0.113").exists()


@pytest.mark.parametrize("purpose", ["confirm", "cancel"])
@pytest.mark.parametrize("token", ["x", "a:b:c", "y" * 900, "%F0%28", "Im5vbmUi:1abc:zz"])
def test_wrong_links_get_a_page_that_says_so(desk, client, purpose, token):
    for method in (client.get, client.post):
        response = method(f"/en/events-registration/{purpose}/{token}/")
        assert response.status_code == 404
        assert "link does not work" in response.content.decode()


def test_null_byte_in_a_link_is_refused(client, desk):
    assert client.get("/en/events-registration/confirm/a%00b/").status_code == 400


def test_link_for_one_purpose_does_not_serve_another(desk, client):
    registration = register(desk)
    token = registration_token(registration, Purpose.CONFIRM)
    assert client.post(f"/en/events-registration/cancel/{token}/").status_code == 404
    assert state_of(registration) == State.UNVERIFIED


def test_old_link_says_that_it_is_old(desk, client):
    registration = register(desk)
    token = registration_token(registration, Purpose.CONFIRM)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=4)):
        assert client.post(f"/en/events-registration/confirm/{token}/").status_code == 410
    assert state_of(registration) == State.UNVERIFIED


def test_one_cannot_confirm_for_an_event_that_is_gone(site, desk, client):
    registration = register(desk)
    token = registration_token(registration, Purpose.CONFIRM)
    page = site["en"].get_descendants().get(slug="seminar").specific
    page.unpublish()
    assert client.post(f"/en/events-registration/confirm/{token}/").status_code == 410
    cancel_token = registration_token(registration, Purpose.CANCEL)
    assert client.post(f"/en/events-registration/cancel/{cancel_token}/").status_code == 302


# --- mails that fail


def test_mail_that_fails_loses_nothing_and_is_tried_again(desk, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert send_form(client, desk).status_code == 302
    note = RegistrationMail.objects.get()
    assert note.sent_at is None
    assert "ConnectionRefused" in note.error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due_mails() == 0, "not before the pause is over"
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=3)):
        call_command("send_registration_mails", verbosity=0)
        call_command("send_registration_mails", verbosity=0)
    assert len(mail.outbox) == 1
    assert RegistrationMail.objects.get().error == ""


# --- data that go


def test_personal_data_go_after_their_time_and_numbers_stay(desk):
    verify(register(desk, "anna"))
    register(desk, "bo", created_at=timezone.now() + datetime.timedelta(days=90))
    with time_machine.travel(desk.deletion_at - datetime.timedelta(hours=1)):
        call_command("delete_expired_registrations", verbosity=0)
    assert Registration.objects.count() == 2
    with time_machine.travel(desk.deletion_at + datetime.timedelta(hours=1)):
        call_command("delete_expired_registrations", verbosity=0)
        call_command("delete_expired_registrations", verbosity=0)
    assert not Registration.objects.exists()
    assert not RegistrationMail.objects.exists()
    desk.refresh_from_db()
    assert (desk.taken, desk.kept_counts) == (1, {"confirmed": 1, "unverified": 1})


def test_what_nobody_confirmed_goes_early(desk):
    register(desk, "anna", created_at=timezone.now() - datetime.timedelta(days=4))
    register(desk, "bo")
    call_command("delete_expired_registrations", verbosity=0)
    assert [row.name for row in Registration.objects.all()] == ["Bo"]


def test_no_personal_data_on_public_pages(desk, client):
    for state in State:
        register(desk, f"zyxwv{state.value}", state=state)
    desk.refresh_from_db()
    for path in ("/en/events/seminar/", "/en/events/", f"/en/events-registration/{desk.work}/",
                 f"/en/events-registration/{desk.work}/sent/", f"/en/events-calendar/{desk.work}.ics"):  # fmt: skip
        assert "zyxwv" not in client.get(path).content.decode().lower()
