"""Atom feeds (RFC 4287): what is new in a language, in all or of one kind or topic."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from content.models import SiteIdentity
from taxonomy.models import Concept, Scheme

from .kinds import all_kinds, kind_named
from .models import CatalogEntry
from .serializers.addresses import absolute

LIMIT = 50
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def feed(request: HttpRequest, kind: str = "", topic: str = "") -> HttpResponse:
    """The newest entries of a language. 404 for a kind or topic that the site does not have."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    language = get_language()
    title = title_of(kind, topic)
    entries = CatalogEntry.objects.public().in_language(language).without_publication()
    entries = entries.filter(kind__in=[kind] if kind else kinds_in_feeds())
    if topic:
        entries = entries.with_facet(Scheme.TOPIC, [topic])
    return feed_response(request, list(entries.newest_first()[:LIMIT]), title)


def feed_response(request: HttpRequest, newest: list[CatalogEntry], title: str) -> HttpResponse:
    """A feed of these entries; 304 where the reader has it already."""
    language = get_language()
    identity = SiteIdentity.current()
    state = [title, identity.name, identity.publisher, *(f"{entry.pk} {entry.digest}" for entry in newest)]
    etag = quote_etag(hashlib.sha256("\n".join(state).encode()).hexdigest()[:40])
    changed = int(max((entry.changed_at for entry in newest), default=LONG_AGO).timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=changed)
    if response is None or response.status_code == 200:
        content = atom(newest, title=title, address=request.get_full_path(), language=language, identity=identity)
        response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = "public, max-age=300"
    return response


def kinds_in_feeds() -> list[str]:
    """What appears and is news to somebody: not the pages about the site itself."""
    return [kind.name for kind in all_kinds() if kind.searchable and not kind.in_footer]


def title_of(kind: str, topic: str) -> str:
    """Raises Http404."""
    if kind:
        if kind not in kinds_in_feeds():
            raise Http404
        return str(kind_named(kind).plural)
    if topic:
        concept = Concept.objects.with_labels().filter(scheme=Scheme.TOPIC, code=topic).first()
        if concept is None:
            raise Http404
        return concept.label(get_language())
    return _("New")


def feed_links(language: str, kind: str = "") -> list[tuple[str, str]]:
    """Title and address of the feeds that a page names in its head."""
    name = SiteIdentity.current().name
    links = [(f"{name} – {_('New')}", f"/{language}/feed/")]
    if kind in kinds_in_feeds():
        links.append((f"{name} – {kind_named(kind).plural}", f"/{language}/feed/{kind}/"))
    return links


def entry_id(work: UUID, language: str) -> str:
    """The same for ever, wherever the page moves."""
    return uuid5(work, language).urn


def atom(newest: list[CatalogEntry], *, title: str, address: str, language: str, identity: SiteIdentity) -> str:
    """The feed at `address`, an encoded path of this site with its query."""
    output = StringIO()
    xml = Writer(output)
    xml.startDocument()
    xml.startElement("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language})
    xml.element("id", uuid5(NAMESPACE_URL, absolute(address)).urn)
    xml.element("title", f"{identity.name} – {title}")
    xml.element("updated", rfc3339(max((updated_at(entry) for entry in newest), default=LONG_AGO)))
    xml.element("link", rel="self", type="application/atom+xml", href=absolute(address))
    xml.element("link", rel="alternate", type="text/html", hreflang=language, href=absolute(f"/{language}/"))
    xml.author(identity.publisher or identity.name, "")
    for entry in newest:
        write_entry(xml, entry)
    xml.endElement("feed")
    xml.endDocument()
    return output.getvalue()


def write_entry(xml: "Writer", entry: CatalogEntry) -> None:
    record = entry.record
    xml.startElement("entry", {"xml:lang": entry.language})
    xml.element("id", entry_id(entry.work, entry.language))
    xml.element("title", record.title or entry.path)
    xml.element("updated", rfc3339(updated_at(entry)))
    if entry.published_at:
        xml.element("published", rfc3339(entry.published_at))
    xml.element("link", rel="alternate", type="text/html", hreflang=entry.language, href=absolute(entry.path))
    authors = [agent for agent in record.agents if agent.role in ("author", "editor")]
    for agent in authors or ([record.publisher] if record.publisher else []):
        xml.author(agent.name, agent.url)
    xml.element("summary", record.summary)
    xml.element("category", term=entry.kind, scheme=absolute("/kinds"), label=str(entry.kind_info.label))
    for term in record.concepts.get("topic", ()):
        xml.element("category", term=term.code, scheme=absolute("/topics"), label=term.label)
    if record.license:
        xml.element("rights", record.license.short)
        xml.element("link", rel="license", href=record.license.uri)
    xml.endElement("entry")


def updated_at(entry: CatalogEntry) -> datetime:
    """When the page was last published; what changed elsewhere, as a label, is no news."""
    try:
        return datetime.fromisoformat(entry.record.modified)
    except ValueError:
        return entry.published_at or entry.changed_at


def rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Writer(SimplerXMLGenerator):
    """XML with elements of one text; characters that XML cannot have are left out."""

    def __init__(self, output: StringIO) -> None:
        super().__init__(output, "utf-8")

    def element(self, name: str, content: str = "", **attributes: str) -> None:
        cleaned = {key: "".join(allowed(value)) for key, value in attributes.items()}
        self.addQuickElement(name, "".join(allowed(content)), cleaned)

    def author(self, name: str, address: str) -> None:
        self.startElement("author", {})
        self.element("name", name)
        if address.startswith(("https://", "http://")):
            self.element("uri", address)
        self.endElement("author")


def allowed(text: str) -> Iterator[str]:
    for char in text:
        if char in "\t\n\r" or (" " <= char <= "\ud7ff") or ("\ue000" <= char <= "\ufffd") or char > "\uffff":
            yield char
