"""Reads the texts of an original anew, and finds for each new one what was translated before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, TranslationSource

from accounts.models import User

from .models import Origin, Segment, SegmentState
from .segments import Writing, locked, record, write_text

BLOCK_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Below these, two texts are taken for two different ones.
ALIKE_IN_PLACE, ALIKE_ELSEWHERE = 0.3, 0.6
NEVER_STALE = "slug"

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gone:
    """A text that the original no longer has, and how much it is like a new one."""

    key: Key
    likeness: float


@transaction.atomic
def refresh_source(source: TranslationSource, *, by: User | None) -> None:
    """A text that only moved keeps its translation; one that changed is stale and points to what it was."""
    before = rows_of(source)
    source.update_from_db()
    after = rows_of(source)
    new = [row for key, row in after.items() if key not in before and row.context.path != NEVER_STALE]
    if not new:
        return
    gone = [row for key, row in before.items() if key not in after]
    likely = {key_of(row): alike(row, gone) for row in new}
    for locale in Locale.objects.filter(pk__in=source.translations.values("target_locale")):
        language = Language(locale, by, segments_of(source, locale))
        rest = [row for row in new if not language.keep(row, after)]
        for row in rest:
            language.mark_stale(row, likely[key_of(row)])


def segments_of(source: TranslationSource, locale: Locale) -> dict[Key, Segment]:
    """All that this page ever had in the language."""
    segments = Segment.objects.filter(context__object_id=source.object_id, locale=locale).select_related("context")
    return {(segment.string_id, segment.context_id): segment for segment in segments}


def rows_of(source: TranslationSource) -> dict[Key, StringSegment]:
    rows = StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order", "pk")
    return {key_of(row): row for row in rows}


def key_of(row: StringSegment) -> Key:
    return row.string_id, row.context_id


@dataclass
class Language:
    """What one language has to give to new texts; each earlier translation goes to one of them only."""

    locale: Locale
    by: User | None
    there: dict[Key, Segment]
    taken: set[Key] = field(default_factory=set)

    def keep(self, row: StringSegment, after: Iterable[Key]) -> bool:
        """Take over the translation of the same text from the nearest place; one that is still in use there is a
        suggestion only. True where the text came back to its own place, too.
        """
        own = self.there.get(key_of(row))
        if own is not None and own.text:
            return True
        same = {
            key: segment
            for key, segment in self.there.items()
            if key[0] == row.string_id and segment.text and key not in self.taken
        }
        if not same:
            return False
        nearest = max(same, key=lambda key: (key not in after, nearness(same[key].context.path, row.context.path)))
        state = SegmentState.SUGGESTED
        if nearest not in after:
            self.taken.add(nearest)
            state = SegmentState(same[nearest].state)
        write_text(row, self.locale, text=same[nearest].text, by=self.by, origin=Origin.MEMORY, state=state)
        return True

    def mark_stale(self, row: StringSegment, likely: list[Gone]) -> None:
        for gone in likely:
            segment = self.there.get(gone.key)
            earlier = segment and (segment if segment.text else segment.earlier)
            if earlier is None or gone.key in self.taken:
                continue
            self.taken.add(gone.key)
            current = locked(row.string_id, row.context_id, self.locale.pk)
            record(current, text="", writing=Writing(self.by, Origin.SOURCE, SegmentState.STALE), earlier=earlier)
            return


def alike(row: StringSegment, gone: list[StringSegment]) -> list[Gone]:
    """The likeliest first. Alone in its place, a text is what became of the other, however different it is."""
    found = []
    in_place = [other for other in gone if other.context_id == row.context_id]
    for other in gone:
        same_place = other.context_id == row.context_id
        if not same_place and kind_of_place(other.context.path) != kind_of_place(row.context.path):
            continue
        least = ALIKE_IN_PLACE if same_place else ALIKE_ELSEWHERE
        likeness = likeness_of(other.string.data, row.string.data, least)
        if likeness >= least or in_place == [other]:
            found.append(Gone(key_of(other), likeness + same_place))
    return sorted(found, key=lambda one: -one.likeness)


def likeness_of(one: str, other: str, least: float) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0
    return matcher.ratio()


def kind_of_place(path: str) -> str:
    return BLOCK_ID.sub("*", path)


def nearness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
