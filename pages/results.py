"""The results of a search to take along: as a table, for reference managers, for programs, and as a feed."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.feeds import LIMIT, feed_response
from catalog.models import CatalogEntry
from catalog.serializers.addresses import absolute
from content.formulas import harmless
from exports.citing.citation import citation_of
from exports.citing.formats import CITATION_FORMATS
from search.engines import current_engine
from search.queries import SearchQuery
from search.views import BadQuery, parse_query

CHUNK = 200
# Works in one file.
MOST = 10_000
COLUMNS = (
    "title", "url", "kind", "language", "summary", "authors", "publisher", "published", "license", "license_uri",
    "topics", "target_groups", "countries", "work", "id",
)  # fmt: skip


@dataclass(frozen=True)
class ResultFormat:
    """`write` turns entries into pieces of the file."""

    content_type: str
    write: Callable[[Iterable[CatalogEntry]], Iterator[str]]


@require_safe
def results(request: HttpRequest, extension: str) -> HttpResponse:
    """All works that a search finds, in its order, streamed; of a feed the newest. 404 for an unknown format."""
    if extension not in FORMATS and extension != "atom":
        raise Http404
    try:
        query = parse_query(request, get_language())
    except BadQuery as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
    if extension == "atom":
        title = _("Search: %(text)s") % {"text": query.text} if query.text else _("Search")
        return feed_response(request, list(found(replace(query, sort="newest"), LIMIT)), title)
    form = FORMATS[extension]
    response = StreamingHttpResponse(form.write(found(query, MOST)), content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="results.{extension}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def found(query: SearchQuery, most: int) -> Iterator[CatalogEntry]:
    """The editions that a search finds, in order; read in chunks, what was withdrawn meanwhile left out."""
    ids = [match.entry_id for match in current_engine().find(replace(query, page=1, size=most)).page]
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        entries = {
            entry.pk: entry for entry in CatalogEntry.objects.public().without_publication().filter(pk__in=chunk)
        }
        yield from (entries[pk] for pk in chunk if pk in entries)


def row_of(entry: CatalogEntry) -> dict[str, str | list[str]]:
    """What tells a work to somebody who has not seen it; lists where there may be several."""
    record = entry.record
    labels = {scheme: [term.label for term in terms] for scheme, terms in record.concepts.items()}
    return {
        "title": record.title,
        "url": absolute(entry.path),
        "kind": entry.kind,
        "language": entry.language,
        "summary": record.summary,
        "authors": [agent.name for agent in record.agents if agent.role == "author"],
        "publisher": record.publisher.name if record.publisher else "",
        "published": record.published[:10],
        "license": record.license.short if record.license else "",
        "license_uri": record.license.uri if record.license else "",
        "topics": labels.get("topic", []),
        "target_groups": labels.get("target_group", []),
        "countries": labels.get("country", []),
        "work": str(entry.work),
        "id": record.identifier,
    }


def as_csv(entries: Iterable[CatalogEntry]) -> Iterator[str]:
    """RFC 4180, with a byte order mark, by which spreadsheets know the encoding; several values with semicolons."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    yield "\ufeff" + taken(buffer)
    for entry in entries:
        writer.writerow({name: cell(value) for name, value in row_of(entry).items()})
        yield taken(buffer)


def cell(value: str | list[str]) -> str:
    return harmless("; ".join(value) if isinstance(value, list) else value).replace("\x00", "")


def taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def as_json(entries: Iterable[CatalogEntry]) -> Iterator[str]:
    """One list of objects, named as the columns of the table."""
    separator = "[\n"
    for entry in entries:
        yield separator + json.dumps(row_of(entry), ensure_ascii=False)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def citations(extension: str) -> Callable[[Iterable[CatalogEntry]], Iterator[str]]:
    def write(entries: Iterable[CatalogEntry]) -> Iterator[str]:
        for entry in entries:
            yield CITATION_FORMATS[extension].write(citation_of(entry)) + "\n"

    return write


FORMATS = {
    "csv": ResultFormat("text/csv; charset=utf-8", as_csv),
    "json": ResultFormat("application/json", as_json),
    **{name: ResultFormat(CITATION_FORMATS[name].content_type, citations(name)) for name in ("ris", "bib")},
}
