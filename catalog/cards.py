"""What lists show of entries: a card each, without reading what their pages are made of."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from .kinds import Kind, kind_named
from .models import CatalogEntry
from .prepared import PreparedQuery, asked


class Card(NamedTuple):
    pk: int
    work: UUID
    language: str
    kind: str
    path: str
    title: str
    card: str

    @property
    def kind_info(self) -> Kind:
        return kind_named(self.kind)


class Edition(NamedTuple):
    pk: int
    work: UUID
    language: str


def cards_in_order(ids: Sequence[int]) -> list[Card]:
    """Of those that are public, in one query."""
    found = {row[0]: Card(*row) for row in asked(cards_query, ids)}
    return [found[pk] for pk in ids if pk in found]


def editions_of_works(works: Iterable[UUID]) -> list[Edition]:
    """All public ones, oldest first, in one query."""
    return [Edition(*row) for row in asked(editions_query, list(works))]


def addresses_of_works(works: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """The addresses of the public editions of each work by their languages, in one query."""
    found: dict[UUID, dict[str, str]] = {work: {} for work in works}
    for work, language, path in asked(addresses_query, list(found)):
        found[work][language] = path
    return found


@cache
def cards_query(places: int) -> PreparedQuery:
    def build(now: datetime, *ids: int) -> QuerySet:
        return CatalogEntry.objects.public(now).filter(pk__in=ids).order_by().values_list(*Card._fields)

    return PreparedQuery(build, datetime, *[int] * places)


@cache
def editions_query(places: int) -> PreparedQuery:
    def build(now: datetime, *works: UUID) -> QuerySet:
        return CatalogEntry.objects.public(now).filter(work__in=works).order_by("pk").values_list(*Edition._fields)

    return PreparedQuery(build, datetime, *[UUID] * places)


@cache
def addresses_query(places: int) -> PreparedQuery:
    def build(now: datetime, *works: UUID) -> QuerySet:
        editions = CatalogEntry.objects.public(now).filter(work__in=works).order_by("language")
        return editions.values_list("work", "language", "path")

    return PreparedQuery(build, datetime, *[UUID] * places)
