"""What a project's page adds to its own text: what has been published of it, asked of the catalog."""

from uuid import UUID

from django.http import HttpRequest

from catalog.editions import nearest_of
from catalog.models import CatalogEntry, EntryLink

TO_PROJECT, PREDECESSOR = "project", "predecessor"


def project_context(request: HttpRequest, entry: CatalogEntry) -> dict:
    """By output, what names it by its code; the rest of what names the project, by kind; and its neighbours.

    Three queries, whatever their number. What names an output that the text does not have is among the rest.
    """
    before = named_works(entry, PREDECESSOR)
    related = {UUID(row["work"]) for row in entry.record_data["relations"]} - before
    naming = list(EntryLink.objects.filter(work=entry.work).values_list("name", "entry__work"))
    of_project = works_that(naming, TO_PROJECT)
    after = works_that(naming, PREDECESSOR)
    related |= {work for name, work in naming if name not in (TO_PROJECT, PREDECESSOR)}
    found = entries_of((before | after | of_project | related) - {entry.work}, entry.language)
    outputs = {code.casefold(): anchor for anchor, code in entry.publication.extra.get("outputs", {}).items()}
    by_output: dict[str, list[CatalogEntry]] = {}
    rest: list[CatalogEntry] = []
    for item in found:
        if item.work in of_project:
            code = str(item.record_data["extra"].get("output", "")).casefold()
            if code in outputs:
                by_output.setdefault(outputs[code], []).append(item)
            else:
                rest.append(item)
    return {
        "by_output": by_output,
        "groups": in_groups(rest),
        "predecessors": [item for item in found if item.work in before],
        "successors": [item for item in found if item.work in after],
        "related": [item for item in found if item.work in related - of_project - before - after],
    }


def named_works(entry: CatalogEntry, name: str) -> set[UUID]:
    """From the record rather than its rows, which a preview has none of."""
    return {UUID(row["work"]) for row in entry.record_data["relations"] if row["name"] == name}


def works_that(links: list[tuple[str, UUID]], name: str) -> set[UUID]:
    return {work for link_name, work in links if link_name == name}


def entries_of(works: set[UUID], language: str) -> list[CatalogEntry]:
    if not works:
        return []
    found = nearest_of(CatalogEntry.objects.public().filter(work__in=works), language)
    return [item for items in found.values() for item in items]


def in_groups(entries: list[CatalogEntry]) -> list[dict]:
    """Title and entries of each kind."""
    groups: dict[str, dict] = {}
    for item in entries:
        group = groups.setdefault(item.kind, {"kind": item.kind, "title": item.kind_info.plural, "entries": []})
        group["entries"].append(item)
    return list(groups.values())
