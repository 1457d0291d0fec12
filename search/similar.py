"""Works that are about the same as another one: for readers who have read that."""

import math
from collections.abc import Collection
from uuid import UUID

from catalog.cards import Card, cards_in_order
from catalog.kinds import all_kinds
from catalog.models import CatalogEntry

from .columns import NOTHING, Columns, current_columns

LIMIT = 4
# What makes works alike, and how much.
WEIGHTS = {"topic": 3.0, "target_group": 2.0, "field": 2.0, "goal": 1.0, "education_level": 1.0, "region": 1.0}
# What is alike in less than this share of the weight is not similar.
LEAST_SHARE = 0.3
# So many works are looked at: rare values first, so that the cost does not grow with the catalog.
LOOKED_AT = 3_000


def similar_works(entry: CatalogEntry, *, but: Collection[UUID] = ()) -> list[Card]:
    """Resources that share most of the subjects of `entry`, rare ones above all; in its language where there is one.

    Two queries. Without itself and the works `but`.
    """
    columns = current_columns()
    ids = alike(entry, columns, LIMIT + 1 + len(but))
    return [card for card in cards_in_order(ids) if card.work != entry.work and card.work not in but][:LIMIT]


def alike(entry: CatalogEntry, columns: Columns, count: int) -> list[int]:
    """Ids of the nearest editions of the `count` most similar works."""
    resources = {("kind", kind.name) for kind in all_kinds() if kind.is_resource}
    candidates = NOTHING
    for language, visible in columns.visible.items():
        values = columns.shelves[language].values
        candidates = candidates | (visible & NOTHING.union(*(values.get(kind, NOTHING) for kind in resources)))
    shelves = columns.shelves.values()
    having = {
        (name, value): candidates & NOTHING.union(*(shelf.values.get((name, value), NOTHING) for shelf in shelves))
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


def nearest_entry(number: int, columns: Columns, language: str) -> int:
    """The edition of a work in `language`, else in English, else in any."""
    order = sorted(columns.visible, key=lambda code: (code != language, code != "en", code))
    found = next(code for code in order if number in columns.visible[code])
    return columns.shelves[found].entries[number]
