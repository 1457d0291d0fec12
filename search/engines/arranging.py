"""From the documents that match to a page of works and the counts of facets, in one pass over them.

Documents share few combinations of facet values, so each combination is read, judged and counted once.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from ..queries import FACETS, Match, SearchQuery

# entry id, coverage, score, 1 if words are missing, work, language, microseconds since 1970, facets line by line
Candidate = tuple[int, float, float, int, UUID | str, str, int, str]
Values = frozenset[tuple[str, str]]


@lru_cache(maxsize=20_000)
def values_of(facets: str) -> Values:
    return frozenset((name, value) for name, _, value in (line.partition("=") for line in facets.split("\n")))


class FilterCount:
    """Judges documents by the chosen filters, and counts works by the values that they would leave.

    A work counts once for each value of its editions. A filter's own choice does not hide its other values:
    what misses only that one counts for it.
    """

    def __init__(self, chosen: Mapping[str, Iterable[str]]) -> None:
        self.chosen = {name: set(values) for name, values in chosen.items() if values}
        self.verdicts: dict[str, tuple[str, ...]] = {}
        # Facets by work: of what passes all filters (""), and of what passes all but one.
        self.passing: dict[str, dict] = {name: {} for name in ("", *self.chosen)}

    def passes(self, work: UUID | str, facets: str) -> bool:
        """Whether a document of this work passes all filters; counted either way."""
        missed = self.verdicts.get(facets)
        if missed is None:
            missed = self.verdicts[facets] = missed_by(values_of(facets), self.chosen)
        if len(missed) > 1:
            return False
        for counted in [self.passing[missed[0]]] if missed else self.passing.values():
            known = counted.get(work)
            counted[work] = facets if known is None or known == facets else merged(known, facets)
        return not missed

    def passes_all(self, candidates: Sequence[Candidate]) -> None:
        """The same as `passes` for each of them, where no filter is chosen."""
        counted = {row[4]: row[7] for row in candidates}
        if len(counted) < len(candidates):
            for row in candidates:
                known = counted[row[4]]
                if known != row[7]:
                    counted[row[4]] = merged(known, row[7])
        self.passing[""] = counted

    def counts(self, names: Iterable[str]) -> dict[str, dict[str, int]]:
        """Works by value for each of `names`; a chosen one is counted over what passes the other filters."""
        result: dict[str, dict[str, int]] = {name: {} for name in names}
        for group, facets_by_work in self.passing.items():
            asked = {group} if group else result.keys() - self.chosen.keys()
            totals: dict[tuple[str, str], int] = {}
            for facets, number in Counter(facets_by_work.values()).items():
                for value in values_of(facets):
                    totals[value] = totals.get(value, 0) + number
            for (name, value), number in totals.items():
                if name in asked and name in result:
                    result[name][value] = number
        return result


def arranged(candidates: Sequence[Candidate], query: SearchQuery) -> tuple[list[Match], int, dict[str, dict[str, int]]]:
    """One match for each work, on the page asked for; how many works there are; works by facet and value.

    A work is shown in the reader's language where it can be.
    """
    count = FilterCount(query.filters)
    if query.filters:
        candidates = [row for row in candidates if count.passes(row[4], row[7])]
    else:
        count.passes_all(candidates)
    best = {row[4]: row for row in candidates}
    if len(best) < len(candidates):
        best = {}
        for row in candidates:
            other = best.get(row[4])
            if other is None or standing(row, query.language) < standing(other, query.language):
                best[row[4]] = row
    return page_of(best.values(), query), len(best), count.counts(FACETS)


def standing(row: Candidate, language: str) -> tuple:
    """Of several editions of a work the least one stands for it."""
    entry_id, coverage, score, _, _, row_language, _, _ = row
    return (row_language != language, -coverage, -score, entry_id)


def missed_by(values: Values, chosen: dict[str, set[str]]) -> tuple[str, ...]:
    """The chosen facets of which none of the chosen values is there."""
    return tuple(name for name, wanted in chosen.items() if not any((name, value) in values for value in wanted))


def merged(one: str, other: str) -> str:
    return "\n".join(sorted({*one.split("\n"), *other.split("\n")}))


def page_of(rows: Iterable[Candidate], query: SearchQuery) -> list[Match]:
    """The reader's language first, all words before most words, then relevance, then what is newer."""
    first = (query.page - 1) * query.size
    language = query.language
    ordered = heapq.nsmallest(
        first + query.size,
        [
            (row_language != language, partial, -score, -published, entry_id)
            for entry_id, _, score, partial, _, row_language, published, _ in rows
        ],
    )
    return [Match(entry_id=entry_id, score=-score) for _, _, score, _, entry_id in ordered[first:]]
