"""Short ways through a translation, for tests that are about something else."""

from django.utils import timezone
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from accounts.models import User
from translations.models import Segment, SegmentState
from translations.starting import start_translation
from translations.works import pages_of, work_of

from .building import locale


def started(page, language="sv", by=None):
    by = by or User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("root")
    return start_translation(page, into=locale(language), by=by)


def translation_of(page):
    return Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)


def segments_of(page):
    """Its strings as a translator meets them: a database without an order gives rows as it likes."""
    segments = StringSegment.objects.filter(source=translation_of(page).source)
    return segments.select_related("string", "context").order_by("order", "pk")


def fill(page, *, prefix="SV ", leave=0, address=False, review=True):
    """Translate and approve every string of this page but the last `leave`, each with its source's text behind a prefix."""
    strings = [row for row in segments_of(page) if address or row.context.path != "slug"]
    for row in strings[: len(strings) - leave]:
        StringTranslation.objects.update_or_create(
            translation_of=row.string,
            locale=page.locale,
            context=row.context,
            defaults={
                "data": row.string.data if row.context.path == "region" else prefix + row.string.data,
                "updated_at": timezone.now(),
                "has_error": False,
            },
        )

    if review:
        approve(page)


def approve(page):
    there = Segment.objects.filter(locale=page.locale, context__object_id=page.translation_key)
    there.filter(state=SegmentState.TRANSLATED).update(state=SegmentState.REVIEWED)


def rewrite(page, path, text):
    """As if somebody had saved and approved it."""
    here = {"context__object_id": page.translation_key, "context__path": path, "locale": page.locale}
    for row in StringTranslation.objects.filter(**here):
        row.data = text
        row.save()
    approve(page)


def fill_work(original, language="sv"):
    for page in pages_of(work_of(original)):
        fill(page.get_translation(locale(language)))
