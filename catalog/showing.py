"""Shows entries: the public ones, and pages that are not in the catalog in the same dress."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from wagtail.models import Page

from .describing import address_of, describe
from .frame import frame
from .models import CatalogEntry
from .prepared import PreparedQuery

if TYPE_CHECKING:
    from .describable import Describable


def show_entry(request: HttpRequest, entry: CatalogEntry, *, anchor: str = "", preview: bool = False) -> HttpResponse:
    """Render an entry, or with `anchor` the one part of it that has a page of its own."""
    with translation.override(entry.language):
        context = entry_context(request, entry, anchor=anchor, preview=preview)
        template = "catalog/part.html" if anchor else entry.kind_info.template
        response = HttpResponse(render_to_string(template, context, request))
    response["Content-Language"] = entry.language
    return response


EDITIONS = PreparedQuery(
    lambda now, work: CatalogEntry.objects.public(now).filter(work=work).values_list("language", "path"), datetime, UUID
)
EDITIONS_OF_PART = PreparedQuery(
    lambda now, work, anchor: (
        CatalogEntry.objects.public(now).filter(work=work, parts__anchor=anchor).values_list("language", "parts__path")
    ),
    datetime,
    UUID,
    str,
)


def entry_context(request: HttpRequest, entry: CatalogEntry, *, anchor: str, preview: bool) -> dict:
    now = timezone.now()
    others = EDITIONS_OF_PART(now, entry.work, anchor) if anchor else EDITIONS(now, entry.work)
    editions: dict[str, str] = {entry.language: request.path if not preview else entry.path, **dict(others)}
    sections = entry.publication.sections
    context = {
        **frame(request, entry.language, editions),
        "entry": entry,
        "record": entry.record_data,
        "publication": entry.publication,
        "kind": entry.kind_info,
        "preview": preview,
    }
    if anchor:
        context |= part_context(sections, anchor)
    else:
        context |= entry.kind_info.context(request, entry)
    return context


def part_context(sections: tuple, anchor: str) -> dict:
    """The part itself, its number among its like, what lies inside it, and the parts before and after it."""
    parts = [section for section in sections if section.path]
    position = next((index for index, part in enumerate(parts) if part.id == anchor), None)
    if position is None:
        raise Http404
    part = parts[position]
    inside = []
    for following in parts[position + 1 :]:
        if following.depth <= part.depth:
            break
        inside.append(following)
    return {
        "part": part,
        "parts": parts,
        "number": sum(other.depth == part.depth for other in parts[: position + 1]),
        "count": sum(other.depth == part.depth for other in parts),
        "inside": inside,
        "above": next((other for other in reversed(parts[:position]) if other.depth < part.depth), None),
        "previous": parts[position - 1] if position else None,
        "next": parts[position + 1] if position + 1 < len(parts) else None,
    }


def nearest_editions(entries: list[CatalogEntry], language: str) -> list[CatalogEntry]:
    """One entry for each work: in `language`, else in English, else in any; in the order of first sight."""
    chosen: dict = {}
    for entry in entries:
        best = chosen.get(entry.work)
        if best is None or nearness(entry, language) < nearness(best, language):
            chosen[entry.work] = entry
    return list(chosen.values())


def nearness(entry: CatalogEntry, language: str) -> tuple[bool, bool, str]:
    return (entry.language != language, entry.language != "en", entry.language)


def show_page(request: HttpRequest, page: "Describable") -> HttpResponse:
    """Render a page that is not in the catalog: a draft in preview, or one for some readers only."""
    preview = bool(getattr(request, "is_preview", False))
    if not preview and not is_readable(page):
        raise Http404
    return show_entry(request, describe(page, with_expired_parts=preview), preview=preview)


def show_part(request: HttpRequest, part: Page, owner: "Describable | None") -> HttpResponse:
    """Render a part that is not in the catalog, inside the owner as it stands in memory."""
    preview = bool(getattr(request, "is_preview", False))
    if owner is None or (not preview and not is_readable(owner)):
        raise Http404
    entry = describe(owner, with_expired_parts=preview)
    anchor = next((section.id for section in entry.publication.sections if section.path == address_of(part)), None)
    if anchor is None:
        raise Http404
    return show_entry(request, entry, anchor=anchor, preview=preview)


def is_readable(page: Page) -> bool:
    """Whether those whom Wagtail lets in may read it. Wagtail itself shows expired pages until a command ran."""
    return page.live and page.alias_of_id is None and (page.expire_at is None or page.expire_at > timezone.now())
