"""The texts of one edition as its editor shows them."""

from dataclasses import dataclass, field

from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from .checks import TAG, Finding, findings
from .differences import Piece, difference
from .models import Segment, SegmentChange, SegmentState
from .places import place_in_words
from .progress import ADDRESS

OPEN = (SegmentState.MISSING, SegmentState.SUGGESTED, SegmentState.REJECTED, SegmentState.STALE)
LONGEST_HISTORY = 20


@dataclass(slots=True)
class Text:
    """`mine` is what somebody typed whose saving met a conflict: it was saved nowhere."""

    row: StringSegment
    place: str
    state: SegmentState
    version: int
    target: str
    findings: list[Finding]
    earlier: Segment | None = None
    changes: list[SegmentChange] = field(default_factory=list)
    mine: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def source_pieces(self) -> list[tuple[bool, str]]:
        """Tags apart from words."""
        return [(bool(TAG.fullmatch(piece)), piece) for piece in TAG.split(self.row.string.data) if piece]

    @property
    def source_difference(self) -> list[Piece]:
        return difference(self.earlier.string.data, self.row.string.data) if self.earlier else []

    @property
    def has_error(self) -> bool:
        return any(finding.is_error for finding in self.findings)


def texts_of(translation: Translation) -> list[Text]:
    """In reading order; a fixed number of queries, whatever the number of texts."""
    page = translation.source.as_instance()
    rows = list(
        StringSegment.objects.filter(source=translation.source_id)
        .exclude(context__path=ADDRESS)
        .select_related("string", "context")
        .order_by("order", "pk")
    )
    here = {"context__object_id": translation.source.object_id, "locale": translation.target_locale_id}
    segments = {
        (one.string_id, one.context_id): one for one in Segment.objects.filter(**here).select_related("earlier__string")
    }
    targets = {
        (string, context): data
        for string, context, data in StringTranslation.objects.filter(**here).values_list(
            "translation_of", "context", "data"
        )
    }
    changes = changes_of([one.pk for one in segments.values()])
    return [text_of(row, page, segments, targets, changes) for row in rows]


def text_of(
    row: StringSegment,
    page: Page,
    segments: dict[tuple[int, int], Segment],
    targets: dict[tuple[int, int], str],
    changes: dict[int, list[SegmentChange]],
) -> Text:
    key = row.string_id, row.context_id
    segment, target = segments.get(key), targets.get(key, "")
    return Text(
        row=row,
        place=place_in_words(page, row.context.path),
        state=SegmentState(segment.state) if segment else SegmentState.MISSING,
        version=segment.version if segment else 0,
        target=target,
        findings=findings(row.string.data, target, row.context.path),
        earlier=segment.earlier if segment and not target else None,
        changes=changes.get(segment.pk, []) if segment else [],
    )


def changes_of(segments: list[int]) -> dict[int, list[SegmentChange]]:
    """The latest first."""
    found: dict[int, list[SegmentChange]] = {}
    for change in SegmentChange.objects.filter(segment__in=segments).select_related("by").order_by("-pk"):
        latest = found.setdefault(change.segment_id, [])
        if len(latest) < LONGEST_HISTORY:
            latest.append(change)
    return found
