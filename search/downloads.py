"""How often works were taken, to sort by: counted now and then, and read by each process only after that.

Nothing else that processes remember is forgotten for it.
"""

from collections.abc import Mapping

from django.db import transaction

from catalog.counting import downloads_by_work

from .marks import new_counts
from .models import SearchWork

BATCH = 500


def refresh_downloads() -> int:
    """Note what was taken since the last time; returns of how many works the number changed."""
    wanted = downloads_by_work()
    known = dict(SearchWork.objects.exclude(downloads=0).values_list("work", "downloads"))
    differing = [work for work in wanted.keys() | known.keys() if wanted.get(work, 0) != known.get(work, 0)]
    count = 0
    for start in range(0, len(differing), BATCH):
        with transaction.atomic():
            rows = list(SearchWork.objects.filter(work__in=differing[start : start + BATCH]))
            for row in rows:
                row.downloads = wanted.get(row.work, 0)
            SearchWork.objects.bulk_update(rows, ["downloads"])
            count += len(rows)
            if rows:
                new_counts()
    return count


class Reader:
    """The counts that this process knows."""

    def __init__(self) -> None:
        self.known: tuple[str, Mapping[int, int]] = ("", {})

    def current(self, token: str) -> Mapping[int, int]:
        known = self.known
        if known[0] != token:
            counts = SearchWork.objects.exclude(downloads=0).values_list("number", "downloads")
            known = self.known = (token, dict(counts))
        return known[1]


_reader = Reader()


def downloads(token: str) -> Mapping[int, int]:
    """By the number of a work; `token` is the `counted` of the columns."""
    return _reader.current(token)
