"""What wagtail-localize does not keep: the state of each text in each language, and everything that happened to it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import String, TranslationContext


class SegmentState(models.TextChoices):
    MISSING = "missing", _("Missing")
    SUGGESTED = "suggested", _("Suggested")
    TRANSLATED = "translated", _("Translated")
    REVIEWED = "reviewed", _("Reviewed")
    REJECTED = "rejected", _("Sent back")
    STALE = "stale", _("Source changed")


# A person stands behind these; the others may not go live.
DONE = (SegmentState.TRANSLATED, SegmentState.REVIEWED)


class Origin(models.TextChoices):
    TYPED = "typed", _("Typed")
    MEMORY = "memory", _("Earlier translation")
    FILE = "file", _("From a file")
    MACHINE = "machine", _("By a machine")
    IMPORT = "import", _("Imported as finished")
    SOURCE = "source", _("The source changed")


class Segment(models.Model):
    """A text of a page in a language: the translation itself is wagtail-localize's StringTranslation of the same three.

    `text` is what the state was given to, so a text that was changed behind our back counts as unreviewed.
    """

    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="in_languages")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="in_languages")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=SegmentState.choices, default=SegmentState.MISSING)
    text = models.TextField(blank=True)
    earlier = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["string", "context", "locale"], name="one_segment_in_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.text[:40]}"


class AppendOnly(models.QuerySet):
    def update(self, **kwargs: object) -> int:
        raise TypeError("The history of a segment is not rewritten.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The history of a segment is not deleted.")


class SegmentChange(models.Model):
    """One step in the life of a segment; never changed afterwards."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    state_before = models.CharField(max_length=10, choices=SegmentState.choices)
    state_after = models.CharField(max_length=10, choices=SegmentState.choices)
    text_before = models.TextField(blank=True)
    text_after = models.TextField(blank=True)
    comment = models.TextField(blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.state_before} > {self.state_after}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise TypeError("The history of a segment is not rewritten.")
        super().save(*args, **kwargs)
