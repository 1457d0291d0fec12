"""What a request must not have changed."""

from django.db import models
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation, TranslationSource

from translations.models import Segment, SegmentChange

WATCHED: dict[type[models.Model], tuple[str, ...]] = {
    Page: (
        "pk", "path", "title", "draft_title", "slug", "live", "alias_of", "latest_revision", "live_revision", "locked", "locale",
    ),
    StringTranslation: ("pk", "data", "locale", "context", "has_error"),
    Segment: ("pk", "state", "text", "locale", "version", "earlier"),
    SegmentChange: ("pk", "segment", "state_after", "text_after"),
    SegmentOverride: ("pk", "data_json", "locale", "context"),
    Translation: ("pk", "source", "target_locale", "enabled"),
    TranslationSource: ("pk", "last_updated_at", "content_json"),
}  # fmt: skip


def dump():
    return {model.__name__: sorted(model.objects.values_list(*fields), key=str) for model, fields in WATCHED.items()}
