"""From a query to a page of results as a reader sees it."""

from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models.functions import Left

from catalog.kinds import kind_named
from taxonomy.labels import labels as concept_labels

from .engines import current_engine
from .highlighting import SEARCHED_LENGTH, highlight
from .models import SearchText
from .queries import FACETS, FacetValue, Hit, Matches, SearchPage, SearchQuery
from .spelling import did_you_mean

FACET_LIMIT = 30


def run_search(query: SearchQuery) -> SearchPage:
    engine = current_engine()
    matches = engine.find(query)
    suggestion = None
    if query.text.strip() and matches.total == 0:
        suggestion = did_you_mean(engine, query.text, query.language)
    return SearchPage(
        query=query,
        hits=hits_of(query, matches),
        total=matches.total,
        facets=labelled_facets(query, matches.facets),
        did_you_mean=suggestion,
    )


class FoundText(NamedTuple):
    """What a hit is shown from: its text, no longer than a highlight looks."""

    entry_id: int
    language: str
    title: str
    summary: str
    body: str
    files: str
    work: UUID
    kind: str
    path: str
    identifier: str


def hits_of(query: SearchQuery, matches: Matches) -> list[Hit]:
    rows = (
        SearchText.objects.filter(entry__in=[match.entry_id for match in matches.page], entry__withdrawn_at=None)
        .annotate(body_start=Left("body", SEARCHED_LENGTH), files_start=Left("files", SEARCHED_LENGTH))
        .values_list(
            "entry_id", "language", "title", "summary", "body_start", "files_start",
            "entry__work", "entry__kind", "entry__path", "entry__search_document__identifier",
        )
    )  # fmt: skip
    texts = {text.entry_id: text for text in map(FoundText._make, rows)}
    found = [texts[match.entry_id] for match in matches.page if match.entry_id in texts]
    return [
        Hit(
            id=text.identifier or str(text.work),
            work=text.work,
            language=text.language,
            kind=kind_named(text.kind),
            title=text.title,
            path=text.path,
            summary=text.summary,
            highlight=highlight(text, matches.terms.get(text.language, [])),
        )
        for text in found
    ]


def labelled_facets(query: SearchQuery, counts: dict[str, dict[str, int]]) -> dict[str, list[FacetValue]]:
    """Values of each facet, most works first, in the reader's words; chosen ones are always there."""
    labels = facet_labels(query.language, counts, query.filters)
    facets = {}
    for name in FACETS:
        chosen = query.filters.get(name, ())
        values = {**dict.fromkeys(chosen, 0), **counts[name]}
        ranked = sorted(values, key=lambda value: (value not in chosen, -values[value], value))
        facets[name] = [
            FacetValue(
                value=value,
                label=labels.get((name, value), value),
                count=values[value],
                chosen=value in chosen,
            )
            for value in ranked[:FACET_LIMIT]
        ]
    return facets


def facet_labels(
    language: str, counts: dict[str, dict[str, int]], filters: dict[str, tuple[str, ...]]
) -> dict[tuple[str, str], str]:
    labels: dict[tuple[str, str], str] = {("language", code): name for code, name in settings.LANGUAGES}
    for value in {*counts["kind"], *filters.get("kind", ())}:
        try:
            labels["kind", value] = str(kind_named(value).plural)
        except KeyError:
            continue
    keys = [
        (name, code)
        for name in ("topic", "country", "target_group")
        for code in dict.fromkeys([*counts[name], *filters.get(name, ())])
    ]
    labels |= concept_labels.concepts(keys, language)
    labels |= {("license", code): short for code, short in concept_labels.license_names().items()}
    return labels
