"""How far a translation is: counted in strings, without the address, which is made from the title."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Max
from wagtail_localize.models import StringSegment, Translation

# Not something to translate: whoever publishes gets it made from the translated title.
ADDRESS = "slug"


@dataclass(frozen=True, slots=True)
class Progress:
    total: int = 0
    done: int = 0
    changed_at: datetime | None = None

    @property
    def missing(self) -> int:
        return self.total - self.done

    @property
    def is_complete(self) -> bool:
        return self.missing == 0


def progress_of(translations: Iterable[Translation]) -> dict[int, Progress]:
    """By id of the translation, in two queries. A string with an error counts as missing, and so does an empty one."""
    translations = list(translations)
    sources = {translation.source_id for translation in translations}
    strings = StringSegment.objects.filter(source__in=sources).exclude(context__path=ADDRESS)
    totals = dict(strings.order_by().values_list("source").annotate(Count("pk")))
    done = {
        (source, locale): (number, changed_at)
        for source, locale, number, changed_at in strings.filter(
            string__translations__locale__in={translation.target_locale_id for translation in translations},
            string__translations__context=F("context"),
            string__translations__has_error=False,
            string__translations__data__gt="",
        )
        .order_by()
        .values_list("source", "string__translations__locale")
        .annotate(Count("pk", distinct=True), Max("string__translations__updated_at"))
    }
    return {
        translation.pk: Progress(
            totals.get(translation.source_id, 0),
            *done.get((translation.source_id, translation.target_locale_id), (0, None)),
        )
        for translation in translations
    }
