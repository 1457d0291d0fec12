"""Content that many tests need, made once by each process: later tests get the rows and files that it left."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connections
from django.db.models import Model
from wagtail.models import Site

Made = TypeVar("Made")
Table = tuple[list[str], list[tuple]]

# Tables of no model: what the site's search is asked.
INDEX = re.compile(r"search_fts_[a-z]+|search_vector")
# Wagtail's index for the admin's own search: tables with triggers, which are of no interest here.
NOT_REMEMBERED = "wagtailsearch_"


class Remembered(NamedTuple):
    made: object
    tables: dict[str, Table | bytes]
    files: dict[Path, bytes]


# By what was made before in the same test, because rows go back table by table.
_made: dict[tuple[Callable, ...], Remembered] = {}
_so_far: list[Callable] = []


def made_once(make: Callable[[], Made]) -> Made:
    """What `make` makes and returns; its records are read anew for each test.

    Before it, a test may have content from other calls of this function, but none of its own.
    """
    _so_far.append(make)
    key = tuple(_so_far)
    if key in _made:
        restore_rows(_made[key].tables)
        restore_files(_made[key].files)
    else:
        rows_before, files_before = all_rows(), media_files()
        made = make()
        changed = [table for table, rows in all_rows().items() if rows != rows_before[table]]
        files = {path: path.read_bytes() for path in media_files() - files_before}
        _made[key] = Remembered(made, remembered(changed), files)
    Site.clear_site_root_paths_cache()
    return read_anew(_made[key].made)


def begin_anew() -> None:
    """The next test starts from an empty database."""
    _so_far.clear()


def read_anew(made: object) -> object:
    if isinstance(made, Model):
        return type(made)._base_manager.get(pk=made.pk)
    if isinstance(made, dict):
        return {name: read_anew(value) for name, value in made.items()}
    if isinstance(made, list | tuple):
        return type(made)(read_anew(value) for value in made)
    return made


def all_rows() -> dict[str, Table]:
    """Columns and rows of every table."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        tables = connection.introspection.django_table_names(only_existing=True)
        tables += filter(INDEX.fullmatch, connection.introspection.table_names(cursor))
        return {table: rows_of(cursor, table) for table in tables if not table.startswith(NOT_REMEMBERED)}


def rows_of(cursor, table: str) -> Table:
    identity = "rowid, " if table.startswith("search_fts_") else ""
    cursor.execute(f'SELECT {identity}* FROM "{table}" LIMIT 0')
    columns = [column[0] for column in cursor.description]
    # SQLite hands out an expression as it is stored, and a column as its declared type says.
    sign = "+" if cursor.db.vendor == "sqlite" else ""
    selected = ", ".join(f'{sign}"{column}"' for column in columns)
    cursor.execute(f'SELECT {selected} FROM "{table}"')
    return columns, cursor.fetchall()


def remembered(tables: list[str]) -> dict[str, Table | bytes]:
    """On PostgreSQL as one piece of text for each table, which goes back in a tenth of the time."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return {table: rows_of(cursor, table) for table in tables}
        return {table: copied(cursor, table) for table in tables}


def copied(cursor, table: str) -> bytes:
    with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(copy)


def restore_rows(tables: dict[str, Table | bytes]) -> None:
    connection = connections["default"]
    with connection.cursor() as cursor:
        with unchecked(cursor):
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')
            for table, rows in tables.items():
                insert(cursor, table, rows)
        models = [model for model in apps.get_models() if model._meta.db_table in tables]
        if statements := connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute("\n".join(statements))


@contextmanager
def unchecked(cursor) -> Iterator[None]:
    """What was remembered was right. A superuser of PostgreSQL can say so; elsewhere it is checked when the test ends."""
    trusted = cursor.db.vendor == "postgresql" and cursor.connection.info.parameter_status("is_superuser") == "on"
    if trusted:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    if trusted:
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def insert(cursor, table: str, rows: Table | bytes) -> None:
    if isinstance(rows, bytes):
        with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
            copy.write(rows)
        return
    columns, rows = rows
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def media_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def restore_files(files: dict[Path, bytes]) -> None:
    """Those that a test has deleted together with their rows."""
    for path, content in files.items():
        if not path.exists():
            path.write_bytes(content)
