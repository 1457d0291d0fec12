"""The bitmaps that each process keeps: they are what the database has, whoever changed it."""

import random

import pytest
from django.utils import timezone
from pyroaring import BitMap

from catalog.models import CatalogEntry
from search.columns import Columns, Passing, Row, Shelf, current_columns
from search.indexing import forget_entry, index_entry

FACETS = ("topic", "country", "language")


def entry_ids(columns: Columns) -> set[int]:
    return {
        columns.shelves[language].entries[number] for language, numbers in columns.visible.items() for number in numbers
    }


@pytest.mark.django_db
def test_what_is_hidden_or_expired_is_not_seen_before_search_forgets_it(add_entry):
    hidden, expired, shown = add_entry("Hidden"), add_entry("Expired"), add_entry("Shown")
    CatalogEntry.objects.filter(pk=hidden.pk).update(withdrawn_at=timezone.now())
    expired.expires_at = timezone.now()
    expired.save()
    index_entry(expired)
    assert entry_ids(current_columns()) == {shown.pk}


@pytest.mark.django_db
def test_a_page_that_takes_the_place_of_another_edition_is_the_one_that_is_found(add_entry):
    old = add_entry("Old")
    new = add_entry("New", work=old.work)
    forget_entry(old.pk)
    assert entry_ids(current_columns()) == {new.pk}


def random_columns(chance: random.Random) -> tuple[Columns, dict[str, dict[int, dict[str, set[str]]]]]:
    """Columns made in several steps, and what they should say: facets by language and number."""
    columns, truth = Columns(), {language: {} for language in ("en", "sv", "ar")}
    for _ in range(6):
        rows = []
        for language, documents in truth.items():
            for number in chance.sample(range(1, 40), 12):
                if chance.random() < 0.25:
                    documents.pop(number, None)
                    rows.append(Row(language, number, 0, 0, None, ""))
                    continue
                facets = {
                    "topic": set(chance.sample("abcd", chance.randint(0, 3))),
                    "country": set(chance.sample(["SE", "DE"], chance.randint(1, 2))),
                    "language": {language},
                }
                documents[number] = facets
                lines = sorted(f"{name}={value}" for name, values in facets.items() for value in values)
                rows.append(Row(language, number, number * 10, number, None, "\n".join(lines)))
        columns = columns.changed(rows)
    return columns.seen_with({}, guidance="", counted=""), truth


@pytest.mark.parametrize("seed", range(20))
def test_totals_and_counts_are_those_of_a_plain_count(seed):
    chance = random.Random(seed)
    columns, truth = random_columns(chance)
    filters = {
        name: tuple(chance.sample(values, chance.randint(1, 2)))
        for name, values in (("topic", list("abcd")), ("country", ["SE", "DE"]), ("language", ["en", "sv", "ar"]))
        if chance.random() < 0.6
    }
    matched = {
        language: BitMap(number for number in documents if chance.random() < 0.7)
        for language, documents in truth.items()
    }
    passing = Passing(columns, matched, filters)
    counts = passing.counts(FACETS)

    def works(*, without: str = "", value: tuple[str, str] | None = None) -> set[int]:
        return {
            number
            for language, numbers in matched.items()
            for number in numbers
            for facets in [truth[language][number]]
            if all(facets[name] & set(chosen) for name, chosen in filters.items() if name != without)
            and (value is None or value[1] in facets[value[0]])
        }

    assert passing.total == len(works())
    for name in FACETS:
        expected = {
            value: len(found)
            for value in {*"abcd", "SE", "DE", "en", "sv", "ar"}
            if (found := works(without=name, value=(name, value)))
        }
        assert counts[name] == expected


def test_a_shelf_that_is_changed_leaves_the_old_one_as_it_was():
    before = Shelf().changed([Row("en", 3, 30, 5, 99, "topic=a")])
    after = before.changed([Row("en", 3, 31, 6, None, "topic=b"), Row("en", 7, 70, 1, None, "topic=a")])
    assert (list(before.documents), before.entries[3], before.expiry) == ([3], 30, [(99, 3)])
    assert {value: list(numbers) for value, numbers in before.values.items()} == {("topic", "a"): [3]}
    assert {value: list(numbers) for value, numbers in after.values.items()} == {
        ("topic", "a"): [7],
        ("topic", "b"): [3],
    }
    assert (list(after.documents), after.entries[3], after.published[7], after.expiry) == ([3, 7], 31, 1, [])
