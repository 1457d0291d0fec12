"""The index is compared with the catalog, and repaired."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from catalog.models import CatalogEntry
from search.checking import outdated_entries, repair, surplus_entry_ids
from search.models import SearchDocument, SearchText
from search.queries import SearchQuery
from search.searching import run_search

pytestmark = pytest.mark.django_db


def titles(text: str) -> list[str]:
    return [hit.title for hit in run_search(SearchQuery(text=text, language="en")).hits]


def test_an_index_that_agrees_is_left_alone(add_entry, capsys):
    add_entry("Mentor")
    marks = list(SearchDocument.objects.values_list("changed", flat=True))
    call_command("search_check", "--repair")
    assert "agrees" in capsys.readouterr().out
    assert list(SearchDocument.objects.values_list("changed", flat=True)) == marks


def test_missing_outdated_and_surplus_documents_are_named_and_repaired(add_entry):
    missing, outdated, surplus = add_entry("Mentor one"), add_entry("Mentor two"), add_entry("Mentor three")
    SearchDocument.objects.filter(entry_id=missing.pk).delete()
    SearchText.objects.filter(entry=missing).delete()
    CatalogEntry.objects.filter(pk=outdated.pk).update(digest="another")
    CatalogEntry.objects.filter(pk=surplus.pk).update(withdrawn_at=timezone.now(), digest="")
    assert set(outdated_entries().values_list("pk", flat=True)) == {missing.pk, outdated.pk}
    assert surplus_entry_ids() == [surplus.pk]
    with pytest.raises(CommandError, match="2 entries missing or outdated in the index, 1 that should not be there"):
        call_command("search_check")
    call_command("search_check", "--repair")
    assert not outdated_entries().exists()
    assert surplus_entry_ids() == []
    assert sorted(titles("mentor")) == ["Mentor one", "Mentor two"]


def test_a_rebuild_that_was_ended_goes_on_where_it_stopped(add_entry):
    entries = [add_entry(f"Mentor {number}") for number in range(4)]
    SearchDocument.objects.update(analysis=0)

    def ended_after_two(entry_ids):
        yield from entry_ids[:2]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        repair(ended_after_two)
    assert len(titles("mentor")) == 4
    assert set(outdated_entries().values_list("pk", flat=True)) == {entry.pk for entry in entries[2:]}
    assert repair() == (2, 0)


def test_rebuilding_finds_everything_again(add_entry, capsys):
    add_entry("Mentor")
    with transaction.atomic():
        SearchText.objects.all().delete()
    call_command("rebuild_search_index")
    assert "1 entries indexed" in capsys.readouterr().out
    assert titles("mentor") == ["Mentor"]
