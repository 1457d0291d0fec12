"""Registrations of the demonstration's events: invented people, as many as the event says."""

from datetime import UTC, datetime

from django.utils import timezone

from events.models import Registration, RegistrationDesk
from events.registrations import State

from .fields import day
from .works import Work


def fill_desk(work: Work) -> None:
    """Set the desk up once its event is published; nothing where somebody has registered or opened it already."""
    desk = RegistrationDesk.objects.filter(work=work.key).first()
    data = work.data
    if desk is None or data["capacity"] is None or desk.is_open or desk.registrations.exists():
        return
    desk.is_open = True
    desk.capacity = data["capacity"]
    desk.approval = data["approval"]
    desk.waiting_list = data["waiting_list"]
    desk.opens_at = moment(data["registration_from"])
    desk.closes_at = moment(data["registration_until"])
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


def moment(text: str | None) -> datetime | None:
    """The beginning of a day."""
    found = day(text)
    return datetime(found.year, found.month, found.day, tzinfo=UTC) if found else None
