"""Counts of downloads: which work or file, which format and language, which day. Nothing about the reader."""

from uuid import UUID

from django.db.models import F, Sum
from django.utils import timezone

from .models import DownloadCount, EntryAsset


def count_download(item: str, *, format_name: str, language: str = "") -> None:
    """Add one to `item` ("work/…" or "file/…"); two requests at the same moment count two."""
    key = {"item": item, "format": format_name, "language": language, "day": timezone.now().date()}
    if not DownloadCount.objects.filter(**key).update(count=F("count") + 1):
        DownloadCount.objects.bulk_create([DownloadCount(**key)], ignore_conflicts=True)
        DownloadCount.objects.filter(**key).update(count=F("count") + 1)


def downloads_by_work() -> dict[UUID, int]:
    """How often each work was taken, or a file that it offers: all formats, languages and days. Two queries."""
    works: dict[UUID, int] = {}
    files: dict[int, int] = {}
    for item, count in DownloadCount.objects.order_by().values_list("item").annotate(Sum("count")):
        kind, _, key = item.partition("/")
        if kind == "work":
            works[UUID(key)] = count
        elif key.isdigit():
            files[int(key)] = count
    offers = EntryAsset.objects.filter(type=EntryAsset.Type.FILE).order_by()
    for file_id, work in offers.values_list("object_id", "entry__work").distinct() if files else ():
        works[work] = works.get(work, 0) + files.get(file_id, 0)
    return {work: count for work, count in works.items() if count}
