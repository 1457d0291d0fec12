"""Registrations of the demonstration's events: invented people, as many as the event says."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from events.desks import Approval
from events.models import Registration, RegistrationDesk
from events.registrations import State

from .fields import day
from .works import Work

LAST_MINUTE = time(23, 59)


def fill_desk(work: Work) -> None:
    """Set the desk up once its event is published; nothing where somebody has registered or opened it already."""
    desk = RegistrationDesk.objects.filter(work=work.key).first()
    data = work.data
    if desk is None or data["capacity"] is None or desk.is_open or desk.registrations.exists():
        return
    desk.is_open = True
    desk.capacity = data["capacity"]
    desk.approval = Approval(data["approval"])
    desk.waiting_list = data["waiting_list"]
    desk.opens_at = moment(data["registration_from"], time.min, data["timezone"])
    desk.closes_at = moment(data["registration_until"], LAST_MINUTE, data["timezone"])
    desk.organizer_email = data.get("contact", "")
    desk.save()
    RegistrationDesk.objects.filter(pk=desk.pk).update(taken=data["registrations"]["confirmed"])
    states = [
        state
        for state in (State.CONFIRMED, State.PENDING, State.WAITLISTED)
        for _ in range(data["registrations"][state.value])
    ]
    now = timezone.now()
    Registration.objects.bulk_create(
        Registration(
            desk=desk,
            name=f"Example person {number}",
            email=f"person-{number}@example.org",
            email_key=f"person-{number}@example.org",
            language=data["source"],
            consent_text="Demonstration",
            consented_at=now,
            verified_at=now,
            state=state,
        )
        for number, state in enumerate(states, start=1)
    )


def moment(text: str | None, at: time, time_zone: str) -> datetime | None:
    """A time of a day where the event takes place."""
    found = day(text)
    return datetime.combine(found, at, tzinfo=ZoneInfo(time_zone)) if found else None
