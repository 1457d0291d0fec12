"""Counts of downloads: which work or file, which format and language, which day. Nothing about the reader."""

from django.db.models import F
from django.utils import timezone

from .models import DownloadCount


def count_download(item: str, *, format_name: str, language: str = "") -> None:
    """Add one to `item` ("work/…" or "file/…"); two requests at the same moment count two."""
    key = {"item": item, "format": format_name, "language": language, "day": timezone.now().date()}
    if not DownloadCount.objects.filter(**key).update(count=F("count") + 1):
        DownloadCount.objects.bulk_create([DownloadCount(**key)], ignore_conflicts=True)
        DownloadCount.objects.filter(**key).update(count=F("count") + 1)
