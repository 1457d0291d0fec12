"""Fixtures that most tests share."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections, transaction
from django.db.transaction import Atomic
from django.utils import translation

from taxonomy.labels import labels

from .rows import all_rows, begin_anew, made_once, remembered, restore_rows

TESTDATA = Path(os.environ.get("OER_TESTDATA", Path(__file__).resolve().parents[2] / "shared" / "testdata"))


def pytest_collection_modifyitems(config, items):
    vendor = "postgresql" if "postgresql" in settings.DATABASES["default"]["ENGINE"] else "sqlite"
    for item in items:
        for name in ("postgresql", "sqlite"):
            if item.get_closest_marker(name) and name != vendor:
                item.add_marker(pytest.mark.skip(reason=f"runs on {name} only; this run uses {vendor}"))


@pytest.fixture(scope="session")
def testdata() -> Path:
    if not TESTDATA.is_dir():
        pytest.skip(f"no test data at {TESTDATA}; set OER_TESTDATA")
    return TESTDATA


@pytest.fixture(autouse=True)
def commit_at_once(request, monkeypatch):
    """Run on-commit callbacks where they would run in production, although each test is one transaction.

    A test that is itself in a transaction never commits. Here the callbacks run as soon as the last
    block that the tested code opened is left.
    """
    if request.node.get_closest_marker("django_db") is None:
        yield
        return
    if request.node.get_closest_marker("django_db").kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("db")
    connection = connections["default"]
    depth = len(connection.savepoint_ids)
    leave, plain_on_commit = Atomic.__exit__, type(connection).on_commit

    running = []

    def run_pending():
        """One after the other, also where a callback opens and leaves blocks of its own."""
        if running:
            return
        running.append(True)
        try:
            while connection.run_on_commit and len(connection.savepoint_ids) <= depth and not connection.needs_rollback:
                connection.run_on_commit.pop(0)[1]()
        finally:
            running.clear()

    def leaving(self, exc_type, exc_value, traceback):
        leave(self, exc_type, exc_value, traceback)
        if self.using in (None, connection.alias) and exc_type is None:
            run_pending()

    def on_commit(self, func, robust=False):
        plain_on_commit(self, func, robust)
        run_pending()

    monkeypatch.setattr(Atomic, "__exit__", leaving)
    monkeypatch.setattr(type(connection), "on_commit", on_commit)
    yield


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What one test put into the database goes away with its transaction, and so must what was kept of it."""
    cache.clear()
    labels.forget()
    yield
    begin_anew()


@pytest.fixture(autouse=True)
def default_language():
    """A page that one test read in Swedish must not make the next one speak it."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture
def site_tree(db):
    """Locales, vocabularies, home pages and listings: what setup_site makes."""
    from home.models import HomePage

    made_once(set_site_up)
    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}


def set_site_up() -> None:
    call_command("setup_site", verbosity=0)


@pytest.fixture(scope="module")
def database_left_as_found(django_db_setup, django_db_blocker):
    """For modules whose tests commit: afterwards there is again what migrations made, and nothing else."""
    with django_db_blocker.unblock():
        found = remembered(list(all_rows()))
        yield
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        with transaction.atomic():
            restore_rows(found)
