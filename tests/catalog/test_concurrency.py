"""Two workers at the same pages; a page that changes while it is being described."""

from unittest import mock

import pytest

from catalog import building, synchronizing
from catalog.models import CatalogEntry, DirtyPage
from catalog.synchronizing import bring_up_to_date, catch_up, mark_dirty, update_entries
from resources.models import BlueprintPage

from .conftest import add_blueprint, add_toolkit
from .oracle import assert_right

pytestmark = pytest.mark.django_db


def during_description(monkeypatch, interference):
    """Calls `interference` once, after a page was read and before its entry is written."""
    plain, calls = building.describe, []

    def describe(page, **options):
        entry = plain(page, **options)
        if not calls:
            calls.append(page.pk)
            interference()
        return entry

    monkeypatch.setattr(building, "describe", describe)
    return calls


def retitled(page, title) -> None:
    """A change that another process commits; it has marked the page but not worked it off."""
    with mock.patch("catalog.synchronizing.work_off_soon"):
        fresh = BlueprintPage.objects.get(pk=page.pk)
        fresh.title = title
        fresh.save()


def test_slow_worker_does_not_overwrite_a_newer_entry(site, monkeypatch):
    page = add_blueprint("one")
    retitled(page, "Second")

    def other_worker():
        retitled(page, "Third")
        update_entries({page.pk})

    assert during_description(monkeypatch, other_worker) is not None
    update_entries({page.pk})
    assert CatalogEntry.objects.get(page_id=page.pk).title == "Third"


def test_slow_worker_is_not_fooled_by_a_page_that_changed_back(site, monkeypatch):
    """The faster worker found the entry right and wrote nothing of it."""
    page = add_blueprint("one")
    retitled(page, "Second")

    def other_worker():
        retitled(page, "Blueprint one")
        update_entries({page.pk})

    during_description(monkeypatch, other_worker)
    update_entries({page.pk})
    assert CatalogEntry.objects.get(page_id=page.pk).title == "Blueprint one"


def test_two_workers_make_the_same_entry(site, monkeypatch):
    with mock.patch("catalog.synchronizing.work_off_soon"):
        page = add_blueprint("one")
    calls = during_description(monkeypatch, lambda: update_entries({page.pk}))
    assert update_entries({page.pk}).failures == {}
    assert calls
    assert CatalogEntry.objects.filter(page_id=page.pk).count() == 1
    catch_up()
    assert_right()


def test_slow_worker_does_not_publish_what_was_withdrawn_meanwhile(site, monkeypatch):
    page = add_blueprint("one")
    retitled(page, "Second")
    during_description(monkeypatch, lambda: BlueprintPage.objects.get(pk=page.pk).unpublish())
    update_entries({page.pk})
    assert not CatalogEntry.objects.public().filter(page_id=page.pk).exists()
    catch_up()
    assert_right()


def test_slow_worker_does_not_withdraw_what_was_published_meanwhile(site, monkeypatch):
    page = add_blueprint("one")
    with mock.patch("catalog.synchronizing.work_off_soon"):
        page.unpublish()
    plain, calls = synchronizing.withdraw_entry, []

    def withdraw(entry):
        if not calls:
            calls.append(entry)
            BlueprintPage.objects.get(pk=page.pk).save_revision().publish()
        plain(entry)

    monkeypatch.setattr(synchronizing, "withdraw_entry", withdraw)
    update_entries({page.pk})
    assert CatalogEntry.objects.public().filter(page_id=page.pk).exists()
    catch_up()
    assert_right()


def test_mark_written_while_its_page_is_described_is_not_lost(site, monkeypatch):
    page = add_blueprint("one")
    retitled(page, "Second")
    during_description(monkeypatch, lambda: retitled(page, "Third"))
    marks = list(DirtyPage.objects.values_list("pk", "page_id", "tree_path"))
    bring_up_to_date(marks)
    assert DirtyPage.objects.filter(page_id=page.pk).exists()
    catch_up()
    assert_right()


def test_page_that_always_changes_is_left_for_later(site, monkeypatch):
    page = add_blueprint("one")
    mark_dirty([])
    with mock.patch("catalog.synchronizing.store_entry", side_effect=building.Overtaken):
        outcome = update_entries({page.pk})
    assert isinstance(outcome.failures[page.pk], building.Overtaken)
    assert CatalogEntry.objects.public().filter(page_id=page.pk).exists()


def test_part_changes_while_its_work_is_described(site, monkeypatch):
    toolkit = add_toolkit("kit", modules=1, units=0)
    module = toolkit.get_children().get().specific

    def retitle():
        with mock.patch("catalog.synchronizing.work_off_soon"):
            module.title = "Renamed"
            module.save()

    during_description(monkeypatch, retitle)
    toolkit.save_revision().publish()
    catch_up()
    assert "Renamed" in str(CatalogEntry.objects.get(page_id=toolkit.pk).publication_data)
    assert_right()
