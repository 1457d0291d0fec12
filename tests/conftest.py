"""Fixtures that most tests share."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.db.transaction import Atomic

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
    if "db" not in request.fixturenames or request.node.get_closest_marker("django_db") is None:
        yield
        return
    if request.node.get_closest_marker("django_db").kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("db")
    connection = connections["default"]
    depth = len(connection.savepoint_ids)
    leave, plain_on_commit = Atomic.__exit__, type(connection).on_commit

    def run_pending():
        while connection.run_on_commit and len(connection.savepoint_ids) <= depth and not connection.needs_rollback:
            _, callback, robust = connection.run_on_commit.pop(0)
            try:
                callback()
            except Exception:
                if not robust:
                    raise
                raise AssertionError("an on-commit callback failed") from None

    def leaving(self, exc_type, exc_value, traceback):
        leave(self, exc_type, exc_value, traceback)
        if self.using == connection.alias and exc_type is None:
            run_pending()

    def on_commit(self, func, robust=False):
        plain_on_commit(self, func, robust)
        run_pending()

    monkeypatch.setattr(Atomic, "__exit__", leaving)
    monkeypatch.setattr(type(connection), "on_commit", on_commit)
    yield


@pytest.fixture
def site_tree(db):
    """Locales, vocabularies, home pages and listings: what setup_site makes."""
    from django.core.management import call_command

    call_command("setup_site", verbosity=0)
    from home.models import HomePage

    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
