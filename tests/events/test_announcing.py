"""Whoever registered is told, once, that an event is cancelled, moved, or takes place after all."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils.translation import get_language
from icalendar import Calendar
from wagtail.models import Page
from wagtail.users.models import UserProfile

from accounts.models import User
from events.announcing import keep_up
from events.models import Approval, EventPage, RegistrationDesk, RegistrationMail, State
from events.registering import Refused, Step, cancel, settings_changed, take_step, verify

from ..rows import made_once
from .conftest import add_event, desk_of, in_days, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(site):
    return made_once(add_event)


@pytest.fixture
def desk(event):
    return desk_of(event)


def publish(event, **fields):
    page = EventPage.objects.get(pk=event.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def mails_to(name: str) -> list:
    return [message for message in mail.outbox if message.to == [f"{name}@example.org"]]


def calendar_in(message) -> dict:
    content = message.attachments[0][1]
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def sequence_shown(client, event) -> int:
    content = client.get(f"/en/events-calendar/{event.translation_key}.ics").content
    return Calendar.from_ical(content).walk("VEVENT")[0]["SEQUENCE"]


def test_all_who_registered_are_told_once_in_their_language_that_it_is_cancelled(event, desk, client):
    states = {"anna": State.CONFIRMED, "bo": State.WAITLISTED, "cy": State.PENDING}
    others = {"dan": State.CANCELLED, "eva": State.DECLINED, "fay": State.UNVERIFIED}
    for name, state in (states | others).items():
        register(desk, name, state=state, language="sv" if name == "bo" else "en")
    before = sequence_shown(client, event)
    publish(event, status="cancelled")
    publish(event, status="cancelled", summary="Said again.")
    keep_up(event.translation_key)
    assert sorted(message.to[0].partition("@")[0] for message in mail.outbox) == ["anna", "bo", "cy"]
    told = calendar_in(mails_to("anna")[0])
    assert (told["STATUS"], told["UID"]) == ("CANCELLED", str(event.translation_key))
    assert told["SEQUENCE"] > before
    assert "has been cancelled" in mails_to("anna")[0].body
    assert RegistrationMail.objects.filter(kind="event_cancelled", registration__language="sv").count() == 1
    shown = client.get("/en/events/seminar/").content.decode()
    assert "This event has been cancelled." in shown
    assert "Nobody can register any more." in shown
    assert client.get(f"/en/events-registration/{desk.work}/").status_code == 200
    calendar = client.get(f"/en/events-calendar/{desk.work}.ics").content
    assert b"STATUS:CANCELLED" in calendar


@pytest.mark.parametrize("way", ["unpublish", "delete", "delete the listing"])
def test_an_event_that_goes_is_a_cancelled_one(event, desk, way, client):
    register(desk, "anna", state=State.CONFIRMED)
    page = EventPage.objects.get(pk=event.pk)
    if way == "unpublish":
        page.unpublish()
    elif way == "delete":
        page.delete()
    else:
        Page.objects.get(pk=page.get_parent().pk).delete()
    (message,) = mail.outbox
    assert "Event seminar" in message.subject
    assert calendar_in(message)["STATUS"] == "CANCELLED"
    assert "/en/events/seminar/" not in message.body
    assert client.get(f"/en/events-registration/{desk.work}/").status_code == 404


def test_an_edition_that_goes_while_another_stays_cancels_nothing(event, desk, site):
    register(desk, "anna", state=State.CONFIRMED)
    swedish = event.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.save_revision().publish()
    EventPage.objects.get(pk=event.pk).unpublish()
    assert mail.outbox == []
    EventPage.objects.get(pk=swedish.pk).unpublish()
    assert len(mail.outbox) == 1


def test_a_new_date_and_place_are_told_once_with_the_new_calendar_entry(event, desk, client):
    register(desk, "anna", state=State.CONFIRMED)
    register(desk, "bo", state=State.WAITLISTED)
    before = sequence_shown(client, event)
    publish(event, start_date=in_days(60), venue="Town hall")
    publish(event, summary="Another summary.")
    (message,) = mails_to("anna")
    assert len(mails_to("bo")) == 1
    assert "Town hall" in message.body
    assert "cancel" in message.body
    told = calendar_in(message)
    assert told["DTSTART"].dt.date() == in_days(60)
    assert (told["STATUS"], told["LOCATION"]) == ("CONFIRMED", "Town hall")
    assert told["SEQUENCE"] > before
    desk.refresh_from_db()
    assert desk.starts_at.date() == in_days(60)


def test_another_text_is_no_news(event, desk):
    register(desk, "anna", state=State.CONFIRMED)
    publish(event, title="Another title", summary="Another summary.", audience="All")
    assert mail.outbox == []
    desk.refresh_from_db()
    assert desk.title == "Another title"


def test_a_draft_is_no_news(event, desk):
    register(desk, "anna", state=State.CONFIRMED)
    page = EventPage.objects.get(pk=event.pk)
    page.status, page.venue = "cancelled", "Elsewhere"
    page.save_revision()
    assert mail.outbox == []
    assert not RegistrationDesk.objects.get().is_off


def test_what_is_over_is_no_news(site):
    event = add_event("past", days=-3)
    register(desk_of(event), "anna", state=State.CONFIRMED)
    publish(event, venue="It was here")
    EventPage.objects.get(pk=event.pk).unpublish()
    assert mail.outbox == []


def test_a_link_to_the_meeting_is_told_only_to_those_who_have_a_place(event, desk):
    register(desk, "anna", state=State.CONFIRMED)
    register(desk, "bo", state=State.WAITLISTED)
    publish(event, online_link="https://meet.example.org/room")
    assert "https://meet.example.org/room" in mails_to("anna")[0].body
    assert mails_to("bo") == []


def test_a_translation_that_lags_behind_does_not_bring_the_old_date_back(event, desk, site):
    swedish = event.copy_for_translation(site["sv"].locale, copy_parents=True)
    register(desk, "anna", state=State.CONFIRMED, language="sv")
    publish(event, start_date=in_days(60))
    mail.outbox.clear()
    swedish.save_revision().publish()
    assert mail.outbox == []
    desk.refresh_from_db()
    assert desk.starts_at.date() == in_days(60)


def test_taking_place_after_all_is_told_too(event, desk):
    register(desk, "anna", state=State.CONFIRMED)
    publish(event, status="cancelled")
    publish(event, status="confirmed")
    assert [message.attachments[0][1].count("STATUS:CANCELLED") for message in mail.outbox] == [1, 0]
    assert "after all" in mail.outbox[1].subject
    first, second = (calendar_in(message)["SEQUENCE"] for message in mail.outbox)
    assert second > first


def test_mails_that_did_not_go_out_yet_give_way_to_later_news(event, desk, monkeypatch):
    register(desk, "anna", state=State.CONFIRMED)
    with monkeypatch.context() as patch:
        patch.setattr("events.outbox.send", lambda mail_id: False)
        publish(event, venue="First")
        publish(event, venue="Second")
    call_command("send_registration_mails", verbosity=0)
    (message,) = mail.outbox
    assert "Second" in message.body


def test_nobody_moves_up_or_gets_a_place_in_a_cancelled_event(event, desk):
    desk = desk_of(event, capacity=1)
    anna = register(desk, "anna", state=State.CONFIRMED)
    waiting = register(desk, "bo", state=State.WAITLISTED)
    publish(event, status="cancelled")
    cancel(anna)
    settings_changed(desk)
    waiting.refresh_from_db()
    assert waiting.state == State.WAITLISTED
    with pytest.raises(Refused):
        take_step(waiting, Step.CONFIRM)


def test_times_typed_over_in_the_settings_are_not_undone(event, desk):
    stale = RegistrationDesk.objects.get()
    publish(event, start_date=in_days(60))
    stale.capacity = 5
    stale.save()
    desk.refresh_from_db()
    assert (desk.capacity, desk.starts_at.date()) == (5, in_days(60))


def test_organizers_are_told_in_the_language_they_work_in(event, monkeypatch):
    desk = desk_of(event, approval=Approval.BY_TEAM, organizer_email="Team@example.org")
    verify(register(desk, "anna"))
    team = [message for message in mail.outbox if message.to == ["Team@example.org"]]
    assert "/admin/" in team[0].body
    UserProfile.objects.create(user=User.objects.create_user("t", email="team@example.org"), preferred_language="sv")
    with monkeypatch.context() as patch:
        patch.setattr("events.mails._", lambda text: f"{get_language()}: {text}")
        verify(register(desk, "bo"))
    told = [message for message in mail.outbox if message.to == ["Team@example.org"]][1]
    assert told.subject.startswith("sv: ")
