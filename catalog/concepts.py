"""Public pages of concepts: what is there about a topic, a country, a goal, read from the catalog."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import path, register_converter
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from taxonomy.models import Concept, ConceptAlias, ConceptLabel, Scheme

from .cards import cards_in_order
from .frame import frame
from .models import CatalogEntry, EntryFacet
from .showing import nearest_editions

PAGE_SIZE = 18
# How many steps up are shown: a town's region, its state, its country, and one to spare.
ABOVE = "broader__broader__broader__broader"

Key = tuple[str, str]


@dataclass(frozen=True)
class Shelf:
    """How a vocabulary is shown: the first word of its addresses, its name, and whether its own order is kept."""

    segment: str
    title: str | Promise
    in_own_order: bool = False


SHELVES: Mapping[Scheme, Shelf] = {
    Scheme.TOPIC: Shelf("topics", _("Topics")),
    Scheme.TARGET_GROUP: Shelf("target-groups", _("Target groups")),
    Scheme.GOAL: Shelf("goals", _("Sustainable development goals"), in_own_order=True),
    Scheme.COUNTRY: Shelf("countries", _("Countries")),
    Scheme.REGION: Shelf("regions", _("Regions")),
    Scheme.EDUCATION_LEVEL: Shelf("educational-levels", _("Educational levels"), in_own_order=True),
    Scheme.RESOURCE_TYPE: Shelf("resource-types", _("Types of resources")),
    Scheme.FIELD: Shelf("fields", _("Fields of education"), in_own_order=True),
}
SCHEMES = {shelf.segment: scheme for scheme, shelf in SHELVES.items()}


class SchemeConverter:
    """`topics` in an address is `Scheme.TOPIC` for the view."""

    regex = "|".join(SCHEMES)

    def to_python(self, value: str) -> Scheme:
        return SCHEMES[value]

    def to_url(self, value: str) -> str:
        return SHELVES[Scheme(value)].segment


register_converter(SchemeConverter, "scheme")


@dataclass(frozen=True, slots=True)
class Link:
    """A concept as a link; `count` is the number of public works about it."""

    label: str
    path: str
    count: int = 0


@require_safe
def show_concept(request: HttpRequest, scheme: Scheme, code: str) -> HttpResponse:
    concept = concept_of(scheme, code)
    if concept is None:
        return show_unknown(request, scheme)
    if concept.code != code or concept.scheme != scheme:
        return HttpResponsePermanentRedirect(concept_path(concept, get_language()))
    language = get_language()
    above = concepts_above(concept)
    narrower = list(concept.narrower.order_by("position", "code"))
    labels = labels_of([concept, *above, *narrower], language)
    works = works_about(scheme, code, language)
    page = Paginator(works, PAGE_SIZE).get_page(request.GET.get("page"))
    names = list(concept.labels.all())
    context = {
        **frame(request, language, editions(lambda code: concept_path(concept, code))),
        "shelf": SHELVES[scheme],
        "shelf_path": shelf_path(scheme, language),
        "kind": scheme.label,
        "concept": concept,
        "label": labels[concept.pk],
        "other_names": distinct_names(concept.other_labels(language), labels[concept.pk]),
        "foreign_names": [
            (row.language, row.label)
            for row in in_order(names)
            if not row.is_alternative and row.language != language and row.label != labels[concept.pk]
        ],
        "above": without_repeated_labels([Link(labels[other.pk], concept_path(other, language)) for other in above]),
        "narrower": links_with_counts(narrower, labels, language),
        "page": page,
        "feed_url": f"/{language}/feed/topic/{concept.code}/" if scheme == Scheme.TOPIC else "",
        "cards": cards_in_order(list(page.object_list)),
        "noindex": not works,
    }
    return render(request, "catalog/concept.html", context)


@require_safe
def show_concepts(request: HttpRequest, scheme: Scheme) -> HttpResponse:
    """All concepts of a vocabulary that something public is about, with the number of works."""
    language = get_language()
    counts = counts_of({scheme})
    found = list(Concept.objects.in_scheme(scheme).filter(code__in=[code for _, code in counts]))
    labels = labels_of(found, language)
    if not SHELVES[scheme].in_own_order:
        found.sort(key=lambda concept: labels[concept.pk].casefold())
    context = {
        **frame(request, language, editions(lambda code: shelf_path(scheme, code))),
        "shelf": SHELVES[scheme],
        "links": [
            Link(labels[concept.pk], concept_path(concept, language), counts[concept.scheme, concept.code])
            for concept in found
        ],
        "noindex": not found,
    }
    return render(request, "catalog/concepts.html", context)


def show_unknown(request: HttpRequest, scheme: Scheme) -> HttpResponse:
    language = get_language()
    context = {
        **frame(request, language, {}),
        "shelf": SHELVES[scheme],
        "shelf_path": shelf_path(scheme, language),
    }
    return render(request, "catalog/concept_unknown.html", context, status=404)


def shelf_path(scheme: str, language: str) -> str:
    return f"/{language}/{SHELVES[Scheme(scheme)].segment}/"


def concept_path(concept: Concept, language: str) -> str:
    return f"{shelf_path(concept.scheme, language)}{concept.code}/"


def editions(path_in: Callable[[str], str]) -> dict[str, str]:
    """The page of a concept is there in every language."""
    return {code: path_in(code) for code, _name in settings.LANGUAGES}


def concept_of(scheme: Scheme, code: str) -> Concept | None:
    """What the code names, or named before it was merged; upper and lower case are told apart only if they must be."""
    concepts = Concept.objects.in_scheme(scheme).with_labels().select_related(ABOVE)
    found = sorted(concepts.filter(code__iexact=code), key=lambda concept: concept.code != code)
    if found:
        return found[0]
    alias = ConceptAlias.objects.filter(scheme=scheme, code__iexact=code).select_related("concept").first()
    return alias.concept if alias else None


def without_repeated_labels(links: list[Link]) -> list[Link]:
    """Of concepts one inside the other that are called the same, as some regions are, the innermost."""
    labels = [*(link.label for link in links[1:]), None]
    return [link for link, inner_label in zip(links, labels, strict=False) if link.label != inner_label]


def concepts_above(concept: Concept) -> list[Concept]:
    """The widest first."""
    above: list[Concept] = []
    for _step in ABOVE.split("__"):
        concept = concept.broader
        if concept is None:
            break
        above.insert(0, concept)
    return above


def labels_of(concepts: list[Concept], language: str) -> dict[int, str]:
    """By id, in one query: in `language`, else in English, else the code."""
    labels = {concept.pk: concept.code for concept in concepts}
    rows = ConceptLabel.objects.filter(
        concept__in=labels, language__in=("en", language), is_alternative=False
    ).values_list("concept_id", "language", "label")
    for pk, _language, label in sorted(rows, key=lambda row: row[1] == language):
        labels[pk] = label
    return labels


def in_order(rows: list[ConceptLabel]) -> list[ConceptLabel]:
    order = [code for code, _ in settings.LANGUAGES]
    return sorted(rows, key=lambda row: order.index(row.language) if row.language in order else len(order))


def distinct_names(names: list[str], shown: str) -> list[str]:
    """Spellings that differ only in the apostrophe or in capitals are kept for search, but not shown twice."""
    found = {name.replace("’", "'").casefold(): name for name in [*names, shown]}
    return [name for name in found.values() if name != shown]


def works_about(scheme: str, code: str, language: str) -> list[int]:
    """Ids of entries, one for each public work: what is in the reader's language first, then the newest."""
    entries = CatalogEntry.objects.public().searchable().with_facet(scheme, [code]).newest_first()
    rows = nearest_editions(entries.values_list("work", "language", "pk", named=True), language)
    return [row.pk for row in sorted(rows, key=lambda row: row.language != language)]


def counts_of(schemes: set[str], codes: list[str] | None = None) -> dict[Key, int]:
    """The number of public works by vocabulary and code; what has none is left out."""
    facets = EntryFacet.objects.filter(name__in=schemes, entry__in=CatalogEntry.objects.public().searchable())
    if codes is not None:
        facets = facets.filter(value__in=codes)
    rows = facets.values_list("name", "value").annotate(works=Count("entry__work", distinct=True)).order_by()
    return {(name, value): works for name, value, works in rows}


def links_with_counts(concepts: list[Concept], labels: dict[int, str], language: str) -> list[Link]:
    counts = counts_of({concept.scheme for concept in concepts}, [concept.code for concept in concepts])
    return [
        Link(labels[concept.pk], concept_path(concept, language), counts.get((concept.scheme, concept.code), 0))
        for concept in concepts
    ]


addresses = [
    path("<scheme:scheme>/", show_concepts, name="concepts"),
    path("<scheme:scheme>/<slug:code>/", show_concept, name="concept"),
]
