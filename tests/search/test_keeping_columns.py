"""What one process keeps is what others have committed."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.models import CatalogEntry
from search.columns import Keeper
from search.indexing import forget_entry, index_entry
from search.models import SearchDocument, SearchState
from search.queries import SearchQuery
from search.remembering import Memory, remembered
from search.searching import run_search
from search.similar import similar_works

from .test_columns import entry_ids

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_left_as_found")]


@pytest.fixture
def other_process():
    """The columns as a process has them that began before anything was indexed."""
    keeper = Keeper()
    keeper.current()
    return keeper


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


def test_nothing_is_read_again_while_nothing_changes(add_entry, other_process, django_assert_num_queries):
    add_entry("Mentor")
    other_process.current()
    known = other_process.columns.shelves["en"]
    with django_assert_num_queries(1):
        other_process.current()
    if connection.vendor == "sqlite":
        assert other_process.columns.shelves["en"] is known


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


def test_an_index_that_is_another_one_is_read_from_the_start(add_entry, other_process):
    add_entry("Before")
    other_process.current()
    SearchDocument.objects.all().delete()
    SearchState.objects.all().delete()
    assert entry_ids(other_process.current()) == set()
    after = add_entry("After")
    assert entry_ids(other_process.current()) == {after.pk}


def test_a_database_that_went_back_in_time_is_read_from_the_start(add_entry, other_process):
    entry = add_entry("Before")
    other_process.current()
    other_process.columns = replace(other_process.columns, mark=2**60, shelves={})
    assert entry_ids(other_process.current()) == {entry.pk}


def found(text: str) -> list[str]:
    return [hit.title for hit in run_search(SearchQuery(text=text, language="en")).hits]


def test_words_that_were_asked_for_are_remembered_until_the_index_changes(add_entry):
    add_entry("Mentor", "tandem learning")
    for text in ("mentor", "tandem learning"):
        assert found(text) == ["Mentor"]
        with CaptureQueriesContext(connection) as captured:
            assert found(text) == ["Mentor"]
        # On PostgreSQL nothing is remembered of what changed while an older transaction, of whomever, is open.
        if connection.vendor == "sqlite":
            assert not [query["sql"] for query in captured if "MATCH" in query["sql"]]
    entry = add_entry("Another mentor", "tandem")
    assert set(found("mentor")) == {"Mentor", "Another mentor"}
    entry.title = entry.record_data["title"] = "Somebody else"
    entry.save()
    index_entry(CatalogEntry.objects.get(pk=entry.pk))
    assert found("mentor") == ["Mentor"]
    assert found("somebody") == ["Somebody else"]
    forget_entry(entry.pk)
    assert found("somebody") == []


def test_what_a_transaction_sees_is_not_remembered(add_entry):
    add_entry("Mentor")
    assert found("mentor") == ["Mentor"]

    class Undo(Exception):
        pass

    def add_and_undo():
        with transaction.atomic():
            add_entry("Undone mentor")
            assert set(found("mentor")) == {"Mentor", "Undone mentor"}
            raise Undo

    with pytest.raises(Undo):
        add_and_undo()
    assert found("mentor") == ["Mentor"]


def test_similar_works_are_remembered_until_the_index_changes(add_entry):
    entry, other = add_entry("Moving in", topic=["housing"]), add_entry("Alike", topic=["housing"])
    assert [card.pk for card in similar_works(entry)] == [other.pk]
    third = add_entry("Alike, too", topic=["housing"])
    assert {card.pk for card in similar_works(entry)} == {other.pk, third.pk}


class TestMemory:
    def test_of_two_states_the_later_one_is_kept(self):
        memory = Memory(room=100)
        memory.keep("word", [1], 1)
        memory.keep("word", [1, 2], 2)
        memory.keep("word", [1], 1)
        assert memory.get("word", 2) == [1, 2]
        assert memory.get("word", 1) is None

    def test_the_least_used_is_forgotten_first(self):
        memory = Memory(room=12)
        memory.keep("a", [1, 2, 3], 1)
        memory.keep("b", [1, 2, 3], 1)
        assert memory.get("a", 1) == [1, 2, 3]
        memory.keep("c", [1, 2, 3], 1)
        memory.keep("d", [], 1)
        assert [memory.get(word, 1) for word in "abcd"] == [[1, 2, 3], None, [1, 2, 3], []]

    def test_what_would_take_all_the_room_is_not_kept(self):
        memory = Memory(room=8)
        memory.keep("a", [1, 2, 3], 1)
        assert memory.get("a", 1) is None

    def test_only_what_is_unknown_is_asked_for(self):
        memory, asked = Memory(room=100), []

        def ask(places: list[int]) -> list[list[int]]:
            asked.append(places)
            return [[place] for place in places]

        assert remembered(memory, ["a", "b"], 1, ask) == [[0], [1]]
        assert remembered(memory, ["a", "c", "b"], 1, ask) == [[0], [1], [1]]
        assert remembered(memory, ["a", "b"], None, ask) == [[0], [1]]
        assert remembered(memory, ["a", "b"], 1, ask) == [[0], [1]]
        assert asked == [[0, 1], [1], [0, 1]]
