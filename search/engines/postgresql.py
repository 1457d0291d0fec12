"""Search inside PostgreSQL: the same terms in a tsvector column, ranked by coverage and ts_rank."""

from collections.abc import Iterable

from django.db import connection

from ..analysis import terms_of
from ..models import SearchText
from .database import DatabaseEngine, Sql

WEIGHTED_FIELDS = (("title", "A"), ("summary", "B"), ("keywords", "B"), ("body", "C"), ("files", "D"))
# PostgreSQL stores positions up to 16,383 and vectors up to 1 MB; more words than this add nothing.
MAX_TERMS_PER_FIELD = 15_000


def lexeme(term: str) -> str:
    """A term as a quoted tsquery lexeme."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


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
                    f"""INSERT INTO search_vector (entry_id, language, vector) VALUES (%s, %s, {vector})
                    ON CONFLICT (entry_id) DO UPDATE SET language = EXCLUDED.language, vector = EXCLUDED.vector""",
                    [text.pk, text.language, *values],
                )

    def remove(self, entry_ids: Iterable[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_vector WHERE entry_id = ANY(%s)", [list(entry_ids)])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_vector")

    def statistics(self, terms: dict[str, list[str]]) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
        pieces = [Sql("SELECT language, NULL::text, COUNT(*) FROM search_vector GROUP BY language")]
        pieces += [
            Sql(
                """SELECT %s::text, %s::text, COUNT(*) FROM search_vector
                WHERE language = %s AND vector @@ %s::tsquery""",
                [language, term, language, lexeme(term)],
            )
            for language, language_terms in terms.items()
            for term in language_terms
        ]
        query = Sql.join(" UNION ALL ", pieces)
        sizes, frequencies = {}, {}
        with connection.cursor() as cursor:
            cursor.execute(query.text, query.params)
            for language, term, count in cursor.fetchall():
                if term is None:
                    sizes[language] = count
                else:
                    frequencies[language, term] = count
        return sizes, frequencies

    def term_rows(self, language: str, term: str, weight: float) -> Sql:
        return Sql(
            """SELECT entry_id, %s::float AS weight FROM search_vector
            WHERE language = %s AND vector @@ %s::tsquery""",
            [weight, language, lexeme(term)],
        )

    def score_rows(self, language: str, terms: list[str]) -> Sql:
        query = " | ".join(lexeme(term) for term in terms)
        return Sql(
            """SELECT entry_id, ts_rank('{0.1, 0.2, 0.5, 1.0}', vector, %s::tsquery, 1)::float AS score
            FROM search_vector WHERE language = %s AND vector @@ %s::tsquery""",
            [query, language, query],
        )
