"""What happens to registrations: each step one transaction, in which the mail that tells of it is written, too."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .desks import Approval, RegistrationDesk
from .outbox import write_mail
from .places import give_back_place, lock, take_place
from .registrations import LIVE, WITH_A_PLACE, MailKind, Registration, State


class Refused(Exception):
    """A step that cannot be made; the message says why, for the person who asked."""


@dataclass(frozen=True, slots=True)
class Application:
    """What a person sent, checked."""

    name: str
    email: str
    organization: str
    role: str
    country: str
    language: str
    access_needs: str
    consent_text: str

    @property
    def email_key(self) -> str:
        return self.email.strip().lower()

    def values(self) -> dict[str, object]:
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {**fields, "email_key": self.email_key, "consented_at": timezone.now()}


@transaction.atomic
def apply(desk: RegistrationDesk, application: Application) -> None:
    """Note what was sent, and mail a link to confirm it. Whoever is known already is told so by mail only."""
    desk = lock(desk.pk)
    known = live_registration(desk, application)
    if known is None:
        known = Registration.objects.create(desk=desk, **application.values())
    elif known.state == State.UNVERIFIED:
        Registration.objects.filter(pk=known.pk, state=State.UNVERIFIED).update(**application.values())
    write_mail(known, MailKind.VERIFY if known.state == State.UNVERIFIED else MailKind.KNOWN)


def live_registration(desk: RegistrationDesk, application: Application) -> Registration | None:
    return Registration.objects.filter(desk=desk, email_key=application.email_key, state__in=LIVE).first()


@transaction.atomic
def verify(registration: Registration) -> State:
    """The person owns the address: give them a place, or their turn. Returns the state in which they are then."""
    desk = lock(registration.desk_id)
    now = timezone.now()
    claimed = Registration.objects.filter(pk=registration.pk, state=State.UNVERIFIED).update(
        state=State.WAITLISTED, verified_at=now, changed_at=now
    )
    registration.refresh_from_db()
    if not claimed:
        return State(registration.state)
    is_full = desk.places_left == 0
    if desk.approval == Approval.AT_ONCE and take_place(desk):
        set_state(registration, State.CONFIRMED, MailKind.CONFIRMED)
    elif desk.approval == Approval.BY_TEAM and not is_full:
        set_state(registration, State.PENDING, MailKind.PENDING)
        write_mail(registration, MailKind.TO_DECIDE)
    elif desk.waiting_list:
        set_state(registration, State.WAITLISTED, MailKind.WAITLISTED)
    else:
        set_state(registration, State.DECLINED, MailKind.FULL)
    return State(registration.state)


def set_state(registration: Registration, state: State, mail: MailKind | None) -> None:
    registration.state, registration.changed_at = state, timezone.now()
    registration.save(update_fields=["state", "changed_at"])
    if mail:
        write_mail(registration, mail)


@transaction.atomic
def cancel(registration: Registration, *, by_team: bool = False) -> None:
    """Free the place, and give it to whoever waits longest. What is cancelled already stays so."""
    desk = lock(registration.desk_id)
    registration.refresh_from_db()
    if registration.state not in (State.UNVERIFIED, State.PENDING, State.WAITLISTED, State.CONFIRMED):
        return
    had_a_place = registration.state in WITH_A_PLACE
    told = None if registration.state == State.UNVERIFIED else MailKind.CANCELLED
    set_state(registration, State.CANCELLED, MailKind.CANCELLED_BY_TEAM if by_team and told else told)
    if had_a_place:
        give_back_place(desk)
        move_up(desk)


def move_up(desk: RegistrationDesk) -> int:
    """Give free places to those who wait, the longest first, where no team decides. Returns how many got one.

    For callers that have locked the desk.
    """
    if desk.is_off or desk.approval != Approval.AT_ONCE or desk.starts_at <= timezone.now():
        return 0
    moved = 0
    waiting = Registration.objects.filter(desk=desk, state=State.WAITLISTED).order_by("verified_at", "pk")
    for registration in waiting.iterator(chunk_size=100):
        if not take_place(desk):
            break
        set_state(registration, State.CONFIRMED, MailKind.MOVED_UP)
        moved += 1
    return moved


@transaction.atomic
def settings_changed(desk: RegistrationDesk) -> int:
    """More places than before may let people move up."""
    return move_up(lock(desk.pk))


class Step(StrEnum):
    """What an organizer can do with a registration."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    WAIT = "wait"
    ATTENDED = "attended"
    ABSENT = "absent"
    CANCEL = "cancel"


STEPS: Mapping[Step, tuple[frozenset[State], State, MailKind | None]] = {
    Step.CONFIRM: (frozenset({State.PENDING, State.WAITLISTED}), State.CONFIRMED, MailKind.CONFIRMED),
    Step.DECLINE: (frozenset({State.PENDING, State.WAITLISTED}), State.DECLINED, MailKind.DECLINED),
    Step.WAIT: (frozenset({State.PENDING}), State.WAITLISTED, MailKind.WAITLISTED),
    Step.ATTENDED: (frozenset({State.CONFIRMED}), State.ATTENDED, None),
    Step.ABSENT: (frozenset({State.ATTENDED}), State.CONFIRMED, None),
    Step.CANCEL: (frozenset({State.PENDING, State.WAITLISTED, State.CONFIRMED}), State.CANCELLED, None),
}


def possible_steps(state: str) -> list[Step]:
    return [step for step, (before, _after, _mail) in STEPS.items() if state in before]


@transaction.atomic
def take_step(registration: Registration, step: Step) -> None:
    """Raises Refused where the registration is not, or no longer, in a state for it, or no place is left."""
    desk = lock(registration.desk_id)
    registration.refresh_from_db()
    before, after, mail = STEPS[step]
    if registration.state not in before:
        raise Refused(
            _("%(name)s: this cannot be done, because the state is “%(state)s”.")
            % {"name": registration.name, "state": registration.get_state_display()}
        )
    if step is Step.CANCEL:
        cancel(registration, by_team=True)
        return
    if desk.is_off and step in (Step.CONFIRM, Step.WAIT):
        raise Refused(_("%(name)s: the event does not take place.") % {"name": registration.name})
    if step is Step.CONFIRM and not take_place(desk):
        raise Refused(
            _("%(name)s: all places are taken. Raise the number of places, or cancel another registration.")
            % {"name": registration.name}
        )
    if step is Step.CONFIRM and registration.state == State.WAITLISTED:
        mail = MailKind.MOVED_UP
    set_state(registration, after, mail)
