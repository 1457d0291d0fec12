"""From a query to a page of results as a reader sees it."""

import heapq
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from catalog.cards import addresses_of_works
from catalog.filter_values import FilterValue
from catalog.kinds import kind_label, kind_named
from catalog.prepared import PreparedQuery, asked

from .engines import current_engine
from .facets import FACETS, value_labels
from .highlighting import Passage, beginning, passage
from .models import SearchText
from .queries import WHOLE_FACET_VALUES, Hit, Matches, SearchPage, SearchQuery
from .spelling import did_you_mean

# Characters of a text in which a passage is looked for first, and at most.
BEGINNING_LENGTH = 8_000
SEARCHED_LENGTH = 20_000


def run_search(query: SearchQuery) -> SearchPage:
    engine = current_engine()
    matches = engine.find(query)
    suggestion = None
    if query.text.strip() and (matches.total == 0 or matches.has_near_words):
        suggestion = did_you_mean(engine, query.text, query.language)
    facets = labelled_facets(query, matches.facets)
    return SearchPage(
        query=query,
        hits=hits_of(query, matches),
        total=matches.total,
        facets=facets,
        omitted={name: len(matches.facets[name]) - counted(values) for name, values in facets.items()},
        did_you_mean=suggestion,
        degraded=matches.degraded,
    )


class FoundText(NamedTuple):
    """What a hit is shown from: its text, no longer than a highlight looks."""

    entry_id: int
    language: str
    title: str
    summary: str
    body: str
    files: str
    keywords: str
    parts: list
    work: UUID
    kind: str
    path: str
    identifier: str


def hits_of(query: SearchQuery, matches: Matches) -> list[Hit]:
    """Reads the beginnings of the texts; more only of those in which nothing is found there."""
    ids = [match.entry_id for match in matches.page]
    by_id = {match.entry_id: match for match in matches.page}
    texts = {row[0]: FoundText(*row) for row in asked(beginnings_query, ids)}
    passages = {pk: passage(text, matches.terms.get(text.language, [])) for pk, text in texts.items()}
    unmarked = [pk for pk, text in texts.items() if passages[pk] is None and is_cut(text)]
    for row in asked(searched_texts_query, unmarked):
        passages[row[0]] = passage(FoundText(*row), matches.terms.get(row[1], []))
    editions = addresses_of_works([text.work for text in texts.values()])
    return [
        Hit(
            id=text.identifier or str(text.work),
            work=text.work,
            language=text.language,
            kind=kind_named(text.kind),
            kind_label=kind_label(text.kind, query.language),
            title=text.title,
            path=text.path,
            summary=text.summary,
            highlight=found.html,
            file=found.file,
            by_subject=by_id[text.entry_id].by_subject,
            part=found.part,
            found_in=found_in if (found_in := by_id[text.entry_id].found_in) in others else "",
            editions=others,
            picked=by_id[text.entry_id].picked,
        )
        for text in (texts[pk] for pk in ids if pk in texts)
        for found in [passages[text.entry_id] or Passage(beginning(text))]
        for others in [{code: path for code, path in editions[text.work].items() if code != text.language}]
    ]


def is_cut(text: FoundText) -> bool:
    return max(len(text.body), len(text.files)) >= BEGINNING_LENGTH


@cache
def beginnings_query(places: int) -> PreparedQuery:
    return texts_query(places, BEGINNING_LENGTH)


@cache
def searched_texts_query(places: int) -> PreparedQuery:
    return texts_query(places, SEARCHED_LENGTH)


def texts_query(places: int, length: int) -> PreparedQuery:
    """`FoundText` of public entries by id, with no more than `length` characters of body and files."""

    def build(now: datetime, *ids: int) -> QuerySet:
        unexpired = Q(entry__expires_at=None) | Q(entry__expires_at__gt=now)
        texts = SearchText.objects.filter(unexpired, entry__in=ids, entry__withdrawn_at=None).order_by()
        starts = {f"{name}_start": Left(name, length) for name in ("body", "files", "keywords")}
        return texts.annotate(**starts).values_list(
            "entry_id", "language", "title", "summary", "body_start", "files_start", "keywords_start", "parts",
            "entry__work", "entry__kind", "entry__path", "identifier",
        )  # fmt: skip

    return PreparedQuery(build, datetime, *[int] * places)


def labelled_facets(query: SearchQuery, counts: dict[str, dict[str, int]]) -> dict[str, list[FilterValue]]:
    """Values of each facet, most works first, in the reader's words; chosen ones are always there."""
    shown: dict[str, list[str]] = {}
    for name in FACETS:
        chosen = query.filters.get(name, ())
        found = counts[name]
        values = [*chosen, *(value for value in found if value not in chosen)]
        limit = WHOLE_FACET_VALUES if name == query.whole else query.values
        shown[name] = heapq.nsmallest(
            limit, values, key=lambda value: (value not in chosen, -found.get(value, 0), value)
        )
    labels = value_labels(query.language, shown)
    return {
        name: [
            FilterValue(value, labels[name, value], counts[name].get(value, 0), value in query.filters.get(name, ()))
            for value in values
        ]
        for name, values in shown.items()
    }


def counted(values: list[FilterValue]) -> int:
    """How many of them something has; a chosen value is shown although nothing has it."""
    return sum(value.count > 0 for value in values)
