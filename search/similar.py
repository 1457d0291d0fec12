"""Works that are about the same as another one: for readers who have read that."""

import math
from collections.abc import Collection
from uuid import UUID

from pyroaring import BitMap

from catalog.cards import Card, cards_in_order
from catalog.kinds import all_kinds
from catalog.models import CatalogEntry

from .columns import NOTHING, Columns, Value, current_columns
from .remembering import Memory, remembered

LIMIT = 4
# What makes works alike, and how much.
WEIGHTS = {"topic": 3.0, "target_group": 2.0, "field": 2.0, "goal": 1.0, "education_level": 1.0, "region": 1.0}
# What is alike in less than this share of the weight is not similar.
LEAST_SHARE = 0.3
# So many works are looked at: rare values first, so that the cost does not grow with the catalog.
LOOKED_AT = 1_000
SIMILAR = Memory(room=20_000)


def similar_works(entry: CatalogEntry, *, but: Collection[UUID] = ()) -> list[Card]:
    """Resources that share most of the subjects of `entry`, rare ones above all; in its language where there is one.

    Two queries. Without itself and the works `but`.
    """
    columns = current_columns()
    count = LIMIT + 1 + len(but)
    state = columns.state if entry.pk else None
    (ids,) = remembered(SIMILAR, [(entry.pk, count)], state, lambda _places: [alike(entry, columns, count)])
    return [card for card in cards_in_order(ids) if card.work != entry.work and card.work not in but][:LIMIT]


def alike(entry: CatalogEntry, columns: Columns, count: int) -> list[int]:
    """Ids of the nearest editions of the `count` most similar works."""
    resources = BitMap.union(
        NOTHING, *(numbers_with(("kind", kind.name), columns) for kind in all_kinds() if kind.is_resource)
    )
    candidates = resources & BitMap.union(NOTHING, *columns.visible.values())
    having = {
        (name, value): candidates & numbers_with((name, value), columns)
        for name, values in entry.record.facets.items()
        if name in WEIGHTS
        for value in values
    }
    weights = {
        value: WEIGHTS[value[0]] * math.log(1 + len(candidates) / len(numbers))
        for value, numbers in having.items()
        if numbers
    }
    left, scores = LOOKED_AT, {}
    for value in sorted(weights, key=lambda value: len(having[value])):
        if len(having[value]) > left:
            break
        left -= len(having[value])
        for number in having[value]:
            scores[number] = scores.get(number, 0.0) + weights[value]
    least = sum(weights.values()) * LEAST_SHARE
    best = sorted((number for number, score in scores.items() if score >= least), key=lambda n: (-scores[n], -n))
    return [nearest_entry(number, columns, entry.language) for number in best[:count]]


def numbers_with(value: Value, columns: Columns) -> BitMap:
    """Works with a facet value, in whatever language."""
    found = [shelf.values[value] for shelf in columns.shelves.values() if value in shelf.values]
    return BitMap.union(*found) if found else NOTHING


def nearest_entry(number: int, columns: Columns, language: str) -> int:
    """The edition of a work in `language`, else in English, else in any."""
    for code in (language, "en", *columns.visible):
        if number in columns.visible.get(code, NOTHING):
            return columns.shelves[code].entries[number]
    raise KeyError(number)
