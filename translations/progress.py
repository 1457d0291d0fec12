"""How far a translation is: counted in strings, without the address, which is made from the title."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, F, Max, Q
from wagtail_localize.models import StringSegment, Translation

from .models import DONE, SegmentState

# Not something to translate: whoever publishes gets it made from the translated title.
ADDRESS = "slug"
APPROVED = Q(
    string__in_languages__state=SegmentState.REVIEWED, string__in_languages__text=F("string__translations__data")
)


@dataclass(frozen=True, slots=True)
class Progress:
    total: int = 0
    done: int = 0
    reviewed: int = 0
    changed_at: datetime | None = None

    @property
    def missing(self) -> int:
        return self.total - self.done

    @property
    def unreviewed(self) -> int:
        """What keeps a complete edition from going live; none where this site asks for no review."""
        return self.done - self.reviewed if settings.OER_TRANSLATION_REVIEW else 0

    @property
    def is_complete(self) -> bool:
        return self.missing == 0


def progress_of(translations: Iterable[Translation]) -> dict[int, Progress]:
    """By id of the translation, in two queries.

    Missing is also what is empty, has an error, was only suggested or was sent back. Reviewed is only the very text
    that somebody approved.
    """
    translations = list(translations)
    sources = {translation.source_id for translation in translations}
    strings = StringSegment.objects.filter(source__in=sources).exclude(context__path=ADDRESS)
    totals = dict(strings.order_by().values_list("source").annotate(Count("pk")))
    done = {
        (source, locale): (number, reviewed, changed_at)
        for source, locale, number, reviewed, changed_at in strings.filter(
            string__translations__locale__in={translation.target_locale_id for translation in translations},
            string__translations__context=F("context"),
            string__translations__has_error=False,
            string__translations__data__gt="",
            string__in_languages__context=F("context"),
            string__in_languages__locale=F("string__translations__locale"),
            string__in_languages__state__in=DONE,
        )
        .order_by()
        .values_list("source", "string__translations__locale")
        .annotate(
            number=Count("pk", distinct=True),
            reviewed=Count("pk", distinct=True, filter=APPROVED),
            changed_at=Max("string__translations__updated_at"),
        )
    }
    return {
        translation.pk: Progress(
            totals.get(translation.source_id, 0),
            *done.get((translation.source_id, translation.target_locale_id), (0, 0, None)),
        )
        for translation in translations
    }
