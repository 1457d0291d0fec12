"""Which works use a blueprint and where: units of toolkits, actions of plans. Shown on both sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import Q, QuerySet

from catalog.cards import Card, cards_in_order, editions_of_works
from catalog.models import CatalogEntry, EntryLink
from catalog.prepared import PreparedQuery, asked
from catalog.showing import nearest_editions

USES = "uses"
BASED_ON = "based_on"
ADOPTED_BY = "adopted_by"
LIMIT = 8
PLACES_LIMIT = 30


@dataclass(frozen=True, slots=True)
class Use:
    """A work that uses another, and the places in it: each with title and address."""

    entry: Card
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


LINKS = PreparedQuery(
    lambda entry_id, work: EntryLink.objects.filter(Q(entry_id=entry_id) | Q(work=work)).values_list(
        "name", "work", "entry__work"
    ),
    int,
    UUID,
)


def related_and_users(entry: CatalogEntry) -> tuple[list[Card], list[Use]]:
    """Works that this one names or that name it, and apart from them those that use it; all in four queries."""
    links = LINKS(entry.pk or 0, entry.work)
    works = {work for _, named, naming in links for work in (named, naming)} - {entry.work}
    if not works:
        return [], []
    users = {naming for name, named, naming in links if name in (USES, BASED_ON) and named == entry.work}
    nearest = nearest_editions(editions_of_works(works), entry.language)
    others = cards_in_order([other.pk for other in nearest if other.work not in users][:LIMIT])
    return others, uses_in([other.pk for other in nearest if other.work in users][:PLACES_LIMIT], entry)


def uses_in(ids: list[int], entry: CatalogEntry) -> list[Use]:
    rows = {row[0]: row for row in asked(uses_query, ids)}
    return [Use(Card(*rows[pk][:-1]), places_in(rows[pk][-1] or [], entry, rows[pk][4])) for pk in ids if pk in rows]


@cache
def uses_query(places: int) -> PreparedQuery:
    """Cards, and the places that their entries name as using something."""

    def build(now: datetime, *ids: int) -> QuerySet:
        entries = CatalogEntry.objects.public(now).filter(pk__in=ids).order_by()
        return entries.values_list(*Card._fields, "record_data__extra__uses")

    return PreparedQuery(build, datetime, *[int] * places)


def places_in(uses: list[dict[str, str]], entry: CatalogEntry, path: str) -> list[dict[str, str]]:
    """Of a user's `uses` those that name the entry; `path` is the user's own address."""
    return [
        {"title": use["title"], "path": path + use["path"] if use["path"].startswith("#") else use["path"]}
        for use in uses
        if use["work"] == str(entry.work)
    ][:PLACES_LIMIT]
