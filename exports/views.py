"""Downloads of whole works."""

from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.utils.translation import get_language

from catalog.counting import count_download
from catalog.kinds import all_kinds
from catalog.models import CatalogEntry

from .archive import safe_name
from .exporter import exporters


def download_archive(request: HttpRequest, work: UUID) -> HttpResponse:
    """The edition of `work` in the language of the address, as a ZIP named after the work."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    language = get_language()
    kinds = [kind.name for kind in all_kinds() if kind.is_resource]
    entry = CatalogEntry.objects.public().filter(work=work, language=language, kind__in=kinds).first()
    if entry is None:
        raise Http404
    exporter = exporters()["zip"]
    filename = f"{safe_name(entry.title) or 'resource'}-{language}.{exporter.extension}"
    if request.method == "HEAD":
        response = HttpResponse(content_type=exporter.content_type)
    else:
        count_download(f"work/{work}", format_name=exporter.name, language=language)
        response = StreamingHttpResponse(exporter.stream(entry), content_type=exporter.content_type)
    response["Content-Disposition"] = content_disposition(filename)
    response["X-Robots-Tag"] = "noindex"
    return response


def content_disposition(filename: str) -> str:
    """An attachment under `filename`, also for clients that read ASCII only (RFC 6266)."""
    ascii_name = filename.encode("ascii", "ignore").decode().strip("-. ") or "download"
    if not ascii_name.rpartition(".")[0]:
        ascii_name = f"download.{ascii_name}"
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(filename)}"
