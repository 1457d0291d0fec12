"""Pages of the admin: one edition's texts, each saved by itself, approved or sent back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail_localize.models import StringSegment, Translation

from accounts.permissions import Action, Subject, may
from catalog.frame import is_bidi

from .checks import findings
from .languages import language_name
from .models import Segment, SegmentState
from .progress import ADDRESS
from .refusing import wants_json
from .rights import Refused, page_of, require, write_translation
from .segments import ChangeRefused, Conflict, review, write_text
from .texts import Text, texts_of
from .views import refusals

LONGEST_TEXT = 50_000
NEWEST_VERSION = 2**31


@refusals
def texts(request: HttpRequest, translation_id: int) -> HttpResponse:
    """POST approves every text that is translated and has no error."""
    translation = opened(request, translation_id)
    if request.method == "POST":
        require(request.user, Action.REVIEW, translation.target_locale.language_code)
        number = approve_all(request, translation)
        message = ngettext("%(count)s text was approved.", "%(count)s texts were approved.", number)
        messages.success(request, message % {"count": number})
        return redirect(request.path)
    return show(request, translation)


@require_POST
@refusals
def text(request: HttpRequest, translation_id: int, row_id: int) -> HttpResponse:
    """Save, approve or send back one text. JSON to scripts; 409 with both texts if somebody else was faster."""
    translation = opened(request, translation_id)
    row = get_object_or_404(
        StringSegment.objects.select_related("string", "context").exclude(context__path=ADDRESS),
        pk=row_id,
        source=translation.source_id,
    )
    typed, version = sent(request)
    try:
        segment = change(request, translation, row, typed, version)
    except Conflict as conflict:
        if wants_json(request):
            answer = {"error": str(conflict), "theirs": conflict.segment.text, "version": conflict.segment.version}
            return JsonResponse(answer, status=409)
        messages.error(request, str(conflict))
        return show(request, translation, row=row, mine=typed, status=409)
    except ChangeRefused as refusal:
        if wants_json(request):
            return JsonResponse({"error": str(refusal)}, status=422)
        messages.error(request, str(refusal))
    else:
        if wants_json(request):
            return JsonResponse(as_json(segment, row))
    return redirect(f"{reverse('translations:texts', args=[translation.pk])}#text-{row.pk}")


def opened(request: HttpRequest, translation_id: int) -> Translation:
    """Raises Refused, also for those who only read."""
    return write_translation(request, {"translation_id": translation_id})


def sent(request: HttpRequest) -> tuple[str, int]:
    typed, version = request.POST.get("text", "").replace("\r\n", "\n"), request.POST.get("version", "")
    if not (version.isascii() and version.isdecimal()) or int(version[:12]) > NEWEST_VERSION:
        raise Refused(_("This form is incomplete. Load the page again."), status=400)
    if len(typed) > LONGEST_TEXT:
        raise Refused(_("The text is too long."), status=400)
    if "\x00" in typed + request.POST.get("comment", ""):
        raise Refused(_("The text contains a character that is not allowed."), status=400)
    return typed, int(version)


def change(request: HttpRequest, translation: Translation, row: StringSegment, typed: str, version: int) -> Segment:
    """What is approved is what stands in the form: it is saved first."""
    action, locale = request.POST.get("action"), translation.target_locale
    if action == "reject":
        require(request.user, Action.REVIEW, locale.language_code)
        segment = locked_now(row, translation)
        comment = request.POST.get("comment", "").strip()[:LONGEST_TEXT]
        return review(segment, approve=False, by=request.user, version=version, comment=comment)
    if action == "approve":
        require(request.user, Action.REVIEW, locale.language_code)
    elif action != "save":
        raise Refused(_("This form is incomplete. Load the page again."), status=400)
    segment = write_text(row, locale, text=typed.strip(), by=request.user, version=version)
    if action == "approve":
        segment = review(segment, approve=True, by=request.user, version=segment.version)
    return segment


def locked_now(row: StringSegment, translation: Translation) -> Segment:
    key = {"string_id": row.string_id, "context_id": row.context_id, "locale_id": translation.target_locale_id}
    return Segment.objects.get_or_create(**key)[0]


def approve_all(request: HttpRequest, translation: Translation) -> int:
    waiting = [one for one in texts_of(translation) if one.state is SegmentState.TRANSLATED and not one.has_error]
    approved = 0
    for one in waiting:
        try:
            segment = locked_now(one.row, translation)
            review(segment, approve=True, by=request.user, version=one.version)
            approved += 1
        except (Conflict, ChangeRefused):
            continue
    return approved


def as_json(segment: Segment, row: StringSegment) -> dict[str, object]:
    return {
        "state": segment.state,
        "label": str(SegmentState(segment.state).label),
        "version": segment.version,
        "findings": [
            {"message": one.message, "isError": one.is_error}
            for one in findings(row.string.data, segment.text, row.context.path)
        ],
    }


def show(
    request: HttpRequest,
    translation: Translation,
    *,
    row: StringSegment | None = None,
    mine: str | None = None,
    status: int = 200,
) -> HttpResponse:
    found: list[Text] = texts_of(translation)
    for one in found:
        if row is not None and one.row.pk == row.pk:
            one.mine = mine
    page, source, target = page_of(translation), translation.source.locale.language_code, translation.target_locale
    language = target.language_code
    context = {
        "translation": translation,
        "page": page,
        "texts": found,
        "open": sum(one.is_open for one in found),
        "reviewed": sum(one.state is SegmentState.REVIEWED for one in found),
        "may_review": may(request.user, Action.REVIEW, Subject.TRANSLATION, language),
        "language_name": language_name(language),
        "source": {"code": source, "dir": direction(source)},
        "target": {"code": language, "dir": direction(language)},
    }
    return render(request, "translations/texts.html", context, status=status)


def direction(code: str) -> str:
    return "rtl" if is_bidi(code) else "ltr"
