"""Keeps a desk up to date with its event, and tells those who registered what is new, once."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from .desks import RegistrationDesk
from .outbox import write_mails
from .pages import EventPage, Status
from .registrations import ABOUT_THE_EVENT, MailKind, Registration, RegistrationMail, State

TO_TELL = (State.PENDING, State.WAITLISTED, State.CONFIRMED)
TIME_AND_PLACE = ("start", "end", "time_zone", "mode", "venue", "address")


def facts_of(page: EventPage) -> dict[str, str]:
    """`link` is that of the online meeting, whoever may see it."""
    return {
        **page.times().as_extra(),
        "status": page.status,
        "mode": page.mode,
        "venue": page.venue,
        "address": page.address,
        "link": page.online_link,
        "contact": page.contact,
    }


@transaction.atomic
def keep_up(work: UUID) -> None:
    """Read the event as it is published now: its desk and the mails that tell of it change together.

    What counts is the edition in which it was first published, while that is public: translations follow it later.
    """
    pages = EventPage.objects.live().filter(translation_key=work, alias_of=None).select_related("locale")
    editions = {page.locale.language_code: page for page in pages.order_by("-pk")}
    desk = RegistrationDesk.objects.select_for_update().filter(work=work).first()
    if desk is None:
        make_desk(editions)
        return
    page = editions.get(desk.language) or first_of(editions)
    facts = facts_of(page) if page else desk.facts
    is_off = page is None or page.status == Status.CANCELLED
    now = times_and_title(page, desk) if page else {}
    if (facts, is_off) == (desk.facts, desk.is_off) and all(getattr(desk, name) == now[name] for name in now):
        return
    ends_at = now.get("ends_at", desk.ends_at)
    kind, states = news(desk, facts, is_off=is_off) if ends_at > timezone.now() else (None, ())
    RegistrationDesk.objects.filter(pk=desk.pk).update(**now, facts=facts, is_off=is_off, sequence=desk.sequence + 1)
    if kind:
        tell(desk, kind, states)


def make_desk(editions: dict[str, EventPage]) -> None:
    page = first_of(editions)
    if page:
        facts = {"facts": facts_of(page), "is_off": page.status == Status.CANCELLED}
        own = {"title": page.title, "language": page.locale.language_code}
        RegistrationDesk.objects.get_or_create(work=page.translation_key, defaults={**own, **times_of(page), **facts})


def first_of(editions: dict[str, EventPage]) -> EventPage | None:
    """The one that was made first."""
    return next(reversed(editions.values()), None)


def times_of(page: EventPage) -> dict:
    times = page.times()
    return {"starts_at": times.starts_at(), "ends_at": times.ends_at(), "time_zone": times.time_zone}


def times_and_title(page: EventPage, desk: RegistrationDesk) -> dict:
    title = {"title": page.title} if page.locale.language_code == desk.language else {}
    return {**times_of(page), **title}


def news(desk: RegistrationDesk, facts: dict[str, str], *, is_off: bool) -> tuple[MailKind | None, tuple[State, ...]]:
    """What to tell, and whom: another link to the meeting concerns only those who have a place."""
    if is_off:
        return (None, ()) if desk.is_off else (MailKind.EVENT_CANCELLED, TO_TELL)
    if desk.is_off:
        return MailKind.EVENT_BACK, TO_TELL
    if not desk.facts:
        return None, ()
    changed = {name for name in facts if facts[name] != desk.facts.get(name, "")}
    if changed & set(TIME_AND_PLACE) or ("status" in changed and facts["status"] == Status.POSTPONED):
        return MailKind.EVENT_CHANGED, TO_TELL
    return (MailKind.EVENT_CHANGED, (State.CONFIRMED,)) if "link" in changed else (None, ())


def tell(desk: RegistrationDesk, kind: MailKind, states: Iterable[State]) -> None:
    """What has not gone out yet of earlier news would say what no longer holds."""
    unsent = RegistrationMail.objects.filter(registration__desk=desk, kind__in=ABOUT_THE_EVENT, sent_at=None)
    unsent.delete()
    registrations = Registration.objects.filter(desk=desk, state__in=list(states)).order_by("pk")
    write_mails(registrations.values_list("pk", flat=True), kind)
