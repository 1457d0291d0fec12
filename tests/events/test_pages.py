"""What readers see of events: the page, the listing, the calendar file."""

import datetime

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from catalog.models import CatalogEntry
from events.kinds import soonest_first
from events.models import EventPage, RegistrationDesk, State

from .conftest import add_event, desk_of, in_days, paragraph, register

pytestmark = pytest.mark.django_db


def page_text(client, path="/en/events/seminar/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_title_and_first_day_are_enough(site, client):
    add_event(start_time=None, end_time=None, venue="", summary="")
    assert "Event seminar" in page_text(client)


def test_page_says_when_where_and_how(site, client):
    add_event(
        start_date=datetime.date(2030, 5, 7),
        mode="hybrid",
        address="Rue Belliard 99",
        speakers=[("speaker", {"name": "Maria Rossi", "role": "Moderator", "organization": "Turin"})],
        agenda=[("item", {"day": None, "time": datetime.time(9, 30), "title": "Welcome", "speaker": "Maria"})],
        accessibility="Step-free.",
        languages=["en", "it"],
    )
    text = page_text(client)
    for part in ("7 May 2030, 09:30–17:00", "Brussels", "On site and online", "Rue Belliard 99", "Maria Rossi",
                 "Welcome", "Step-free.", "English, Italiano"):  # fmt: skip
        assert part in text
    assert "Register" not in text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"end_date": datetime.date(2030, 5, 6)}, "end_date"),
        ({"start_time": None, "end_time": datetime.time(9)}, "start_time"),
        ({"start_time": datetime.time(10), "end_time": datetime.time(9)}, "end_time"),
    ],
)
def test_dates_that_contradict_each_other_are_refused_at_their_field(site, fields, wrong):
    page = EventPage(title="One", slug="one", start_date=datetime.date(2030, 5, 7), locale=site["en"].locale)
    page.path, page.depth = "x", 4
    for name, value in fields.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as error:
        page.clean()
    assert set(error.value.message_dict) == {wrong}


def test_event_past_midnight_is_possible(site):
    page = add_event(start_time=datetime.time(22), end_time=datetime.time(1), end_date=in_days(31))
    page.full_clean()
    assert page.times().ends_at() - page.times().starts_at() == datetime.timedelta(hours=3)


def test_private_link_is_nowhere_in_public(site, client):
    page = add_event(mode="online", online_link="https://meet.example.org/secret")
    entry = CatalogEntry.objects.get(page_id=page.pk)
    assert "secret" not in str(entry.record_data) + str(entry.publication_data) + page_text(client)
    assert b"secret" not in client.get(f"/en/events-calendar/{page.translation_key}.ics").content
    page.online_link_is_private = False
    page.save_revision().publish()
    assert "meet.example.org/secret" in page_text(client)


def test_outcomes_are_shown_once_the_event_is_over_and_then_first(site, client):
    fields = {"outcomes": paragraph("<p>We agreed.</p>"), "body": paragraph("<p>What it is about.</p>")}
    add_event("coming", **fields)
    add_event("past", days=-3, **fields)
    assert "We agreed." not in page_text(client, "/en/events/coming/")
    text = page_text(client, "/en/events/past/")
    assert 0 < text.index("We agreed.") < text.index("What it is about.")
    assert "Past event" in text


@pytest.mark.parametrize(("status", "words"), [("cancelled", "has been cancelled"), ("postponed", "been postponed")])
def test_page_says_that_it_does_not_take_place(site, client, status, words):
    add_event(status=status)
    assert words in page_text(client)
    assert f"<strong>{status.title()}</strong>" in page_text(client, "/en/events/")


def test_previous_event_is_related_in_both_directions(site, client):
    before = add_event("before", days=-100)
    page = add_event("after", previous_event=before)
    names = CatalogEntry.objects.get(page_id=page.pk).record_data["relations"]
    assert names == [{"name": "previous_event", "work": str(before.translation_key)}]
    assert "Event before" in page_text(client, "/en/events/after/")
    assert "Event after" in page_text(client, "/en/events/before/")


def test_listing_shows_what_comes_next_first_then_the_past(site, client):
    for name, days in (("later", 60), ("old", -100), ("soon", 2), ("recent", -2)):
        add_event(name, days=days)
    text = page_text(client, "/en/events/")
    titles = ["Coming up", "Event soon", "Event later", "Past events", "Event recent", "Event old"]
    assert [text.index(title) for title in titles] == sorted(text.index(title) for title in titles)


def test_pages_cost_few_queries_whatever_the_number_of_registrations(site, client):
    page = add_event()
    desk = desk_of(page, capacity=100)

    def queries(path):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            page_text(client, path)
        return len(captured)

    paths = ("/en/events/seminar/", "/en/events/", f"/en/events-registration/{desk.work}/")
    few = [queries(path) for path in paths]
    for number in range(30):
        register(desk, f"person{number}", state=State.CONFIRMED)
    for number in range(8):
        add_event(f"other-{number}", days=number)
    assert [queries(path) for path in paths] == few
    assert max(few) <= 12
    assert "70 places are left." in page_text(client)


def test_desk_belongs_to_the_work(site):
    page = add_event()
    swedish = page.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.title = "Seminarium"
    swedish.save_revision().publish()
    desk = RegistrationDesk.objects.get()
    assert desk.title == page.title
    assert desk.work == page.translation_key
    page.start_date = in_days(50)
    page.save_revision().publish()
    desk.refresh_from_db()
    assert desk.starts_at == page.times().starts_at()


# --- calendar files


def calendar_event(client, page):
    response = client.get(f"/en/events-calendar/{page.translation_key}.ics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return calendar, next(iter(calendar.walk("VEVENT")))


def test_calendar_file_names_the_time_zone(site, client):
    page = add_event(start_date=datetime.date(2030, 5, 7), venue="Hall, second floor; left")
    calendar, event = calendar_event(client, page)
    assert event["uid"] == str(page.translation_key)
    assert event["dtstart"].params["TZID"] == "Europe/Brussels"
    assert event.decoded("dtstart").astimezone(datetime.UTC) == datetime.datetime(
        2030, 5, 7, 7, 30, tzinfo=datetime.UTC
    )
    assert event.decoded("dtend").astimezone(datetime.UTC).hour == 15
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Brussels"]
    assert event["location"] == "Hall, second floor; left"
    assert event["status"] == "CONFIRMED"


def test_calendar_file_of_whole_days(site, client):
    days = {"start_date": datetime.date(2030, 5, 7), "end_date": datetime.date(2030, 5, 9)}
    _, event = calendar_event(client, add_event(start_time=None, end_time=None, **days))
    assert event.decoded("dtstart") == datetime.date(2030, 5, 7)
    assert event.decoded("dtend") == datetime.date(2030, 5, 10)
    assert event["dtstart"].params["VALUE"] == "DATE"


def test_cancelled_event_stays_the_same_event_in_calendars(site, client):
    page = add_event()
    _, before = calendar_event(client, page)
    page.status = "cancelled"
    page.save_revision().publish()
    _, after = calendar_event(client, page)
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]


def test_event_in_utc(site, client):
    _, event = calendar_event(client, add_event(time_zone="UTC", start_date=datetime.date(2030, 5, 7)))
    assert event.to_ical().decode().count("20300507T093000Z") == 1


def test_events_that_are_not_public_have_no_addresses(site, client):
    draft, gone = add_event("draft", publish=False), add_event("gone")
    desk = desk_of(gone)
    gone.unpublish()
    for work in (draft.translation_key, gone.translation_key, site["en"].translation_key):
        for path in (
            f"events-calendar/{work}.ics",
            f"events-registration/{work}/",
            f"events-registration/{work}/sent/",
        ):
            assert client.get(f"/en/{path}").status_code == 404
    assert client.post(f"/en/events-registration/{desk.work}/", {}).status_code == 404


def test_listing_costs_the_same_whatever_the_number_of_events(site, client):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/events/").status_code == 200
        return len(captured)

    add_event("first")
    queries()
    few = queries()
    for number in range(5):
        add_event(f"more-{number}", days=number - 2)
    assert queries() == few


@pytest.mark.sqlite
def test_events_are_sorted_from_an_index_alone(site):
    entries = CatalogEntry.objects.public().in_language("en").of_kind("event")
    assert "COVERING INDEX catalog_by_time" in soonest_first(entries).values_list("pk", flat=True).explain()


def test_entry_says_when_the_event_takes_place(site):
    entry = CatalogEntry.objects.get(page_id=add_event(time_zone="Asia/Tokyo").pk)
    extra = entry.record_data["extra"]
    assert entry.begins_at == datetime.datetime.fromisoformat(extra["starts_at"])
    assert entry.ends_at == datetime.datetime.fromisoformat(extra["ends_at"])
