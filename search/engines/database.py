"""What the two engines inside the database share: coverage of the query, works, filters and facets in SQL.

Each term of a query is looked up by itself and weighs more the rarer it is. The share of the
query's weight that a document covers decides first (all words, then most words), the engine's own
relevance score second.
"""

import math
from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.utils import timezone

from catalog.kinds import searchable_kinds

from ..analysis import terms_of
from ..queries import FACETS, MAX_TERMS, Match, Matches, SearchQuery
from .base import SearchEngine

FULL_COVERAGE = 0.999
# Documents that cover less than this share of what the best one covers are no answer.
NEAR_BEST_COVERAGE = 0.4


@dataclass
class Sql:
    """A piece of SQL with the parameters that it needs, in order."""

    text: str
    params: list = field(default_factory=list)

    @classmethod
    def join(cls, separator: str, pieces: "Iterable[Sql]") -> "Sql":
        pieces = list(pieces)
        return cls(separator.join(piece.text for piece in pieces), [p for piece in pieces for p in piece.params])


class DatabaseEngine(SearchEngine):
    @abstractmethod
    def statistics(self, terms: dict[str, list[str]]) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
        """Documents in each language, and documents that have each (language, term)."""

    @abstractmethod
    def term_rows(self, language: str, term: str, weight: float) -> Sql:
        """SELECT entry_id and `weight` of the documents in `language` that have `term`."""

    @abstractmethod
    def score_rows(self, language: str, terms: list[str]) -> Sql:
        """SELECT entry_id and a score, higher being better, of the documents that have any of `terms`."""

    def frequencies(self, language: str, terms: Iterable[str]) -> dict[str, int]:
        terms = list(terms)
        _, found = self.statistics({language: terms})
        return {term: found.get((language, term), 0) for term in terms}

    def find(self, query: SearchQuery) -> Matches:
        languages = query.filters.get("language") or tuple(code for code, _ in settings.LANGUAGES)
        terms = {language: distinct_terms(query.text, language) for language in languages}
        has_text = any(terms.values())
        if query.text.strip() and not has_text:
            return Matches(page=[], total=0, facets={name: {} for name in FACETS}, terms=terms)
        matched = self.matched_by_text(terms, query.language) if has_text else ALL_ENTRIES
        if matched is None:
            return Matches(page=[], total=0, facets={name: {} for name in FACETS}, terms=terms)
        page, total = self.page_of_works(query, matched)
        return Matches(page=page, total=total, facets=self.facet_counts(query, matched), terms=terms)

    def matched_by_text(self, terms: dict[str, list[str]], reader_language: str) -> Sql | None:
        """WITH … matched(entry_id, coverage, score, partial); None when no document has any of the terms."""
        sizes, frequencies = self.statistics(terms)
        term_hits, scores = [], []
        for language, language_terms in terms.items():
            known = [term for term in language_terms if frequencies.get((language, term))]
            if not known:
                continue
            weights = term_weights(language_terms, sizes.get(language, 0), frequencies, language)
            term_hits += [self.term_rows(language, term, weights[term]) for term in known]
            rows = self.score_rows(language, known)
            known_weight = sum(weights[term] for term in known)
            scores.append(
                Sql(f"SELECT r.entry_id, r.score, %s AS known FROM ({rows.text}) r", [known_weight, *rows.params])
            )
        if not term_hits:
            return None
        hits, score = Sql.join(" UNION ALL ", term_hits), Sql.join(" UNION ALL ", scores)
        return Sql(
            f"""term_hits AS ({hits.text}),
            coverages AS (SELECT entry_id, SUM(weight) AS coverage FROM term_hits GROUP BY entry_id),
            best AS (SELECT MAX(coverage) AS coverage FROM coverages),
            scores AS ({score.text}),
            matched AS (
                SELECT c.entry_id, c.coverage, s.score,
                    CASE WHEN c.coverage >= s.known * {FULL_COVERAGE} THEN 0 ELSE 1 END AS partial
                FROM coverages c JOIN scores s ON s.entry_id = c.entry_id
                WHERE c.coverage >= (SELECT coverage FROM best) * {NEAR_BEST_COVERAGE})""",
            [*hits.params, *score.params],
        )

    def page_of_works(self, query: SearchQuery, matched: Sql) -> tuple[list[Match], int]:
        """One row for each work, its best edition: in the reader's language, then the best match."""
        where = visible_and_filtered(query, FACETS)
        with connection.cursor() as cursor:
            cursor.execute(
                f"""WITH {matched.text},
                ranked AS (
                    SELECT e.id, e.published_at, m.partial, m.score,
                        CASE WHEN e.language = %s THEN 0 ELSE 1 END AS foreign_language,
                        ROW_NUMBER() OVER (PARTITION BY e.work ORDER BY
                            CASE WHEN e.language = %s THEN 0 ELSE 1 END, m.coverage DESC, m.score DESC, e.id) AS place
                    FROM matched m JOIN catalog_catalogentry e ON e.id = m.entry_id
                    WHERE {where.text})
                SELECT id, score, COUNT(*) OVER () FROM ranked WHERE place = 1
                ORDER BY foreign_language, partial, score DESC, published_at DESC, id
                LIMIT %s OFFSET %s""",
                [
                    *matched.params,
                    query.language,
                    query.language,
                    *where.params,
                    query.size,
                    (query.page - 1) * query.size,
                ],
            )
            rows = cursor.fetchall()
            if not rows and query.page > 1:
                cursor.execute(
                    f"""WITH {matched.text}
                    SELECT COUNT(DISTINCT e.work) FROM matched m JOIN catalog_catalogentry e ON e.id = m.entry_id
                    WHERE {where.text}""",
                    [*matched.params, *where.params],
                )
                return [], cursor.fetchone()[0]
        return [Match(entry_id=pk, score=score) for pk, score, _ in rows], rows[0][2] if rows else 0

    def facet_counts(self, query: SearchQuery, matched: Sql) -> dict[str, dict[str, int]]:
        """How many works each value would leave. A facet's own choice does not hide its other values."""
        chosen = [name for name in FACETS if query.filters.get(name)]
        groups = [([name for name in FACETS if name not in chosen], FACETS)]
        groups += [([name], [other for other in FACETS if other != name]) for name in chosen]
        selects = []
        for counted, applied in groups:
            if not counted:
                continue
            where = visible_and_filtered(query, applied)
            names = ", ".join(["%s"] * len(counted))
            selects.append(
                Sql(
                    f"""SELECT f.name, f.value, COUNT(DISTINCT e.work)
                    FROM matched m JOIN catalog_catalogentry e ON e.id = m.entry_id
                    JOIN catalog_entryfacet f ON f.entry_id = e.id
                    WHERE f.name IN ({names}) AND {where.text} GROUP BY f.name, f.value""",
                    [*counted, *where.params],
                )
            )
        counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        union = Sql.join(" UNION ALL ", selects)
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {matched.text} {union.text}", [*matched.params, *union.params])
            for name, value, count in cursor.fetchall():
                counts[name][value] = count
        return counts


ALL_ENTRIES = Sql(
    "matched AS (SELECT id AS entry_id, 1.0 AS coverage, 0.0 AS score, 0 AS partial FROM catalog_catalogentry)"
)


def distinct_terms(text: str, language: str) -> list[str]:
    return list(dict.fromkeys(terms_of(text, language)))[:MAX_TERMS]


def term_weights(
    terms: list[str], size: int, frequencies: dict[tuple[str, str], int], language: str
) -> dict[str, float]:
    """The share of each term in the weight of the query, 1 in all; a rare word weighs more (BM25's idf)."""
    rarity = {
        term: math.log(1 + (size - count + 0.5) / (count + 0.5))
        for term in terms
        for count in [min(frequencies.get((language, term), 0), size)]
    }
    total = sum(rarity.values()) or 1
    return {term: value / total for term, value in rarity.items()}


def visible_and_filtered(query: SearchQuery, facets: Iterable[str]) -> Sql:
    """The condition on entry `e`: public at this moment, and one of the chosen values of each facet."""
    kinds = searchable_kinds()
    pieces = [
        Sql("e.withdrawn_at IS NULL"),
        Sql("(e.expires_at IS NULL OR e.expires_at > %s)", [timezone.now()]),
        Sql(f"e.kind IN ({', '.join(['%s'] * len(kinds))})", kinds),
    ]
    for name in facets:
        values = query.filters.get(name)
        if values:
            pieces.append(
                Sql(
                    f"""EXISTS (SELECT 1 FROM catalog_entryfacet x WHERE x.entry_id = e.id AND x.name = %s
                    AND x.value IN ({", ".join(["%s"] * len(values))}))""",
                    [name, *values],
                )
            )
    return Sql.join(" AND ", pieces)
