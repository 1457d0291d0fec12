"""Subjects by their names: a reader's word for a topic finds what is about it in every language."""

from collections.abc import Mapping

from taxonomy.labels import labels
from taxonomy.models import ConceptLabel, Scheme

from .analysis import terms_of
from .clauses import Parsed
from .columns import NOTHING, Columns, Value
from .facets import VOCABULARIES
from .queries import Numbers

# A name as the set of its terms.
Terms = frozenset[str]


def about_named_subjects(asked: Parsed, language: str, columns: Columns) -> Numbers:
    """The documents by language that are about what the words of a query, all together, are the name of."""
    if asked.phrases or asked.excluded:
        return {}
    values = subjects_by_name(language).get(frozenset(terms_of(" ".join(asked.words), language)), ())
    found = {
        code: visible & NOTHING.union(*(columns.shelves[code].values.get(value, NOTHING) for value in values))
        for code, visible in (columns.visible.items() if values else ())
    }
    return {code: numbers for code, numbers in found.items() if numbers}


def topics_called(text: str, language: str) -> list[str]:
    """The codes of topics that are called so in another language than the reader's, in one of the usual spellings."""
    spellings = {text, text.lower(), text.capitalize(), text.title()}
    rows = ConceptLabel.objects.filter(concept__scheme=Scheme.TOPIC, label__in=spellings).exclude(language=language)
    return list(rows.order_by("concept__code").values_list("concept__code", flat=True).distinct())


def subjects_by_name(language: str) -> Mapping[Terms, set[Value]]:
    """Facet values by what they are called in `language`, other names included; one query where it is not known yet."""
    return labels.remembered(("subjects by name", language), lambda: read_subjects(language))


def read_subjects(language: str) -> dict[Terms, set[Value]]:
    rows = ConceptLabel.objects.filter(language=language, concept__scheme__in=VOCABULARIES)
    found: dict[Terms, set[Value]] = {}
    for scheme, code, label in rows.values_list("concept__scheme", "concept__code", "label"):
        if terms := frozenset(terms_of(label, language)):
            found.setdefault(terms, set()).add((scheme, code))
    return found
