"""What each mail about a registration says, in the language in which the person registered."""

from dataclasses import replace

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import CatalogEntry

from .availability import event_entry
from .calendars import CalendarEvent, calendar_of
from .desks import RegistrationDesk
from .links import CONFIRM_WITHIN, Purpose, address_for
from .pages import EventPage, Status
from .registrations import ABOUT_THE_EVENT, MailKind, Registration, State
from .times import EventTimes

WITH_A_PLACE = (MailKind.CONFIRMED, MailKind.MOVED_UP)
WITH_STATE = (MailKind.KNOWN, MailKind.EVENT_CHANGED, MailKind.EVENT_BACK)
WITH_CANCEL_LINK = (MailKind.PENDING, MailKind.WAITLISTED, *WITH_A_PLACE, *WITH_STATE)


def compose(registration: Registration, kind: MailKind) -> EmailMessage | None:
    """None where nobody is to be told, as of a decision when no organizer's address is known."""
    desk = registration.desk
    if kind == MailKind.TO_DECIDE:
        return to_organizer(registration) if desk.organizer_email else None
    with translation.override(registration.language):
        entry = entry_to_tell(desk, registration.language, kind)
        title = entry.title if entry else desk.title
        extra = facts_to_tell(desk, entry, kind)
        has_a_place = kind in WITH_A_PLACE or (kind in WITH_STATE and registration.state == State.CONFIRMED)
        link = participants_link(registration) if has_a_place else ""
        paragraphs = [
            _("Hello %(name)s,") % {"name": registration.name},
            sentence(registration, kind, title),
            facts(extra, entry, link),
            next_step(registration, kind),
        ]
        message = EmailMessage(
            subject=" ".join(subject(registration, kind, title).split()),
            body="\n\n".join(part for part in paragraphs if part) + "\n",
            to=[registration.email],
            reply_to=[desk.organizer_email] if desk.organizer_email else None,
        )
        if extra and (has_a_place or kind in ABOUT_THE_EVENT):
            calendar = calendar_of(event_to_tell(desk, entry, extra, title), online_link=link)
            message.attach("event.ics", calendar, "text/calendar")
    return message


def entry_to_tell(desk: RegistrationDesk, language: str, kind: MailKind) -> CatalogEntry | None:
    """None for an event without a page; the catalog may learn of that after the mail has been written."""
    if kind == MailKind.EVENT_CANCELLED and not EventPage.objects.live().filter(translation_key=desk.work).exists():
        return None
    return event_entry(desk.work, language)


def facts_to_tell(desk: RegistrationDesk, entry: CatalogEntry | None, kind: MailKind) -> dict:
    """Those of the edition that the person reads. News of the event are the desk's: editions may follow later."""
    extra = entry.record_data["extra"] if entry else {}
    if kind in ABOUT_THE_EVENT and desk.facts:
        extra = {**extra, **desk.facts}
        if kind == MailKind.EVENT_CANCELLED:
            extra["status"] = Status.CANCELLED
    return extra


def event_to_tell(desk: RegistrationDesk, entry: CatalogEntry | None, extra: dict, title: str) -> CalendarEvent:
    if entry is None:
        return CalendarEvent(desk.work, desk.language, title, "", "", extra, timezone.now())
    return replace(CalendarEvent.of_entry(entry), extra=extra)


def participants_link(registration: Registration) -> str:
    """The link to the online meeting, as it is published now, whether or not everybody may see it."""
    links = EventPage.objects.live().filter(translation_key=registration.desk.work).exclude(online_link="")
    return links.values_list("online_link", flat=True).first() or ""


def subject(registration: Registration, kind: MailKind, title: str) -> str:
    texts = {
        MailKind.VERIFY: _("Please confirm your registration: %(title)s"),
        MailKind.KNOWN: _("Your registration: %(title)s"),
        MailKind.PENDING: _("We have received your registration: %(title)s"),
        MailKind.CONFIRMED: _("You have a place: %(title)s"),
        MailKind.WAITLISTED: _("You are on the waiting list: %(title)s"),
        MailKind.MOVED_UP: _("A place has become free for you: %(title)s"),
        MailKind.DECLINED: _("About your registration: %(title)s"),
        MailKind.FULL: _("All places are taken: %(title)s"),
        MailKind.CANCELLED: _("Your registration is cancelled: %(title)s"),
        MailKind.CANCELLED_BY_TEAM: _("Your registration was cancelled: %(title)s"),
        MailKind.EVENT_CANCELLED: _("The event does not take place: %(title)s"),
        MailKind.EVENT_CHANGED: _("Time or place have changed: %(title)s"),
        MailKind.EVENT_BACK: _("The event takes place after all: %(title)s"),
    }
    return texts[kind] % {"title": title}


def sentence(registration: Registration, kind: MailKind, title: str) -> str:
    texts = {
        MailKind.VERIFY: _(
            "somebody, probably you, gave this address to register for “%(title)s”. "
            "The registration counts once you confirm it:"
        ),
        MailKind.KNOWN: _("you have registered for “%(title)s” before. The state of your registration: %(state)s."),
        MailKind.PENDING: _("your registration for “%(title)s” has arrived. The team decides on it and writes to you."),
        MailKind.CONFIRMED: _("you have a place at “%(title)s”."),
        MailKind.WAITLISTED: _(
            "all places at “%(title)s” are taken at the moment. You are on the waiting list: "
            "if a place becomes free for you, you get a mail."
        ),
        MailKind.MOVED_UP: _("a place at “%(title)s” has become free, and it is yours."),
        MailKind.DECLINED: _("the team cannot give you a place at “%(title)s”. We are sorry."),
        MailKind.FULL: _(
            "all places at “%(title)s” were taken before your registration was confirmed, "
            "and there is no waiting list. We are sorry."
        ),
        MailKind.CANCELLED: _("your registration for “%(title)s” is cancelled, as you wished."),
        MailKind.CANCELLED_BY_TEAM: _("the team has cancelled your registration for “%(title)s”."),
        MailKind.EVENT_CANCELLED: _(
            "“%(title)s”, for which you have registered, has been cancelled. You need not do anything."
        ),
        MailKind.EVENT_CHANGED: _(
            "time or place of “%(title)s” have changed. Your registration stays as it is: %(state)s. "
            "This is what holds now:"
        ),
        MailKind.EVENT_BACK: _(
            "we wrote to you that “%(title)s” had been cancelled. It takes place after all, "
            "and your registration stays as it was: %(state)s. This is what holds now:"
        ),
    }
    return texts[kind] % {"title": title, "state": registration.get_state_display()}


def facts(extra: dict, entry: CatalogEntry | None, link: str) -> str:
    if not extra:
        return ""
    status = Status(extra["status"])
    place = ", ".join(part for part in (extra["venue"], extra["address"]) if part)
    rows = [
        (_("Status"), str(status.label) if status in (Status.POSTPONED, Status.CANCELLED) else ""),
        (_("When"), EventTimes.from_extra(extra).text()),
        (_("Where"), place),
        (_("Online"), link or extra.get("online_link", "")),
        (_("More"), settings.WAGTAILADMIN_BASE_URL + entry.path if entry else ""),
    ]
    return "\n".join(f"{name}: {value}" for name, value in rows if value)


def next_step(registration: Registration, kind: MailKind) -> str:
    if kind == MailKind.VERIFY:
        return "\n".join(
            [
                address_for(registration, Purpose.CONFIRM),
                _("The link works for %(days)s days. If it was not you, do nothing: the data will be deleted.")
                % {"days": CONFIRM_WITHIN.days},
            ]
        )
    if kind in WITH_CANCEL_LINK and registration.state != State.ATTENDED:
        return "\n".join(
            [
                _("If you cannot come, please cancel, so that somebody else can:"),
                address_for(registration, Purpose.CANCEL),
                _("Your data will be deleted on %(date)s.")
                % {"date": date_format(registration.desk.deletion_at.date(), "DATE_FORMAT")},
            ]
        )
    return ""


def to_organizer(registration: Registration) -> EmailMessage:
    """Says that there is something to decide, and nothing of the person: that is in the admin."""
    desk = registration.desk
    with translation.override(language_of(desk.organizer_email)):
        address = settings.WAGTAILADMIN_BASE_URL + reverse("events:registrations", args=[desk.work])
        return EmailMessage(
            subject=" ".join((_("A registration waits for your decision: %(title)s") % {"title": desk.title}).split()),
            body=f"{address}\n",
            to=[desk.organizer_email],
        )


def language_of(email: str) -> str:
    """That in which the person with this address works in the admin; the site's for an address of nobody here."""
    user = User.objects.filter(email__iexact=email, is_active=True).select_related("wagtail_userprofile").first()
    profile = getattr(user, "wagtail_userprofile", None)
    preferred = profile.preferred_language if profile else ""
    return preferred if preferred in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
