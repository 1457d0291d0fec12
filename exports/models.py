"""Downloads that take a while to make, made once for each version of an edition and kept."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import CatalogEntry


def kept_name(kept: "KeptDownload", filename: str) -> str:
    """A folder that no address leads to; a random name, so that a slow maker overwrites nothing newer."""
    return f"exports/{kept.format}/{kept.entry_id}-{uuid.uuid4().hex}.{kept.format}"


class KeptDownload(models.Model):
    """One format of one edition; `version` names the content and everything else that the file shows.

    Asked for at `requested_at`, there since `made_at`; `error` says why it could not be made.
    """

    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="kept_downloads")
    format = models.CharField(max_length=20)
    version = models.CharField(max_length=64)
    file = models.FileField(upload_to=kept_name, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    requested_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("kept download")
        verbose_name_plural = _("kept downloads")
        constraints = [models.UniqueConstraint(fields=["entry", "format"], name="one_kept_download_per_format")]

    def __str__(self) -> str:
        return f"{self.format} of entry {self.entry_id}"
