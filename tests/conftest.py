"""Fixtures that most tests share."""

import json
import os
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections
from django.db.transaction import Atomic
from django.utils import translation
from wagtail.models import Site

from taxonomy.labels import labels

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


@pytest.fixture(autouse=True)
def default_language():
    """A page that one test read in Swedish must not make the next one speak it."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture
def site_tree(db):
    """Locales, vocabularies, home pages and listings: what setup_site makes.

    The command runs once; later tests get the rows that it left, which takes a tenth of the time.
    """
    from home.models import HomePage

    if _site_tree_rows:
        restore_rows(_site_tree_rows)
    else:
        make_and_remember_site_tree()
    Site.clear_site_root_paths_cache()
    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}


_site_tree_rows: dict[str, tuple[list[str], list[tuple]]] = {}


# Wagtail's index for the admin's own search: tables with triggers, which are of no interest here.
NOT_REMEMBERED = "wagtailsearch_"


def make_and_remember_site_tree() -> None:
    """Keep columns and rows of every table that setup_site changes."""
    before = all_rows()
    call_command("setup_site", verbosity=0)
    _site_tree_rows.update({table: rows for table, rows in all_rows().items() if rows != before[table]})


def all_rows() -> dict[str, tuple[list[str], list[tuple]]]:
    rows = {}
    with connections["default"].cursor() as cursor:
        for table in connections["default"].introspection.django_table_names(only_existing=True):
            if table.startswith(NOT_REMEMBERED):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            rows[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return rows


def restore_rows(tables: dict[str, tuple[list[str], list[tuple]]]) -> None:
    connection = connections["default"]
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        for table, (columns, rows) in tables.items():
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join(["%s"] * len(columns))
            if rows:
                values = [tuple(adapted(value) for value in row) for row in rows]
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
        models = [model for model in apps.get_models() if model._meta.db_table in tables]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def adapted(value):
    """JSON columns come back as objects from PostgreSQL and go in as text."""
    return json.dumps(value) if isinstance(value, dict | list) else value
