"""Events as iCalendar (RFC 5545)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from catalog.models import CatalogEntry

from .pages import Status
from .times import EventTimes

if TYPE_CHECKING:
    from icalendar import Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
STATUSES = {
    Status.PLANNED: "TENTATIVE",
    Status.CONFIRMED: "CONFIRMED",
    Status.POSTPONED: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
}


def calendar_of(entry: CatalogEntry, *, online_link: str = "") -> bytes:
    """One event. Its UID is the work's id, so every edition and every later version is the same event to a calendar.

    `online_link` is for participants; without one, only a public link is named. The library is imported with the
    first calendar: it takes 3 MiB.
    """
    from icalendar import Calendar, Event, vCalAddress, vText

    extra, record = entry.record_data["extra"], entry.record_data
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAILADMIN_BASE_URL}//events//{entry.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", str(entry.work))
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.version)
    event.add("summary", record["title"], parameters={"LANGUAGE": entry.language})
    add_times(event, EventTimes.from_extra(extra))
    event.add("status", STATUSES[Status(extra["status"])])
    link = online_link or extra["online_link"]
    place = ", ".join(part for part in (extra["venue"], extra["address"]) if part)
    if place or link:
        event.add("location", place or link)
    address = settings.WAGTAILADMIN_BASE_URL + entry.path
    event.add("description", "\n\n".join(part for part in (record["summary"], link, address) if part))
    event.add("url", address)
    if extra["contact"]:
        contact = vCalAddress(f"MAILTO:{extra['contact']}")
        contact.params["CN"] = vText(extra["contact"])
        event.add("organizer", contact)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def add_times(event: "Event", times: EventTimes) -> None:
    """Whole days as dates, the end being the day after the last one; times with the zone of the place."""
    if times.start_time is None:
        event.add("dtstart", times.start_date)
        event.add("dtend", times.end_date + timedelta(days=1))
        return
    event.add("dtstart", times.starts_at())
    if times.end_time is not None or times.end_date > times.start_date:
        event.add("dtend", times.ends_at())
