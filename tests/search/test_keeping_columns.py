"""What one process keeps is what others have committed."""

from dataclasses import replace

import pytest
from django.db import connection, transaction

from catalog.models import CatalogEntry
from search.columns import Keeper
from search.indexing import forget_entry, index_entry
from search.models import SearchDocument, SearchState

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
