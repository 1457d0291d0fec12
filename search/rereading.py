"""Reading files again: those that an older extractor read, that changed unnoticed or that could not be opened."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from .extraction import EXTRACTOR_VERSION, Outcome
from .indexing import extract_file
from .models import FileText

RETRY_AFTER = timedelta(days=1)
BATCH = 20


def to_read_again(now: datetime | None = None) -> QuerySet[FileText]:
    """Each is out of the list once it has been read, whatever came of it."""
    before = (now or timezone.now()) - RETRY_AFTER
    return FileText.objects.filter(
        ~Q(extractor_version=EXTRACTOR_VERSION)
        | ~Q(sha256=F("file__sha256"))
        | Q(outcome=Outcome.UNAVAILABLE, read_at__lt=before)
    ).order_by("pk")


@task()
def read_some_again() -> None:
    """A batch at a time, so that other tasks have their turn in between."""
    pending = list(to_read_again().values_list("pk", flat=True)[: BATCH + 1])
    for file_id in pending[:BATCH]:
        extract_file.call(file_id)
    if len(pending) > BATCH:
        read_some_again.enqueue()
