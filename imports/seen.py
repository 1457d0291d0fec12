"""Remembers what the input has had already, on disk rather than in memory."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from .links import Link

TABLES = """
CREATE TABLE seen (
    kind TEXT, id TEXT, language TEXT, file TEXT, number INTEGER, unit TEXT, PRIMARY KEY (kind, id, language)
) WITHOUT ROWID;
CREATE TABLE waiting (kind TEXT, id TEXT, language TEXT, name TEXT, target TEXT, detail TEXT);
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input a record stands."""

    file: Path
    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.file.name}, {self.unit} {self.number}"


class SeenEditions:
    """Import ids and languages with the place of their first line, in a temporary database that SQLite deletes.

    A rehearsal also keeps the links that would have to wait. `kind` keeps organizations apart from pages.
    """

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")
        self._rows.execute("PRAGMA cache_size = -1024")
        self._rows.executescript(TABLES)

    def __enter__(self) -> "SeenEditions":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._rows.close()

    def place_of(self, import_id: str, language: str, kind: str = "") -> Place | None:
        query = "SELECT file, number, unit FROM seen WHERE kind = ? AND id = ? AND language = ?"
        with closing(self._rows.execute(query, (kind, import_id, language))) as cursor:
            row = cursor.fetchone()
        return Place(Path(row[0]), row[1], row[2]) if row else None

    def add(self, import_id: str, language: str, place: Place, kind: str = "") -> None:
        row = (kind, import_id, language, str(place.file), place.number, place.unit)
        self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?, ?)", row)

    def has_page(self, import_id: str) -> bool:
        query = "SELECT 1 FROM seen WHERE kind = '' AND id = ? LIMIT 1"
        with closing(self._rows.execute(query, (import_id,))) as cursor:
            return cursor.fetchone() is not None

    def keep_waiting(self, import_id: str, language: str, links: list[Link], kind: str = "") -> None:
        rows = [(kind, import_id, language, *link.stored()) for link in links]
        self._rows.executemany("INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?)", rows)

    def waiting(self) -> Iterator[tuple[str, str, str, Link]]:
        """Kind, import id, language and link."""
        for kind, import_id, language, *link in self._rows.execute("SELECT * FROM waiting ORDER BY rowid"):
            yield kind, import_id, language, Link(*link)
