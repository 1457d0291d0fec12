"""Search inside PostgreSQL: the same terms in a tsvector column, ranked by coverage and ts_rank."""

from collections.abc import Iterable, Sequence

from django.db import connection
from pyroaring import BitMap

from ..analysis import terms_of
from ..clauses import Clause
from ..models import SearchText
from .database import DatabaseEngine, Sql

WEIGHTED_FIELDS = (("title", "A"), ("summary", "B"), ("keywords", "B"), ("body", "C"), ("files", "D"))
# PostgreSQL stores positions up to 16,383 and vectors up to 1 MB; more words than this add nothing.
MAX_TERMS_PER_FIELD = 15_000


def lexeme(term: str) -> str:
    """A term as a quoted lexeme of a tsquery."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def phrase(terms: Iterable[str]) -> str:
    """Terms that follow each other."""
    return "(" + " <-> ".join(lexeme(term) for term in terms) + ")"


class PostgresqlEngine(DatabaseEngine):
    def index(self, texts: Iterable[SearchText]) -> None:
        with connection.cursor() as cursor:
            for text in texts:
                vector = " || ".join("setweight(to_tsvector('simple', %s), %s)" for _ in WEIGHTED_FIELDS)
                values = [
                    value
                    for name, weight in WEIGHTED_FIELDS
                    for value in (" ".join(terms_of(getattr(text, name), text.language)[:MAX_TERMS_PER_FIELD]), weight)
                ]
                cursor.execute(
                    f"""INSERT INTO search_vector (number, language, vector) VALUES (%s, %s, {vector})
                    ON CONFLICT (number, language) DO UPDATE SET vector = EXCLUDED.vector""",
                    [text.number, text.language, *values],
                )

    def remove(self, documents: Iterable[tuple[str, int]]) -> None:
        with connection.cursor() as cursor:
            for language, number in documents:
                cursor.execute("DELETE FROM search_vector WHERE number = %s AND language = %s", [number, language])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_vector")

    def frequencies(self, language: str, terms: Iterable[str]) -> dict[str, int]:
        terms = list(terms)
        found = self.numbers_of([self.matching(language, phrase([term])) for term in terms])
        return {term: len(numbers) for term, numbers in zip(terms, found, strict=True)}

    def expression(self, clauses: Sequence[Clause], *, every: bool) -> str:
        ways = [" | ".join(phrase(way.terms) for way in clause.alternatives) for clause in clauses]
        return " & ".join(f"({way})" for way in ways) if every else " | ".join(ways)

    def titles(self, terms: Sequence[str], endings: Sequence[str]) -> str:
        beginnings = " | ".join(f"{lexeme(ending)}:*A" for ending in endings)
        return " & ".join([*(f"{lexeme(term)}:A" for term in terms), f"({beginnings})"])

    def matching(self, language: str, expression: str) -> Sql:
        return Sql(
            """SELECT array_agg(number) AS numbers, NULL::int FROM search_vector
            WHERE language = %s AND vector @@ %s::tsquery""",
            [language, expression],
        )

    def numbers(self, value: object) -> BitMap:
        return BitMap(value or ())

    def scored(self, language: str, expression: str, numbers: BitMap | None = None) -> Sql:
        sql = Sql(
            """SELECT ts_rank('{0.1, 0.2, 0.5, 1.0}', vector, %s::tsquery, 1)::float AS score, number
            FROM search_vector WHERE language = %s AND vector @@ %s::tsquery""",
            [expression, language, expression],
        )
        if numbers is not None:
            sql.text += " AND number = ANY(%s)"
            sql.params.append(list(numbers))
        return sql
