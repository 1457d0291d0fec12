"""Search inside SQLite: one FTS5 table for each language, so that a word's rarity is that of its language."""

import json
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import connection
from pyroaring import BitMap

from ..analysis import terms_of
from ..clauses import Clause
from ..models import SearchText
from .database import DatabaseEngine, Sql

FIELDS = ("title", "summary", "keywords", "body", "files")
FIELD_WEIGHTS = "8.0, 3.0, 3.0, 1.0, 0.5"


def table(language: str) -> str:
    """The name of a language's index; refuses anything that is not one of the site's languages."""
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"{language!r} is not a language of this site.")
    return f"search_fts_{language}"


def quoted(terms: Iterable[str]) -> str:
    """A word or phrase as an FTS5 string. Terms are letters and digits; the quotes keep words like OR harmless."""
    return '"' + " ".join(terms).replace('"', '""') + '"'


class EmbeddedEngine(DatabaseEngine):
    """The number of a document's work is the rowid in the table of its language."""

    def index(self, texts: Iterable[SearchText]) -> None:
        with connection.cursor() as cursor:
            for text in texts:
                name = table(text.language)
                cursor.execute(f"DELETE FROM {name} WHERE rowid = %s", [text.number])
                values = [" ".join(terms_of(getattr(text, field), text.language)) for field in FIELDS]
                cursor.execute(
                    f"INSERT INTO {name} (rowid, {', '.join(FIELDS)}) VALUES (%s, %s, %s, %s, %s, %s)",
                    [text.number, *values],
                )

    def remove(self, documents: Iterable[tuple[str, int]]) -> None:
        with connection.cursor() as cursor:
            for language, number in documents:
                cursor.execute(f"DELETE FROM {table(language)} WHERE rowid = %s", [number])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            for language, _ in settings.LANGUAGES:
                cursor.execute(f"DELETE FROM {table(language)}")

    def frequencies(self, language: str, terms: Iterable[str]) -> dict[str, int]:
        terms = list(terms)
        marks = ", ".join(["%s"] * len(terms))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT term, doc FROM {table(language)}_terms WHERE term IN ({marks})", terms)
            found = dict(cursor.fetchall())
        return {term: found.get(term, 0) for term in terms}

    def expression(self, clauses: Sequence[Clause], *, every: bool) -> str:
        ways = [" OR ".join(quoted(way.terms) for way in clause.alternatives) for clause in clauses]
        return " AND ".join(f"({way})" for way in ways) if every else " OR ".join(ways)

    def titles(self, terms: Sequence[str], endings: Sequence[str]) -> str:
        wanted = [quoted([term]) for term in terms]
        wanted.append("(" + " OR ".join(f"{quoted([ending])} *" for ending in endings) + ")")
        return f"title : ({' AND '.join(wanted)})"

    def matching(self, language: str, expression: str) -> Sql:
        name = table(language)
        return Sql(f"SELECT json_group_array(rowid) AS numbers, NULL FROM {name} WHERE {name} MATCH %s", [expression])

    def numbers(self, value: object) -> BitMap:
        return BitMap(json.loads(str(value)))

    def scored(self, language: str, expression: str, numbers: BitMap | None = None) -> Sql:
        name = table(language)
        sql = Sql(
            f"SELECT -bm25({name}, {FIELD_WEIGHTS}) AS score, rowid AS number FROM {name} WHERE {name} MATCH %s",
            [expression],
        )
        if numbers is not None:
            # The sign keeps SQLite from asking for each number by itself.
            sql.text += " AND +rowid IN (SELECT value FROM json_each(%s))"
            sql.params.append(json.dumps(list(numbers)))
        return sql
