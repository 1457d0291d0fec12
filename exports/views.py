"""Downloads of whole works, citations, and descriptions for other systems."""

import json
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from catalog.counting import count_download
from catalog.frame import frame
from catalog.models import CatalogEntry
from catalog.serializers.amb import CannotDescribe, amb
from catalog.stored import is_beginning, stored_response

from .archive import safe_name
from .citing.citation import citation_of
from .citing.formats import CITATION_FORMATS
from .exporter import Exporter, exporters
from .finding import of_a_resource
from .keeping import ask_for, forget_file

RETRY_SECONDS = 4


@of_a_resource
def download_archive(request: HttpRequest, entry: CatalogEntry) -> HttpResponse:
    """The edition as a ZIP named after the work."""
    return streamed(request, entry, exporters()["zip"])


@of_a_resource
def download(request: HttpRequest, entry: CatalogEntry, format_name: str) -> HttpResponse:
    """The edition in another format; one that takes a while is made first, while the reader waits on a page."""
    exporter = exporters().get(format_name)
    if exporter is None or not exporter.is_available():
        raise Http404
    return kept(request, entry, exporter) if exporter.is_kept else streamed(request, entry, exporter)


def streamed(request: HttpRequest, entry: CatalogEntry, exporter: Exporter) -> HttpResponse:
    if request.method == "HEAD":
        response = HttpResponse(content_type=exporter.content_type)
    else:
        count(entry, exporter.name)
        response = StreamingHttpResponse(exporter.stream(entry), content_type=exporter.content_type)
    response["Content-Disposition"] = content_disposition(filename_of(entry, exporter.extension))
    response["X-Robots-Tag"] = "noindex"
    return response


def kept(request: HttpRequest, entry: CatalogEntry, exporter: Exporter) -> HttpResponse:
    found = ask_for(entry, exporter)
    if not found.made_at:
        return waiting(request, entry, failed=bool(found.error))
    try:
        response = stored_response(request, found.file, exporter.content_type)
    except Http404:
        forget_file(found)
        return waiting(request, entry, failed=False)
    response["Content-Disposition"] = content_disposition(filename_of(entry, exporter.extension))
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    if is_beginning(request, response):
        count(entry, exporter.name)
    return response


def waiting(request: HttpRequest, entry: CatalogEntry, *, failed: bool) -> HttpResponse:
    context = {
        **frame(request, entry.language, {}),
        "entry": entry,
        "noindex": True,
        "heading": _("This PDF could not be made") if failed else _("The PDF is being made"),
        "seconds": 0 if failed else RETRY_SECONDS,
    }
    response = render(request, "exports/waiting.html", context, status=503 if failed else 202)
    response["Retry-After"] = "900" if failed else str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


@of_a_resource
def cite(request: HttpRequest, entry: CatalogEntry, extension: str) -> HttpResponse:
    """A file for reference managers."""
    form = CITATION_FORMATS.get(extension)
    if form is None:
        raise Http404
    response = HttpResponse(form.write(citation_of(entry)), content_type=f"{form.content_type}; charset=utf-8")
    response["Content-Disposition"] = content_disposition(filename_of(entry, extension))
    response["X-Robots-Tag"] = "noindex"
    if request.method == "GET":
        count(entry, f"cite-{extension}")
    return response


@of_a_resource
def describe_in_amb(request: HttpRequest, entry: CatalogEntry) -> HttpResponse:
    """What other catalogues read. 404 with the reason where the work lacks what the format demands."""
    try:
        content, status = amb(entry), 200
    except CannotDescribe as error:
        content, status = {"error": str(error)}, 404
    text = json.dumps(content, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def count(entry: CatalogEntry, format_name: str) -> None:
    count_download(f"work/{entry.work}", format_name=format_name, language=entry.language)


def filename_of(entry: CatalogEntry, extension: str) -> str:
    return f"{safe_name(entry.title) or 'resource'}-{entry.language}.{extension}"


def content_disposition(filename: str) -> str:
    """An attachment under `filename`, also for clients that read ASCII only (RFC 6266)."""
    ascii_name = filename.encode("ascii", "ignore").decode().strip("-. ") or "download"
    if not ascii_name.rpartition(".")[0]:
        ascii_name = f"download.{ascii_name}"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(filename)}"
