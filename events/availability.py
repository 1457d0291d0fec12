"""Whether one can register for an event at this moment, and in which words that is said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import CatalogEntry
from catalog.showing import nearest_editions

from .desks import Approval, RegistrationDesk
from .pages import Status
from .times import EventTimes, moment_text


@dataclass(frozen=True, slots=True)
class Availability:
    """`sentence` is for readers; `note` says what follows from sending the form."""

    sentence: str
    can_register: bool = False
    is_full: bool = False
    note: str = ""


def event_entry(work: UUID, language: str) -> CatalogEntry | None:
    """The public edition of an event nearest to `language`."""
    entries = CatalogEntry.objects.public().of_kind("event").without_publication().filter(work=work)
    return next(iter(nearest_editions(list(entries), language)), None)


def desk_of(work: UUID) -> RegistrationDesk | None:
    return RegistrationDesk.objects.filter(work=work).first()


def is_over(extra: dict) -> bool:
    return EventTimes.from_extra(extra).ends_at() <= timezone.now()


def availability(desk: RegistrationDesk | None, extra: dict) -> Availability | None:
    """None where the event never asked anybody to register. `extra` is that of the event's record."""
    if desk is None or (not desk.is_open and not desk.taken):
        return None
    times = EventTimes.from_extra(extra)
    reason = why_closed(desk, times, Status(extra["status"]))
    if reason:
        return Availability(reason)
    if desk.places_left == 0:
        return when_full(desk)
    closes_at = closing_time(desk, times)
    until = _("You can register until %(date)s.") % {"date": moment_text(closes_at, times.time_zone)}
    return Availability(
        " ".join(part for part in (places_text(desk), until) if part),
        can_register=True,
        note=_("The team looks at each registration. You get a mail when it has decided.")
        if desk.approval == Approval.BY_TEAM
        else _("You have a place as soon as you have confirmed your mail address."),
    )


def closing_time(desk: RegistrationDesk, times: EventTimes) -> datetime:
    """What the organizers set, else the beginning; where no time of day is known, the end of the last day."""
    last = times.ends_at()
    return min(desk.closes_at or (last if times.is_all_day else times.starts_at()), last)


def why_closed(desk: RegistrationDesk, times: EventTimes, status: Status) -> str:
    """Empty where one can register, or join the waiting list."""
    now, closes_at = timezone.now(), closing_time(desk, times)
    cases = (
        (times.ends_at() <= now, _("The event is over.")),
        (status == Status.CANCELLED, _("The event has been cancelled. Nobody can register any more.")),
        (
            status == Status.POSTPONED,
            _("The event has been postponed. One can register again when the new date is known."),
        ),
        (
            closes_at <= now,
            _("Registration closed on %(date)s.") % {"date": moment_text(closes_at, times.time_zone)},
        ),
        (not desk.is_open, _("Registration is closed.")),
        (
            desk.opens_at is not None and desk.opens_at > now,
            _("Registration opens on %(date)s.") % {"date": moment_text(desk.opens_at or now, times.time_zone)},
        ),
    )
    return next((sentence for applies, sentence in cases if applies), "")


def when_full(desk: RegistrationDesk) -> Availability:
    if not desk.waiting_list:
        return Availability(_("All places are taken."), is_full=True)
    return Availability(
        _("All places are taken. You can join the waiting list."),
        can_register=True,
        is_full=True,
        note=_("You get a mail if a place becomes free for you."),
    )


def places_text(desk: RegistrationDesk) -> str:
    if desk.places_left is None:
        return ""
    return ngettext("%(number)s place is left.", "%(number)s places are left.", desk.places_left) % {
        "number": desk.places_left
    }
