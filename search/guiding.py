"""What editors tell search, as it is used: read once after each change, which every process notices (`columns.py`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from pyroaring import BitMap

from .analysis import terms_of
from .clauses import Parsed, Ways
from .columns import NOTHING, Columns
from .guidance import MAX_PICKS, EditorsPick, PickedWork, Synonyms
from .marks import new_guidance
from .models import SearchWork
from .queries import SORTS, Numbers, SearchQuery

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """Synonyms by language, and picked works by language and the terms of a query."""

    token: str | None
    synonyms: Mapping[str, Ways]
    picks: Mapping[tuple[str, frozenset[str]], Sequence[UUID]]

    def picked_works(self, asked: Parsed, query: SearchQuery, columns: Columns) -> list[int]:
        """The numbers of visible works that stand on top where a query is sorted by relevance: one query if any do."""
        if not self.picks or query.sort != SORTS[0] or asked.phrases or asked.excluded:
            return []
        terms = frozenset(terms_of(" ".join(asked.words), query.language))
        works = self.picks.get((query.language, terms), ())
        numbers = dict(SearchWork.objects.filter(work__in=works).values_list("work", "number")) if works else {}
        visible = NOTHING.union(*columns.visible.values())
        return [numbers[work] for work in works if work in numbers and numbers[work] in visible]


class Reader:
    """The guidance that this process knows."""

    def __init__(self) -> None:
        self.known = Guidance(None, {}, {})

    def current(self, token: str) -> Guidance:
        known = self.known
        if known.token != token:
            known = self.known = Guidance(token, read_synonyms(), read_picks())
        return known


_reader = Reader()


def guidance(token: str) -> Guidance:
    """What editors tell search; `token` is the `guidance` of the columns."""
    return _reader.current(token)


def read_synonyms() -> dict[str, dict[Terms, list[Terms]]]:
    found: dict[str, dict[Terms, dict[Terms, None]]] = {}
    for language, words, others in Synonyms.objects.order_by("pk").values_list("language", "words", "others"):
        asked, known = lines_of(words, language), found.setdefault(language, {})
        ways = lines_of(others, language) if others else asked
        for terms in asked:
            known.setdefault(terms, {}).update((way, None) for way in ways if way != terms)
    return {language: {terms: list(ways) for terms, ways in known.items()} for language, known in found.items()}


def lines_of(text: str, language: str) -> list[Terms]:
    return [terms for line in text.splitlines() if (terms := tuple(terms_of(line, language)))]


def read_picks() -> dict[tuple[str, frozenset[str]], list[UUID]]:
    found: dict[tuple[str, frozenset[str]], list[UUID]] = {}
    rows = PickedWork.objects.order_by("pick_id", "sort_order", "pk")
    for language, words, work in rows.values_list("pick__language", "pick__words", "page__translation_key"):
        works = found.setdefault((language, frozenset(terms_of(words, language))), [])
        if work not in works and len(works) < MAX_PICKS:
            works.append(work)
    return found


def documents_of(works: Sequence[int], columns: Columns) -> Numbers:
    """All visible editions of works, by language."""
    wanted = BitMap(works)
    found = {language: visible & wanted for language, visible in (columns.visible.items() if works else ())}
    return {language: numbers for language, numbers in found.items() if numbers}


@receiver([post_save, post_delete], sender=Synonyms)
@receiver([post_save, post_delete], sender=EditorsPick)
@receiver([post_save, post_delete], sender=PickedWork)
def guidance_changed(**kwargs: object) -> None:
    new_guidance()
