"""Pages of the admin where organizers open registration and handle registrations."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exports.views import content_disposition

from .desks import RegistrationDesk
from .exporting import csv_lines, rows, xlsx_file
from .forms import DeskForm
from .registering import Refused, Step, possible_steps, settings_changed, take_step
from .registrations import Registration, RegistrationMail, State
from .rights import may_organize, works_organized_by

PAGE_SIZE = 50
MOST_AT_ONCE = 500
MOST_REFUSALS = 10
View = Callable[..., HttpResponse]


def step_labels() -> dict[Step, str]:
    return {
        Step.CONFIRM: _("Give a place"),
        Step.WAIT: _("Put on the waiting list"),
        Step.DECLINE: _("Decline"),
        Step.ATTENDED: _("Took part"),
        Step.ABSENT: _("Did not take part after all"),
        Step.CANCEL: _("Cancel"),
    }


def organizers_only(view: View) -> View:
    """Hands the desk on to the view; 404 for an event that does not exist, 403 for one that others organize."""

    @wraps(view)
    def wrapped(request: HttpRequest, work: UUID, **kwargs: object) -> HttpResponse:
        desk = RegistrationDesk.objects.filter(work=work).first()
        if desk is not None and not may_organize(request.user, desk):
            raise PermissionDenied
        if desk is None:
            raise Http404
        response = view(request, desk, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    return wrapped


def overview(request: HttpRequest) -> HttpResponse:
    """The events that this person organizes, with what waits for a decision."""
    desks = RegistrationDesk.objects.all()
    if not request.user.is_superuser:
        works = works_organized_by(request.user)
        if not works:
            raise PermissionDenied
        desks = desks.filter(work__in=works)
    page = Paginator(
        desks.annotate(
            pending=Count("registrations", filter=Q(registrations__state=State.PENDING)),
            waiting=Count("registrations", filter=Q(registrations__state=State.WAITLISTED)),
        ).order_by("-starts_at", "pk"),
        PAGE_SIZE,
    ).get_page(request.GET.get("p"))
    return render(request, "events/overview.html", {"page": page})


@organizers_only
def registrations(request: HttpRequest, desk: RegistrationDesk) -> HttpResponse:
    state, text = chosen_state(request), request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = filtered(desk, state, text)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("p"))
    counts = dict(desk.registrations.values_list("state").annotate(number=Count("pk")).order_by())
    labels = step_labels()
    context = {
        "desk": desk,
        "page": page,
        "rows": [
            {"registration": row, "steps": [(step, labels[step]) for step in possible_steps(row.state)]}
            for row in page.object_list
        ],
        "states": [(value, label, counts.get(value, 0)) for value, label in State.choices],
        "steps": list(labels.items()),
        "state": state,
        "query": text,
        "page_query": urlencode({"state": state, "q": text}) + "&",
        "failed_mails": RegistrationMail.objects.filter(registration__desk=desk, sent_at=None)
        .exclude(error="")
        .count(),
        "kept": [(State(state).label, number) for state, number in desk.kept_counts.items()],
    }
    return render(request, "events/registrations.html", context)


def chosen_state(request: HttpRequest) -> str:
    state = request.GET.get("state", "")
    return state if state in State.values else ""


def filtered(desk: RegistrationDesk, state: str, text: str) -> QuerySet[Registration]:
    found = Registration.objects.filter(desk=desk)
    if state:
        found = found.filter(state=state)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text) | Q(organization__icontains=text))
    return found.order_by("verified_at", "pk") if state == State.WAITLISTED else found.order_by("created_at", "pk")


@organizers_only
def take_steps(request: HttpRequest, desk: RegistrationDesk) -> HttpResponse:
    """One step for one registration, or for all that are ticked; each is a transaction of its own."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    name, _separator, single = request.POST.get("step", "").partition(":")
    chosen = [single] if single else request.POST.getlist("chosen")[:MOST_AT_ONCE]
    ids = [int(pk) for pk in chosen if pk.isascii() and pk.isdigit() and len(pk) < 19]
    if name not in list(Step):
        messages.error(request, _("Choose what to do."))
    elif not ids:
        messages.error(request, _("Tick the registrations first."))
    else:
        handle(request, desk, Step(name), ids)
    return redirect("events:registrations", work=desk.work)


def handle(request: HttpRequest, desk: RegistrationDesk, step: Step, ids: list[int]) -> None:
    done, refusals = 0, []
    for registration in Registration.objects.filter(desk=desk, pk__in=ids).order_by("verified_at", "pk"):
        try:
            take_step(registration, step)
            done += 1
        except Refused as refusal:
            refusals.append(str(refusal))
    if done:
        messages.success(
            request,
            ngettext("%(number)s registration changed.", "%(number)s registrations changed.", done) % {"number": done},
        )
    for text in refusals[:MOST_REFUSALS]:
        messages.error(request, text)
    if len(refusals) > MOST_REFUSALS:
        messages.error(request, _("And %(number)s more.") % {"number": len(refusals) - MOST_REFUSALS})


@organizers_only
def settings(request: HttpRequest, desk: RegistrationDesk) -> HttpResponse:
    """Times of day are read and shown in the zone of the event."""
    with timezone.override(desk.time_zone):
        form = DeskForm(request.POST or None, instance=desk)
        if request.method == "POST" and form.is_valid():
            form.save()
            tell_of_settings(request, settings_changed(desk))
            return redirect("events:registrations", work=desk.work)
        return render(request, "events/settings.html", {"desk": desk, "form": form}, status=400 if form.errors else 200)


def tell_of_settings(request: HttpRequest, moved: int) -> None:
    messages.success(request, _("Saved."))
    if moved:
        text = ngettext(
            "%(number)s person moved up from the waiting list.",
            "%(number)s people moved up from the waiting list.",
            moved,
        )
        messages.success(request, text % {"number": moved})


@organizers_only
def export(request: HttpRequest, desk: RegistrationDesk, format_name: str) -> HttpResponse:
    table = rows(filtered(desk, chosen_state(request), ""))
    if format_name == "csv":
        response = StreamingHttpResponse(csv_lines(table), content_type="text/csv; charset=utf-8")
    elif format_name == "xlsx":
        response = FileResponse(
            xlsx_file(table), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    else:
        raise Http404
    response["Content-Disposition"] = content_disposition(f"registrations.{format_name}")
    return response
