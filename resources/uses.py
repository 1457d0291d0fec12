"""Which works use a blueprint and where: units of toolkits, actions of plans. Shown on both sides."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from catalog.models import CatalogEntry, EntryLink
from catalog.showing import nearest_editions

USES = "uses"
BASED_ON = "based_on"
ADOPTED_BY = "adopted_by"
LIMIT = 8
PLACES_LIMIT = 30


@dataclass(frozen=True, slots=True)
class Use:
    """A work that uses another, and the places in it: each with title and address."""

    entry: CatalogEntry
    places: list[dict[str, str]]


def use(work: str, title: str, path: str) -> dict[str, str]:
    """One place for a record's `extra["uses"]`: where `work` is used. `path` may be an anchor ("#…") of the user."""
    return {"work": work, "title": title, "path": path}


def public_editions(works: Iterable[str], language: str) -> dict[str, CatalogEntry]:
    """Of each work the edition nearest to `language`, as far as readers may see one."""
    works = set(works)
    if not works:
        return {}
    entries = CatalogEntry.objects.public().without_publication().filter(work__in=works)
    return {str(entry.work): entry for entry in nearest_editions(list(entries), language)}


def related_and_users(entry: CatalogEntry) -> tuple[list[CatalogEntry], list[Use]]:
    """Works that this one names or that name it, and apart from them those that use it; all in three queries."""
    links = list(
        EntryLink.objects.filter(Q(entry_id=entry.pk) | Q(work=entry.work)).values_list("name", "work", "entry__work")
    )
    works = {work for _, named, naming in links for work in (named, naming)} - {entry.work}
    if not works:
        return [], []
    users = {naming for name, named, naming in links if name in (USES, BASED_ON) and named == entry.work}
    # Records are read only of the editions that are shown: they are what takes time.
    editions = CatalogEntry.objects.public().filter(work__in=works).only("pk", "work", "language").order_by("pk")
    nearest = nearest_editions(list(editions), entry.language)
    using = [other.pk for other in nearest if other.work in users][:PLACES_LIMIT]
    others = [other.pk for other in nearest if other.work not in users][:LIMIT]
    entries = CatalogEntry.objects.public().without_publication().in_bulk([*using, *others])
    uses = [Use(entries[pk], places_in(entries[pk], entry)) for pk in using if pk in entries]
    return [entries[pk] for pk in others if pk in entries], uses


def places_in(other: CatalogEntry, entry: CatalogEntry) -> list[dict[str, str]]:
    places = other.record_data.get("extra", {}).get("uses", ())
    return [
        {
            "title": place["title"],
            "path": other.path + place["path"] if place["path"].startswith("#") else place["path"],
        }
        for place in places
        if place["work"] == str(entry.work)
    ][:PLACES_LIMIT]
