"""The bitmaps that each process keeps: they are what the database has, whoever changed it."""

import random

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pyroaring import BitMap

from catalog.models import CatalogEntry
from search import columns as columns_module
from search.columns import Columns, Keeper, Passing, Row, Shelf, current_columns
from search.indexing import forget_entry, index_entry
from search.models import SearchDocument, SearchState

FACETS = ("topic", "country", "language")


def entry_ids(columns: Columns) -> set[int]:
    return {
        columns.shelves[language].entries[number] for language, numbers in columns.visible.items() for number in numbers
    }


@pytest.fixture
def other_process():
    """The columns as a process has them that began before anything was indexed."""
    keeper = Keeper()
    keeper.current()
    return keeper


@pytest.mark.django_db(transaction=True)
def test_another_process_notices_what_is_added_changed_and_forgotten(add_entry, other_process):
    first, second = add_entry("First", topic=["housing"]), add_entry("Second", language="sv")
    assert entry_ids(other_process.current()) == {first.pk, second.pk}
    first.record_data["concepts"]["topic"][0]["code"] = "health"
    first.save()
    index_entry(CatalogEntry.objects.get(pk=first.pk))
    values = other_process.current().shelves["en"].values
    assert ("topic", "health") in values
    assert ("topic", "housing") not in values
    forget_entry(second.pk)
    assert entry_ids(other_process.current()) == {first.pk}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_read_again_while_nothing_changes(add_entry, other_process, django_assert_num_queries):
    add_entry("Mentor")
    other_process.current()
    known = other_process.columns.shelves["en"]
    with django_assert_num_queries(1):
        other_process.current()
    if connection.vendor == "sqlite":
        assert other_process.columns.shelves["en"] is known


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_there(add_entry, other_process):
    entry = add_entry("Kept")

    class Undo(Exception):
        pass

    def add_and_undo():
        with transaction.atomic():
            added = add_entry("Undone")
            assert added.pk in entry_ids(other_process.current())
            raise Undo

    with pytest.raises(Undo):
        add_and_undo()
    assert entry_ids(other_process.current()) == {entry.pk}
    again = add_entry("Again")
    assert entry_ids(other_process.current()) == {entry.pk, again.pk}


@pytest.mark.django_db(transaction=True)
def test_an_index_that_is_another_one_is_read_from_the_start(add_entry, other_process):
    add_entry("Before")
    other_process.current()
    SearchDocument.objects.all().delete()
    SearchState.objects.all().delete()
    assert entry_ids(other_process.current()) == set()
    after = add_entry("After")
    assert entry_ids(other_process.current()) == {after.pk}


@pytest.mark.django_db(transaction=True)
def test_a_database_that_went_back_in_time_is_read_from_the_start(add_entry, other_process):
    entry = add_entry("Before")
    other_process.current()
    other_process.columns = columns_module.replace(other_process.columns, mark=2**60, shelves={})
    assert entry_ids(other_process.current()) == {entry.pk}


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
    return columns.seen_with({}), truth


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
