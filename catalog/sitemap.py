"""What search engines read: the addresses of all public pages with their other languages, and what not to crawl."""

from collections import defaultdict
from collections.abc import Iterator
from math import ceil

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.utils.html import escape

from .models import CatalogEntry, EntryPart
from .serializers.addresses import absolute

PER_PAGE = 5_000
NOT_CRAWLED = ("search", "download", "cite", "_util")
XML = "application/xml; charset=utf-8"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def robots(request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    lines = ["User-agent: *", "Disallow: /admin/"]
    lines += [f"Disallow: /{code}/{part}/" for code, _name in settings.LANGUAGES for part in NOT_CRAWLED]
    lines += ["", f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap_index(request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    rows = [
        f"<sitemap><loc>{escape(absolute(f'/sitemap-{section}-{page}.xml'))}</loc></sitemap>\n"
        for section in SECTIONS
        for page in range(1, number_of_pages(section) + 1)
    ]
    return HttpResponse(f'{HEAD}<sitemapindex xmlns="{SITEMAP}">\n{"".join(rows)}</sitemapindex>\n', content_type=XML)


def sitemap_page(request: HttpRequest, section: str, page: int) -> HttpResponse:
    """At most PER_PAGE addresses, in the order of works, so that the editions of a work stand together."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if section not in SECTIONS or not 1 <= page <= number_of_pages(section):
        raise Http404
    rows = list(SECTIONS[section]()[(page - 1) * PER_PAGE : page * PER_PAGE])
    if request.method == "HEAD":
        return HttpResponse(content_type=XML)
    return StreamingHttpResponse(urls(section, rows), content_type=XML)


def pages() -> QuerySet:
    entries = CatalogEntry.objects.public().order_by("work", "language", "pk")
    return entries.values("work", "language", "path", changed=F("changed_at"))


def parts() -> QuerySet:
    found = EntryPart.objects.filter(entry__in=CatalogEntry.objects.public(), work__isnull=False)
    found = found.order_by("work", "entry__language", "pk")
    return found.values("work", "path", language=F("entry__language"), changed=F("entry__changed_at"))


SECTIONS = {"pages": pages, "parts": parts}


def number_of_pages(section: str) -> int:
    return ceil(SECTIONS[section]().count() / PER_PAGE)


def urls(section: str, rows: list[dict]) -> Iterator[str]:
    """Works at the ends of the page may have editions on the page before or after: all are read again by work."""
    editions = defaultdict(list)
    if rows:
        for row in SECTIONS[section]().filter(work__gte=rows[0]["work"], work__lte=rows[-1]["work"]):
            editions[row["work"]].append((row["language"], escape(absolute(row["path"]))))
    yield f'{HEAD}<urlset xmlns="{SITEMAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for row in rows:
        others = editions[row["work"]]
        links = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in others)
        yield (
            f"<url><loc>{escape(absolute(row['path']))}</loc><lastmod>{row['changed'].isoformat()}</lastmod>"
            f"{links if len(others) > 1 else ''}</url>\n"
        )
    yield "</urlset>\n"
