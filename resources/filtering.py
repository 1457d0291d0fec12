"""Which works a listing shows, and how many there are behind each filter, from search's bitmaps."""

import hashlib
import unicodedata
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max
from django.utils.datastructures import MultiValueDict

from catalog.models import CatalogEntry, EntryFacet
from search.columns import NOTHING, Passing, current_columns

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
    columns = current_columns()
    of_kind = {
        language: visible & columns.shelves[language].values.get(("kind", choice.kind), NOTHING)
        for language, visible in columns.visible.items()
    }
    passing = Passing(columns, of_kind, {"language": (choice.language,), **choice.filters})
    best: dict[int, tuple[bool, int, int]] = {}
    for language, numbers in passing.by_language.items():
        shelf = columns.shelves[language]
        for number in numbers:
            rank = (language != choice.language, -shelf.published[number], -shelf.entries[number])
            if number not in best or rank < best[number]:
                best[number] = rank
    ids = [-entry_id for _, _, entry_id in sorted(best.values(), key=lambda rank: rank[1:])]
    if choice.sort == "title":
        ids = by_title(ids)
    return Found(ids, passing.counts(FILTERS.get(choice.kind, ())))


def by_title(ids: list[int]) -> list[int]:
    titles = dict(CatalogEntry.objects.filter(pk__in=ids).values_list("pk", "title"))
    return sorted((pk for pk in ids if pk in titles), key=lambda pk: (sort_key(titles[pk]), pk))


def sort_key(title: str) -> str:
    """Without case and accents, so that É stands beside E."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
