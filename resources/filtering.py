"""Which works a listing shows, and how many there are behind each filter, from search's small rows in one query.

Documents share few combinations of values, so each combination is judged once, as search does it.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from catalog.models import CatalogEntry, EntryFacet
from search.engines.arranging import FilterCount
from search.models import SearchDocument

FILTERS = {
    "blueprint": ("topic", "country", "target_group", "license", "language"),
    "toolkit": ("format", "topic", "country", "target_group", "license", "language"),
    "plan": ("region", "topic", "country", "target_group", "license", "language"),
    "project": ("topic", "country", "target_group", "language"),
    "event": ("topic", "country", "target_group", "language"),
    "news": ("topic", "country", "target_group", "language"),
}
SORTS = ("newest", "title")
MAX_VALUES = 50
MAX_LENGTH = 100
CACHE_SECONDS = 300

# entry id, work, language, microseconds since 1970, facets line by line
Row = tuple[int, object, str, int, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asks of a listing; `filters` holds only what was chosen."""

    kind: str
    language: str
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = SORTS[0]


@dataclass(frozen=True, slots=True)
class Found:
    """Entry ids in order, one for each work, and how many works each value of each filter has."""

    ids: list[int]
    counts: dict[str, dict[str, int]]


def choice_from(query: MultiValueDict, kind: str, language: str) -> Choice:
    """What makes no sense is left out: a listing has no way to go wrong."""
    filters = {}
    for name in FILTERS.get(kind, ()):
        values = [value for value in query.getlist(name) if value and "\x00" not in value and len(value) <= MAX_LENGTH]
        if name == "language":
            values = [value for value in values if value in dict(settings.LANGUAGES)]
        if values:
            filters[name] = tuple(dict.fromkeys(values))[:MAX_VALUES]
    sort = query.get("sort", "")
    return Choice(kind, language, filters, sort if sort in SORTS else SORTS[0])


def find(choice: Choice) -> Found:
    """What `look_up` found, kept until anything of this kind changes, appears or goes, by the clock too."""
    key = hashlib.sha256(repr((choice, state_of(choice.kind))).encode()).hexdigest()
    return cache.get_or_set(f"listing-{key}", lambda: look_up(choice), CACHE_SECONDS)


def state_of(kind: str) -> tuple[int | None, int]:
    """Differs whenever the answers may: entries that are written get new rows of facets, those that go are missing.

    Both are read from indexes alone, whatever the number of entries.
    """
    languages = [code for code, _ in settings.LANGUAGES]
    newest = EntryFacet.objects.aggregate(newest=Max("pk"))["newest"]
    return newest, CatalogEntry.objects.public().of_kind(kind).filter(language__in=languages).count()


def look_up(choice: Choice) -> Found:
    """Without a language being chosen, what there is in the reader's own."""
    count = FilterCount({"language": (choice.language,), **choice.filters})
    best: dict[object, tuple[bool, int, int]] = {}
    for entry_id, work, language, published, facets in rows_of(choice.kind):
        if count.passes(work, facets):
            rank = (language != choice.language, -published, -entry_id)
            if work not in best or rank < best[work]:
                best[work] = rank
    ids = [-entry_id for _, _, entry_id in sorted(best.values(), key=lambda rank: rank[1:])]
    if choice.sort == "title":
        ids = by_title(ids)
    return Found(ids, count.counts(FILTERS.get(choice.kind, ())))


def rows_of(kind: str) -> Iterable[Row]:
    """Of every public entry of this kind, in all languages."""
    line = f"kind={kind}"
    documents = SearchDocument.objects.filter(
        Q(expires=None) | Q(expires__gt=int(timezone.now().timestamp())), facets__contains=line
    ).exclude(entry__in=CatalogEntry.objects.exclude(withdrawn_at=None).exclude(digest="").values("pk"))
    rows = documents.values_list("entry_id", "work", "language", "published", "facets")
    return (row for row in rows if line in row[4].split("\n"))


def by_title(ids: list[int]) -> list[int]:
    titles = dict(CatalogEntry.objects.filter(pk__in=ids).values_list("pk", "title"))
    return sorted((pk for pk in ids if pk in titles), key=lambda pk: (sort_key(titles[pk]), pk))


def sort_key(title: str) -> str:
    """Without case and accents, so that É stands beside E."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
