"""Pages of the admin: what there is to translate, and beginning, updating and publishing an edition."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page

from accounts.permissions import Action

from .languages import language_name, locales_to_translate_into
from .presenting import cell_for
from .publishing import PublishRefused, publish_edition
from .refusing import refuse
from .rights import Refused, require
from .starting import StartRefused, check_original, edition_in, start_translation
from .states import work_rows
from .updating import update_from_source
from .works import is_translatable, pages_of, work_of, works_to_translate

PAGE_SIZE = 30
View = Callable[..., HttpResponse]


def refusals(view: View) -> View:
    """403 where a right is missing, 409 with the reason where the pages are not in the state for it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return refuse(request, str(refusal), status=refusal.status)
        except StartRefused as refusal:
            return refuse(request, str(refusal), status=409)

    return wrapped


@refusals
def overview(request: HttpRequest) -> HttpResponse:
    locales = locales_to_translate_into(request.user)
    if not locales:
        raise Refused(_("You are in no team that translates. Ask a coordinator."))
    chosen = [locale for locale in locales if locale.language_code == request.GET.get("language")] or locales
    query = request.GET.get("q", "").strip()[:100]
    works = works_to_translate().order_by("-first_published_at", "-pk")
    if query:
        works = works.filter(title__icontains=query)
    page = Paginator(works, PAGE_SIZE).get_page(request.GET.get("p"))
    rows = [
        {"work": row.work, "cells": [cell_for(request.user, row.work, edition) for edition in row.editions]}
        for row in work_rows(list(page.object_list), chosen)
    ]
    context = {
        "rows": rows,
        "page": page,
        "languages": [(locale.language_code, language_name(locale.language_code)) for locale in locales],
        "columns": [language_name(locale.language_code) for locale in chosen],
        "language": chosen[0].language_code if len(chosen) == 1 < len(locales) else "",
        "query": query,
    }
    return render(request, "translations/overview.html", context)


@refusals
def languages(request: HttpRequest, page_id: int) -> HttpResponse:
    """One work in all the languages that the user may write."""
    page = get_original(page_id)
    locales = [locale for locale in locales_to_translate_into(request.user) if locale.pk != page.locale_id]
    if not locales:
        raise Refused(_("You are in no team that translates. Ask a coordinator."))
    work = work_of(page)
    [row] = work_rows([work], locales)
    cells = [
        (language_name(edition.locale.language_code), cell_for(request.user, work, edition)) for edition in row.editions
    ]
    return render(request, "translations/languages.html", {"work": work, "cells": cells})


@refusals
def start(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """GET asks, POST makes the drafts; what exists already is opened at once."""
    page, locale = get_original(page_id), get_locale(language)
    require(request.user, Action.WRITE, language)
    existing = edition_in(page, locale)
    if existing is not None:
        return redirect("wagtailadmin_pages:edit", existing.pk)
    check_original(page, locale)
    if request.method != "POST":
        context = {
            "page": page,
            "pages": [part for part in pages_of(work_of(page)) if edition_in(part, locale) is None],
            "language_name": language_name(language),
            "back": reverse("translations:overview"),
        }
        return render(request, "translations/start.html", context)
    edition = start_translation(page, into=locale, by=request.user)
    messages.success(
        request,
        _("“%(title)s” is ready to be translated into %(language)s.")
        % {"title": page.title, "language": language_name(language)},
    )
    return redirect("wagtailadmin_pages:edit", edition.pk)


@refusals
def update(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    page, locale = get_original(page_id), get_locale(language)
    require(request.user, Action.COORDINATE, language)
    work = work_of(page)
    if edition_in(work, locale) is None:
        raise StartRefused(_("There is no translation to update."))
    if request.method == "POST":
        update_from_source(work, into=locale, by=request.user)
        messages.success(
            request,
            _("The texts of “%(title)s” were read again. What readers see is unchanged.") % {"title": work.title},
        )
        return redirect("translations:overview")
    return confirm(
        request,
        title=_("Update from the source"),
        question=_(
            "The texts of “%(title)s” are read again from the published original. Texts that changed wait for a "
            "translation, also in the other languages. What readers see stays as it is until somebody publishes."
        )
        % {"title": work.title},
        button=_("Update"),
    )


@refusals
def publish(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    page, locale = get_original(page_id), get_locale(language)
    require(request.user, Action.PUBLISH, language)
    work = work_of(page)
    values = {"title": work.title, "language": language_name(language)}
    if request.method != "POST":
        return confirm(
            request,
            title=_("Publish edition"),
            question=_("“%(title)s” is published in %(language)s, with all its parts.") % values,
            button=_("Publish"),
        )
    try:
        pages = publish_edition(work, locale, by=request.user)
    except PublishRefused as refusal:
        return confirm(
            request, title=_("Not published: something is missing"), question="", button="", reasons=refusal.reasons
        )
    messages.success(request, published_message(pages, language))
    return redirect("translations:overview")


def published_message(pages: list[Page], language: str) -> str:
    return ngettext(
        "Published “%(title)s” in %(language)s.",
        "Published “%(title)s” in %(language)s: %(count)s pages.",
        len(pages),
    ) % {"title": pages[0].title, "language": language_name(language), "count": len(pages)}


def confirm(
    request: HttpRequest, *, title: str, question: str, button: str, reasons: list[str] | None = None
) -> HttpResponse:
    context = {
        "title": title,
        "question": question,
        "button": button,
        "reasons": reasons or [],
        "back": reverse("translations:overview"),
    }
    return render(request, "translations/confirm.html", context, status=409 if reasons else 200)


def get_original(page_id: int) -> Page:
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id, depth__gt=1)
    if not is_translatable(page):
        raise Http404
    return page


def get_locale(language: str) -> Locale:
    return get_object_or_404(Locale, language_code=language)
