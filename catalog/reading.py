"""Readers' pages, made from the catalog: one query finds the page, whatever the depth of the tree."""

from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone, translation
from wagtail.views import serve as serve_wagtail_page

from .frame import frame
from .models import CatalogEntry, EntryPart, GoneAddress
from .prepared import PreparedQuery
from .showing import show_entry

# What `reverse()` leaves as it is.
UNQUOTED = "!$&'()*+,;=/~:@"


def read(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the public page at this address, a part of one, or 410 where one used to be.

    What the catalog does not know may be a page for some readers only: Wagtail asks them to sign in.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    address = stored_address(request.path)
    entry = entry_at(address)
    if entry:
        return show_entry(request, entry)
    public = CatalogEntry.objects.public()
    part = EntryPart.objects.filter(path=address, entry__in=public).select_related("entry").first()
    if part:
        return show_entry(request, part.entry, anchor=part.anchor)
    try:
        return serve_wagtail_page(request, path)
    except Http404:
        works = works_gone_from(address)
        if works:
            return show_withdrawn(request, works)
        raise


FIELDS = [field.attname for field in CatalogEntry._meta.concrete_fields]
# Two entries have one address only for the moment between a move and its being worked off.
ENTRY_AT = PreparedQuery(
    lambda path, now: (
        CatalogEntry.objects.public(now).filter(path=path).order_by("-changed_at").values_list(*FIELDS)[:1]
    ),
    str,
    datetime,
)


def entry_at(address: str) -> CatalogEntry | None:
    rows = ENTRY_AT(address, timezone.now())
    return CatalogEntry.from_db(CatalogEntry.objects.db, FIELDS, rows[0]) if rows else None


def stored_address(path: str) -> str:
    """A decoded path as the catalog has it: percent-encoded as Django's `reverse()` does it."""
    return quote(path, safe=UNQUOTED)


def works_gone_from(address: str) -> set[UUID]:
    """The works of which something was read at this address."""
    entries = CatalogEntry.objects.filter(path=address).values_list("work", flat=True)
    parts = GoneAddress.objects.filter(path=address).values_list("entry__work", flat=True)
    return set(entries.union(parts))


def show_withdrawn(request: HttpRequest, works: set[UUID]) -> HttpResponse:
    """410, with the editions that are still there."""
    language = translation.get_language()
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
        context = {**frame(request, language, {}), "others": at_this_address_in_other_languages(request.path)}
        return render(request, "404.html", context, status=404)


def at_this_address_in_other_languages(path: str) -> list[CatalogEntry]:
    """Where only the language in an address was changed, the editions that are there."""
    first, _, rest = path.removeprefix("/").partition("/")
    codes = dict(settings.LANGUAGES)
    if first not in codes or not rest:
        return []
    addresses = [stored_address(f"/{code}/{rest}") for code in codes if code != first]
    return list(CatalogEntry.objects.public().without_publication().filter(path__in=addresses))
