"""From a query to a page of results as a reader sees it."""

from django.conf import settings

from catalog.kinds import kind_named
from catalog.models import CatalogEntry
from taxonomy.models import ConceptLabel, License

from .engines import current_engine
from .highlighting import highlight
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


def hits_of(query: SearchQuery, matches: Matches) -> list[Hit]:
    entries = (
        CatalogEntry.objects.public()
        .filter(pk__in=[match.entry_id for match in matches.page])
        .without_publication()
        .select_related("search_text")
        .in_bulk()
    )
    found = [entries[match.entry_id] for match in matches.page if match.entry_id in entries]
    return [
        Hit(
            entry=entry,
            highlight=highlight(entry.search_text, matches.terms.get(entry.language, [])),
            in_reader_language=entry.language == query.language,
        )
        for entry in found
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
    codes = {code for name in ("topic", "country", "target_group") for code in {*counts[name], *filters.get(name, ())}}
    rows = ConceptLabel.objects.filter(
        concept__code__in=codes, language__in=("en", language), is_alternative=False
    ).values_list("concept__scheme", "concept__code", "language", "label")
    for scheme, code, label_language, label in rows:
        if label_language == language or (scheme, code) not in labels:
            labels[scheme, code] = label
    licenses = {*counts["license"], *filters.get("license", ())}
    if licenses:
        for code, short in License.objects.filter(code__in=licenses).values_list("code", "short"):
            labels["license", code] = short
    return labels
