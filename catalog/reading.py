"""Readers' pages, made from the catalog: one query finds the page, whatever the depth of the tree."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from wagtail.views import serve as serve_wagtail_page

from .frame import frame
from .models import CatalogEntry, EntryPart
from .showing import show_entry


def read(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the public page at this address, a part of one, or 410 where one used to be.

    What the catalog does not know may be a page for some readers only: Wagtail asks them to sign in.
    """
    if request.method not in ("GET", "HEAD"):
        return serve_wagtail_page(request, path)
    entry = CatalogEntry.objects.public().filter(path=request.path).first()
    if entry:
        return show_entry(request, entry)
    part = (
        EntryPart.objects.filter(path=request.path, entry__in=CatalogEntry.objects.public())
        .select_related("entry")
        .first()
    )
    if part:
        return show_entry(request, part.entry, anchor=part.anchor)
    try:
        return serve_wagtail_page(request, path)
    except Http404:
        if CatalogEntry.objects.filter(path=request.path).exists():
            return show_withdrawn(request)
        raise


def show_withdrawn(request: HttpRequest) -> HttpResponse:
    """410, with the editions in other languages that are still there."""
    language = translation.get_language()
    works = CatalogEntry.objects.filter(path=request.path).values("work")
    others = list(CatalogEntry.objects.public().without_publication().filter(work__in=works))
    context = {**frame(request, language, {}), "others": others}
    return render(request, "410.html", context, status=410)


def to_reader_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the home page in the language that the browser asks for."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    response = HttpResponse(status=302)
    response["Location"] = f"/{translation.get_language_from_request(request)}/"
    response["Vary"] = "Accept-Language"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    language = translation.get_language() or "en"
    with translation.override(language):
        context = {**frame(request, language, {}), "search_url": reverse("search")}
        return render(request, "404.html", context, status=404)
