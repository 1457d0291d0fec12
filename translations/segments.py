"""Every change of a translated text comes through here and leaves a line in its history."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation

from accounts.models import User

from .checks import findings
from .models import Origin, Segment, SegmentChange, SegmentState


class Conflict(Exception):
    """Somebody else was faster; nothing was written. `segment` is as they left it."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(_("Somebody else changed this text in the meantime."))
        self.segment = segment


class ChangeRefused(Exception):
    """Nothing was written; the message says why."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a text came about."""

    by: User | None
    origin: Origin
    state: SegmentState


def write_text(
    row: StringSegment,
    locale: Locale,
    *,
    text: str,
    by: User | None,
    origin: Origin = Origin.TYPED,
    state: SegmentState = SegmentState.TRANSLATED,
    version: int | None = None,
) -> Segment:
    """Save the translation of `row`; raises Conflict if its version is another than `version` (None: whichever)."""
    with transaction.atomic():
        segment = locked(row.string_id, row.context_id, locale.pk)
        if version is not None and version != segment.version:
            raise Conflict(segment)
        key = {"translation_of_id": row.string_id, "context_id": row.context_id, "locale": locale}
        translation = StringTranslation.objects.filter(**key).first() or StringTranslation(**key)
        if not text:
            if translation.pk:
                translation.delete()
            segment.refresh_from_db()
            return segment
        translation._segment = segment
        translation.data = text
        translation.translation_type = (
            StringTranslation.TRANSLATION_TYPE_MACHINE
            if origin is Origin.MACHINE
            else StringTranslation.TRANSLATION_TYPE_MANUAL
        )
        translation.tool_name = "" if origin is Origin.TYPED else str(origin.label)
        translation.last_translated_by = by
        translation.has_error, translation.field_error = False, ""
        translation._writing = Writing(by, origin, state)
        translation.save()
        return segment


def review(segment: Segment, *, approve: bool, by: User, version: int | None = None, comment: str = "") -> Segment:
    """Approve a translated text or send it back. Raises Conflict and ChangeRefused."""
    with transaction.atomic():
        current = locked(segment.string_id, segment.context_id, segment.locale_id)
        if version is not None and version != current.version:
            raise Conflict(current)
        translations = StringTranslation.objects.select_related("translation_of", "context")
        translation = translations.filter(
            translation_of_id=current.string_id, context_id=current.context_id, locale_id=current.locale_id
        ).first()
        if translation is None or not translation.data:
            raise ChangeRefused(_("There is no translation to review."))
        source, path = translation.translation_of.data, translation.context.path
        has_error = translation.has_error or any(one.is_error for one in findings(source, translation.data, path))
        if approve and has_error:
            raise ChangeRefused(_("This text has an error. Correct it first."))
        state = SegmentState.REVIEWED if approve else SegmentState.REJECTED
        record(current, text=translation.data, writing=Writing(by, Origin.TYPED, state), comment=comment)
        return current


def locked(string_id: int, context_id: int, locale_id: int) -> Segment:
    """The segment, made where there is none, held until the transaction ends."""
    key = {"string_id": string_id, "context_id": context_id, "locale_id": locale_id}
    found = Segment.objects.select_for_update().filter(**key).first()
    if found is None:
        Segment.objects.get_or_create(**key)
        found = Segment.objects.select_for_update().get(**key)
    return found


def record(segment: Segment, *, text: str, writing: Writing, comment: str = "", earlier: Segment | None = None) -> None:
    """Bring `segment` up to date and note what changed; nothing if nothing did."""
    state, before = writing.state, (segment.state, segment.text)
    if segment.state == SegmentState.REVIEWED and text == segment.text and state == SegmentState.TRANSLATED:
        return
    if before == (state, text) and not comment:
        return
    segment.state, segment.text = state, text
    segment.version += 1
    if earlier is not None:
        segment.earlier = earlier
    segment.save()
    SegmentChange.objects.create(
        segment=segment,
        by=writing.by,
        origin=writing.origin,
        state_before=before[0],
        state_after=state,
        text_before=before[1],
        text_after=text,
        comment=comment,
    )


@transaction.atomic
def note_saved(translation: StringTranslation) -> None:
    """The net under every way to save: what does not say how it came about is told by wagtail-localize's own fields."""
    writing = getattr(translation, "_writing", None) or Writing(
        translation.last_translated_by, *origin_and_state(translation)
    )
    segment = getattr(translation, "_segment", None) or locked(
        translation.translation_of_id, translation.context_id, translation.locale_id
    )
    if not translation.data:
        writing = Writing(writing.by, writing.origin, SegmentState.MISSING)
    record(segment, text=translation.data, writing=writing)


def origin_and_state(translation: StringTranslation) -> tuple[Origin, SegmentState]:
    if translation.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return Origin.MACHINE, SegmentState.SUGGESTED
    return (Origin.FILE if translation.tool_name else Origin.TYPED), SegmentState.TRANSLATED


@transaction.atomic
def note_deleted(translation: StringTranslation) -> None:
    """The history keeps the text. Nothing is noted where the page's strings themselves are deleted."""
    segment = Segment.objects.filter(
        string_id=translation.translation_of_id, context_id=translation.context_id, locale_id=translation.locale_id
    ).first()
    if segment is not None:
        record(segment, text="", writing=Writing(None, Origin.TYPED, SegmentState.MISSING))
