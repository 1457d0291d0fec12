"""One page that cannot be described: the others go on, its mark stays, and nothing old of it is shown."""

import logging
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from catalog.models import CatalogEntry, DirtyPage
from catalog.synchronizing import catch_up, mark_dirty, work_off
from resources.models import BlueprintPage

from .conftest import add_blueprint, add_toolkit, add_unit
from .oracle import assert_empty, assert_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def fragile(monkeypatch):
    """Titles in the returned set make `to_record` fail."""
    titles: set[str] = set()
    plain = BlueprintPage.to_record

    def to_record(self):
        if self.title in titles:
            raise ValueError("cannot be described")
        return plain(self)

    monkeypatch.setattr(BlueprintPage, "to_record", to_record)
    return titles


def marks() -> list[tuple[int, bool]]:
    return list(DirtyPage.objects.values_list("page_id", "deferred"))


def test_bad_page_is_hidden_others_go_on_and_its_mark_stays(site, fragile, caplog):
    bad, good = add_blueprint("bad"), add_blueprint("good")
    fragile.add("Blueprint bad")
    with caplog.at_level(logging.ERROR, "catalog"), mock.patch("catalog.synchronizing.work_off_soon"):
        mark_dirty([bad])
        good.title = "Good, renamed"
        good.save_revision().publish()
    assert set(catch_up()) == {bad.pk}
    assert f"Page {bad.pk} could not be described" in caplog.text
    assert CatalogEntry.objects.get(page_id=good.pk).title == "Good, renamed"
    assert_empty(CatalogEntry.objects.get(page_id=bad.pk))
    assert "Blueprint bad" not in Client().get("/en/blueprints/").content.decode()
    assert marks() == [(bad.pk, True)]
    fragile.clear()
    assert catch_up() == {}
    assert_right()


def test_bad_page_published_in_a_request_keeps_one_mark_and_does_not_hold_up_later_ones(site, fragile):
    bad = add_blueprint("bad")
    fragile.add("Blueprint bad")
    for _ in range(3):
        bad.save_revision().publish()
    assert marks() == [(bad.pk, True)]
    with mock.patch("catalog.synchronizing.store_entry") as store:
        add_blueprint("good")
    assert {call.args[0].pk for call in store.call_args_list} == {BlueprintPage.objects.get(slug="good").pk}


def test_catching_up_ends_when_every_page_is_bad(site, fragile):
    pages = [add_blueprint(f"page-{number}") for number in range(5)]
    fragile |= {page.title for page in pages}
    mark_dirty(pages)
    mark_dirty(pages)
    assert set(catch_up()) == {page.pk for page in pages}
    assert sorted(marks()) == sorted((page.pk, True) for page in pages)


def test_bad_part_marks_its_work(site, monkeypatch):
    toolkit = add_toolkit("kit", modules=1, units=0)
    module = toolkit.get_children().get().specific
    with monkeypatch.context() as patch:
        patch.setattr("toolkits.models.UnitPage.as_section", mock.Mock(side_effect=ValueError))
        add_unit(module, "bad")
        assert not CatalogEntry.objects.public().filter(page_id=toolkit.pk).exists()
        assert marks() == [(toolkit.pk, True)]
    catch_up()
    assert_right()


def test_failing_search_index_hides_the_page(site, monkeypatch):
    page = add_blueprint("bad")
    monkeypatch.setattr("search.indexing.index_entry", mock.Mock(side_effect=ValueError))
    monkeypatch.setattr("search.engines.embedded.EmbeddedEngine.remove", mock.Mock(side_effect=ValueError))
    page.save_revision().publish()
    assert not CatalogEntry.objects.public().filter(page_id=page.pk).exists()
    assert marks() == [(page.pk, True)]


def test_work_off_raises_once_the_others_are_done(site, fragile):
    """For importers, which undo their transaction then."""
    bad, good = add_blueprint("bad"), add_blueprint("good")
    fragile.add("Blueprint bad")
    with mock.patch("catalog.synchronizing.work_off_soon"):
        good.title = "Good, renamed"
        mark_dirty([bad])
        good.save()
    with pytest.raises(ValueError, match="cannot be described"):
        work_off(list(DirtyPage.objects.values_list("pk", "page_id", "tree_path")))
    assert CatalogEntry.objects.get(page_id=good.pk).title == "Good, renamed"


def test_commands_name_bad_pages(site, fragile):
    bad, good = add_blueprint("bad"), add_blueprint("good")
    fragile.add("Blueprint bad")
    CatalogEntry.objects.filter(page_id__in=[bad.pk, good.pk]).update(source="")
    for command, options in (("check_catalog", {"repair": True}), ("rebuild_catalog", {})):
        with pytest.raises(CommandError, match=rf"cannot be described and are not shown.*\b{bad.pk}\b"):
            call_command(command, verbosity=0, **options)
        assert CatalogEntry.objects.public().filter(page_id=good.pk).exists()
        assert marks() == [(bad.pk, True)]
    fragile.clear()
    call_command("check_catalog", repair=True, verbosity=0)
    assert_right()


@override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}})
def test_busy_database_is_not_the_fault_of_a_page(site, monkeypatch):
    from django.db import OperationalError

    page = add_blueprint("one")
    with mock.patch("catalog.synchronizing.work_off_soon"):
        mark_dirty([page])
    with monkeypatch.context() as patch:
        patch.setattr("catalog.synchronizing.store_entry", mock.Mock(side_effect=OperationalError("locked")))
        with pytest.raises(OperationalError):
            catch_up()
    assert CatalogEntry.objects.public().filter(page_id=page.pk).exists()
    assert DirtyPage.objects.filter(page_id=page.pk).exists()
