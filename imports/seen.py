"""Remembers which editions the input has had already, on disk rather than in memory."""

import sqlite3
from contextlib import closing
from types import TracebackType


class SeenEditions:
    """Import ids and languages with the place of their first line, in a temporary database that SQLite deletes."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")
        self._rows.execute("PRAGMA cache_size = -1024")
        self._rows.execute(
            "CREATE TABLE seen (id TEXT, language TEXT, place TEXT, PRIMARY KEY (id, language)) WITHOUT ROWID"
        )

    def __enter__(self) -> "SeenEditions":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._rows.close()

    def place_of(self, import_id: str, language: str) -> str | None:
        query = "SELECT place FROM seen WHERE id = ? AND language = ?"
        with closing(self._rows.execute(query, (import_id, language))) as cursor:
            row = cursor.fetchone()
        return row[0] if row else None

    def add(self, import_id: str, language: str, place: str) -> None:
        self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (import_id, language, place))
