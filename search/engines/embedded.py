"""Search inside SQLite: one FTS5 table for each language, so that a word's rarity is that of its language."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection

from ..analysis import terms_of
from ..models import SearchText
from .database import DatabaseEngine, Sql

FIELDS = ("title", "summary", "keywords", "body", "files")
FIELD_WEIGHTS = "8.0, 3.0, 3.0, 1.0, 0.5"


def table(language: str) -> str:
    """The name of a language's index; refuses anything that is not one of the site's languages."""
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"{language!r} is not a language of this site.")
    return f"search_fts_{language}"


def quoted(term: str) -> str:
    """A term as an FTS5 string. Terms are letters and digits only; the quotes keep words like OR harmless."""
    return '"' + term.replace('"', '""') + '"'


class EmbeddedEngine(DatabaseEngine):
    def index(self, texts: Iterable[SearchText]) -> None:
        with connection.cursor() as cursor:
            for text in texts:
                name = table(text.language)
                cursor.execute(f"DELETE FROM {name} WHERE rowid = %s", [text.pk])
                values = [" ".join(terms_of(getattr(text, field), text.language)) for field in FIELDS]
                cursor.execute(
                    f"INSERT INTO {name} (rowid, {', '.join(FIELDS)}) VALUES (%s, %s, %s, %s, %s, %s)",
                    [text.pk, *values],
                )

    def remove(self, entry_ids: Iterable[int]) -> None:
        entry_ids = list(entry_ids)
        marks = ", ".join(["%s"] * len(entry_ids))
        with connection.cursor() as cursor:
            for language, _ in settings.LANGUAGES:
                cursor.execute(f"DELETE FROM {table(language)} WHERE rowid IN ({marks})", entry_ids)

    def clear(self) -> None:
        with connection.cursor() as cursor:
            for language, _ in settings.LANGUAGES:
                cursor.execute(f"DELETE FROM {table(language)}")

    def languages_in_use(self, languages: list[str]) -> set[str]:
        pieces = [
            Sql(f"SELECT %s WHERE EXISTS (SELECT 1 FROM {table(language)}_docsize)", [language])
            for language in languages
        ]
        query = Sql.join(" UNION ALL ", pieces)
        with connection.cursor() as cursor:
            cursor.execute(query.text, query.params)
            return {language for (language,) in cursor.fetchall()}

    def statistics(self, terms: dict[str, list[str]]) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
        pieces = []
        for language, language_terms in terms.items():
            pieces.append(Sql(f"SELECT %s, NULL, COUNT(*) FROM {table(language)}_docsize", [language]))
            if language_terms:
                marks = ", ".join(["%s"] * len(language_terms))
                pieces.append(
                    Sql(
                        f"SELECT %s, term, doc FROM {table(language)}_terms WHERE term IN ({marks})",
                        [language, *language_terms],
                    )
                )
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
        name = table(language)
        return Sql(f"SELECT rowid AS entry_id, %s AS weight FROM {name} WHERE {name} MATCH %s", [weight, quoted(term)])

    def score_rows(self, language: str, terms: list[str]) -> Sql:
        name = table(language)
        return Sql(
            f"SELECT rowid AS entry_id, -bm25({name}, {FIELD_WEIGHTS}) AS score FROM {name} WHERE {name} MATCH %s",
            [" OR ".join(quoted(term) for term in terms)],
        )
