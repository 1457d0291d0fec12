"""Events as iCalendar (RFC 5545)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from catalog.models import CatalogEntry

from .desks import RegistrationDesk
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


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What a calendar is told; `extra` is as in the record of an event, `path` is empty for one that has no page."""

    work: UUID
    language: str
    title: str
    summary: str
    path: str
    extra: dict
    changed_at: datetime

    @classmethod
    def of_entry(cls, entry: CatalogEntry) -> "CalendarEvent":
        record = entry.record_data
        return cls(
            work=entry.work,
            language=entry.language,
            title=record["title"],
            summary=record["summary"],
            path=entry.path,
            extra=record["extra"],
            changed_at=entry.changed_at,
        )


def calendar_of(told: CalendarEvent, *, online_link: str = "") -> bytes:
    """One event. Its UID is the work's id, so every edition and every later version is the same event to a calendar.

    `online_link` is for participants; without one, only a public link is named. The library is imported with the
    first calendar: it takes 3 MiB.
    """
    from icalendar import Calendar, Event, vCalAddress, vText

    extra = told.extra
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAILADMIN_BASE_URL}//events//{told.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", str(told.work))
    event.add("dtstamp", told.changed_at)
    event.add("last-modified", told.changed_at)
    event.add("sequence", sequence_of(told.work))
    event.add("summary", told.title, parameters={"LANGUAGE": told.language})
    add_times(event, EventTimes.from_extra(extra))
    event.add("status", STATUSES[Status(extra["status"])])
    link = online_link or extra.get("online_link", "")
    place = ", ".join(part for part in (extra["venue"], extra["address"]) if part)
    if place or link:
        event.add("location", place or link)
    address = settings.WAGTAILADMIN_BASE_URL + told.path if told.path else ""
    if description := "\n\n".join(part for part in (told.summary, link, address) if part):
        event.add("description", description)
    if address:
        event.add("url", address)
    if extra["contact"]:
        contact = vCalAddress(f"MAILTO:{extra['contact']}")
        contact.params["CN"] = vText(extra["contact"])
        event.add("organizer", contact)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def sequence_of(work: UUID) -> int:
    """Grows with every change of an edition and of the event; the same in all languages, as the UID is."""
    versions = CatalogEntry.objects.filter(work=work).aggregate(newest=Max("version"))["newest"] or 0
    changes = RegistrationDesk.objects.filter(work=work).values_list("sequence", flat=True).first() or 0
    return versions + changes


def add_times(event: "Event", times: EventTimes) -> None:
    """Whole days as dates, the end being the day after the last one; times with the zone of the place."""
    if times.start_time is None:
        event.add("dtstart", times.start_date)
        event.add("dtend", times.end_date + timedelta(days=1))
        return
    event.add("dtstart", times.starts_at())
    if times.end_time is not None or times.end_date > times.start_date:
        event.add("dtend", times.ends_at())
