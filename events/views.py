"""Public addresses: register, confirm, cancel, and the event as a calendar file. None needs a cookie."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from catalog.frame import frame
from catalog.models import CatalogEntry
from exports.views import content_disposition

from .availability import availability, desk_of, event_entry
from .calendars import CONTENT_TYPE, CalendarEvent, calendar_of
from .desks import RegistrationDesk
from .forms import RegistrationForm
from .limits import is_mailed_too_often, is_too_often
from .links import (
    CONFIRM_WITHIN,
    Purpose,
    TokenExpired,
    TokenWrong,
    check_form_token,
    form_token,
    registration_of,
)
from .pages import Status
from .registering import apply, cancel, verify
from .registrations import Registration, State

View = Callable[..., HttpResponse]
CANCELLABLE = (State.UNVERIFIED, State.PENDING, State.WAITLISTED, State.CONFIRMED)


def public_form(view: View) -> View:
    """For pages with a form: not kept by caches, and forms of other sites are refused. The token is the rest."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if request.method == "POST" and not is_from_here(request):
            return notice(
                request,
                _("This form came from another site"),
                [_("Please open the page of the event here and send the form from there.")],
                status=403,
            )
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer" if request.method == "GET" and "token" in kwargs else "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def is_from_here(request: HttpRequest) -> bool:
    """What browsers say of where a form was; those that say nothing are let in, they must have the token."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def notice(
    request: HttpRequest, title: str, paragraphs: list[str], *, status: int = 200, **more: object
) -> HttpResponse:
    language = get_language()
    context = {**frame(request, language, {}), "title": title, "paragraphs": paragraphs, "noindex": True, **more}
    return render(request, "events/notice.html", context, status=status)


@public_form
def register(request: HttpRequest, work: UUID) -> HttpResponse:
    entry, desk = event_entry(work, get_language()), desk_of(work)
    if entry is None or desk is None:
        raise Http404
    state = availability(desk, entry.record_data["extra"])
    if state is None or not state.can_register:
        sentence = state.sentence if state else _("One does not register for this event.")
        return notice(request, entry.title, [sentence], back=entry.path)
    if request.method != "POST":
        return show_form(request, entry, desk, RegistrationForm())
    return take_form(request, entry, desk)


def take_form(request: HttpRequest, entry: CatalogEntry, desk: RegistrationDesk) -> HttpResponse:
    form, error, status, token = RegistrationForm(request.POST), "", 400, request.POST.get("token", "")
    try:
        check_form_token(token, desk.work)
    except TokenExpired:
        error = _("Please look through the form and send it again: it was sent very fast, or was open for very long.")
    except TokenWrong:
        error, token = _("Please send the form again. What you wrote is still here."), ""
    if form.is_valid() and not error:
        if form.is_trapped:
            return redirect("registration_sent", work=desk.work)
        if not is_too_often(request):
            application = form.application(language=get_language(), consent_text=consent_text(desk))
            if not is_mailed_too_often(desk.work, application.email_key):
                apply(desk, application)
            return redirect("registration_sent", work=desk.work)
        error, status = _("Too many registrations came from your network. Please try again in an hour."), 429
    return show_form(request, entry, desk, form, error=error, status=status)


def consent_text(desk: RegistrationDesk) -> str:
    return desk.consent_text or _(
        "I agree that what I give here is kept to organize this event. Only its organizers see it. "
        "It is deleted on %(date)s, or earlier if I ask for it."
    ) % {"date": date_format(desk.deletion_at.date(), "DATE_FORMAT")}


def show_form(
    request: HttpRequest,
    entry: CatalogEntry,
    desk: RegistrationDesk,
    form: RegistrationForm,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    language = get_language()
    editions = CatalogEntry.objects.public().filter(work=entry.work).values_list("language", flat=True)
    addresses = {code: f"/{code}/events-registration/{entry.work}/" for code in editions}
    context = {
        **frame(request, language, {**addresses, language: request.path}),
        "entry": entry,
        "record": entry.record_data,
        "form": form,
        "errors": [(field.auto_id, field.label, field.errors) for field in form if field.errors]
        if form.is_bound
        else [],
        "error": error,
        "state": availability(desk, entry.record_data["extra"]),
        "consent_text": consent_text(desk),
        "token": form_token(desk.work),
        "noindex": True,
    }
    return render(request, "events/register.html", context, status=status)


@public_form
def sent(request: HttpRequest, work: UUID) -> HttpResponse:
    """The same for everybody, whether the address was known or not."""
    entry = event_entry(work, get_language())
    if entry is None:
        raise Http404
    return notice(
        request,
        _("Please look into your mailbox"),
        [
            _("We have sent you a mail about “%(title)s”. Your registration counts once you open the link in it.")
            % {"title": entry.title},
            _("Nothing there after some minutes? Look into the folder for unwanted mail, or send the form again."),
        ],
        back=entry.path,
    )


def with_registration(purpose: Purpose) -> Callable[[View], View]:
    """Hands the registration of a link on to the view; a link that is wrong or too old gets a page that says so."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, token: str) -> HttpResponse:
            try:
                registration = registration_of(token, purpose)
            except TokenExpired:
                text = _("Links in mails work for %(days)s days. Please register again.") % {
                    "days": CONFIRM_WITHIN.days
                }
                return notice(request, _("This link is too old"), [text], status=410)
            except TokenWrong:
                text = _("Please copy the whole link from the mail. If it still fails, the data may have been deleted.")
                return notice(request, _("This link does not work"), [text], status=404)
            return view(request, registration)

        return wrapped

    return decorate


@public_form
@with_registration(Purpose.CONFIRM)
def confirm(request: HttpRequest, registration: Registration) -> HttpResponse:
    """GET asks, since programs that check mails for viruses open links, too; POST confirms."""
    entry = event_entry(registration.desk.work, get_language())
    if registration.state != State.UNVERIFIED:
        return show_state(request, registration, entry)
    refusal = why_not(registration, entry)
    if refusal:
        return notice(request, _("Too late to confirm"), [refusal], status=410)
    if request.method == "POST":
        verify(registration)
        return redirect(request.path)
    return notice(
        request,
        entry.title,
        [_("Do you want to register for this event?")],
        button=_("Yes, register me"),
        back=entry.path,
    )


def why_not(registration: Registration, entry: CatalogEntry | None) -> str:
    if entry is None:
        return _("The event is no longer published.")
    if registration.desk.ends_at <= timezone.now():
        return _("The event is over.")
    if entry.record_data["extra"]["status"] == Status.CANCELLED:
        return _("The event has been cancelled. Nobody can register any more.")
    return ""


def show_state(request: HttpRequest, registration: Registration, entry: CatalogEntry | None) -> HttpResponse:
    texts = {
        State.PENDING: _("Your registration has arrived. The team decides on it and writes to you."),
        State.CONFIRMED: _("You have a place. A mail with a calendar file is on its way."),
        State.WAITLISTED: _("All places are taken at the moment. You are on the waiting list."),
        State.DECLINED: _("There is no place for you at this event. We are sorry."),
        State.CANCELLED: _("This registration is cancelled."),
        State.ATTENDED: _("You took part. Thank you."),
    }
    title = entry.title if entry else registration.desk.title
    return notice(request, title, [texts[State(registration.state)]], back=entry.path if entry else "")


@public_form
@with_registration(Purpose.CANCEL)
def cancel_registration(request: HttpRequest, registration: Registration) -> HttpResponse:
    entry = event_entry(registration.desk.work, get_language())
    if registration.state not in CANCELLABLE:
        return show_state(request, registration, entry)
    if request.method == "POST":
        cancel(registration)
        return redirect(request.path)
    return notice(
        request,
        entry.title if entry else registration.desk.title,
        [_("Do you want to cancel your registration? Somebody else may then get the place.")],
        button=_("Yes, cancel it"),
        back=entry.path if entry else "",
    )


def calendar_file(request: HttpRequest, work: UUID) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    language = get_language()
    entry = (
        CatalogEntry.objects.public().of_kind("event").in_language(language).without_publication().filter(work=work)
    ).first()
    if entry is None:
        raise Http404
    response = HttpResponse(calendar_of(CalendarEvent.of_entry(entry)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition(f"event-{language}.ics")
    response["X-Robots-Tag"] = "noindex"
    return response
