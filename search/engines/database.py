"""What the two engines inside the database share: which documents match, and how well, in one query.

Each term of a query is looked up by itself and weighs more the rarer it is. The share of the
query's weight that a document covers decides first (all words, then most words), the engine's own
relevance score second.
"""

import math
import time
from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from ..analysis import terms_of
from ..queries import FACETS, MAX_TERMS, Matches, SearchQuery
from .arranging import Candidate, arranged
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

    def languages_in_use(self, languages: list[str]) -> set[str]:
        """Those of `languages` that are worth looking into, at least all that have documents."""
        return set(languages)

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
        matched = self.matched_by_text(terms) if has_text else ALL_DOCUMENTS
        candidates = self.candidates(matched, has_coverages=any(len(found) > 1 for found in terms.values()))
        page, total, facets = arranged(candidates, query)
        return Matches(page=page, total=total, facets=facets, terms=terms)

    def candidates(self, matched: Sql | None, *, has_coverages: bool) -> list[Candidate]:
        """Every public document that matches, whatever the filters: they and the counts need no more than this.

        What is hidden is asked for in the words of the partial index `catalog_hidden`, so that it is found there.
        `has_coverages`: some documents may cover less of the query than others.
        """
        if matched is None:
            return []
        near_best = f"AND m.coverage >= (SELECT MAX(coverage) FROM matched) * {NEAR_BEST_COVERAGE}"
        with connection.cursor() as cursor:
            cursor.execute(
                f"""WITH matched AS ({matched.text})
                SELECT d.entry_id, m.coverage, m.score, m.partial, d.work, d.language, d.published, d.facets
                FROM matched m JOIN search_searchdocument d ON d.entry_id = m.entry_id
                WHERE (d.expires IS NULL OR d.expires > %s)
                AND d.entry_id NOT IN (
                    SELECT id FROM catalog_catalogentry WHERE withdrawn_at IS NOT NULL AND NOT (digest = ''))
                {near_best if has_coverages else ""}""",
                [*matched.params, int(time.time())],
            )
            return cursor.fetchall()

    def matched_by_text(self, terms: dict[str, list[str]]) -> Sql | None:
        """SELECT entry_id, coverage, score, partial; None when no document has any of the terms."""
        used = self.languages_in_use(list(terms))
        terms = {language: found for language, found in terms.items() if found and language in used}
        if all(len(found) < 2 for found in terms.values()):
            # Nothing to weigh against each other.
            pieces = [self.matched_in_language(code, dict.fromkeys(found, 1.0)) for code, found in terms.items()]
            return Sql.join(" UNION ALL ", pieces) if pieces else None
        sizes, frequencies = self.statistics(terms)
        pieces = []
        for language, language_terms in terms.items():
            known = [term for term in language_terms if frequencies.get((language, term))]
            if not known:
                continue
            weights = term_weights(language_terms, sizes.get(language, 0), frequencies, language)
            pieces.append(self.matched_in_language(language, {term: weights[term] for term in known}))
        return Sql.join(" UNION ALL ", pieces) if pieces else None

    def matched_in_language(self, language: str, weights: dict[str, float]) -> Sql:
        scores = self.score_rows(language, list(weights))
        if len(weights) == 1:
            weight = next(iter(weights.values()))
            return Sql(
                f"SELECT s.entry_id, {weight:.6f} AS coverage, s.score, 0 AS partial FROM ({scores.text}) s",
                scores.params,
            )
        # Added up rather than joined: a join would look up every document's score by itself.
        hits = [self.term_rows(language, term, weight) for term, weight in weights.items()]
        rows = Sql.join(
            " UNION ALL ",
            [
                *(Sql(f"SELECT h.entry_id, h.weight, 0.0 AS score FROM ({hit.text}) h", hit.params) for hit in hits),
                Sql(f"SELECT s.entry_id, 0.0 AS weight, s.score FROM ({scores.text}) s", scores.params),
            ],
        )
        complete = sum(weights.values()) * FULL_COVERAGE
        return Sql(
            f"""SELECT entry_id, SUM(weight) AS coverage, SUM(score) AS score,
            CASE WHEN SUM(weight) >= {complete:.6f} THEN 0 ELSE 1 END AS partial
            FROM ({rows.text}) r GROUP BY entry_id""",
            rows.params,
        )


ALL_DOCUMENTS = Sql("SELECT entry_id, 1.0 AS coverage, 0.0 AS score, 0 AS partial FROM search_searchdocument")


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
