"""Numbers for changes of documents, by which other processes notice them (`columns.py`)."""

from uuid import uuid4

from django.db import connection

from .models import SearchState

ONLY_ROW = 1


def next_mark() -> int:
    """The mark of what the transaction that is open now changes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            ensure_state()
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            return cursor.fetchone()[0]
        while True:
            cursor.execute("UPDATE search_searchstate SET mark = mark + 1 WHERE id = %s RETURNING mark", [ONLY_ROW])
            if row := cursor.fetchone():
                return row[0]
            ensure_state()


def new_guidance() -> None:
    """Let every process read anew what editors tell search; a change that is taken back leaves the old text."""
    ensure_state()
    SearchState.objects.filter(pk=ONLY_ROW).update(guidance=uuid4().hex)


def new_counts() -> None:
    """Let every process read anew how often works were taken."""
    ensure_state()
    SearchState.objects.filter(pk=ONLY_ROW).update(counted=uuid4().hex)


def ensure_state() -> None:
    SearchState.objects.bulk_create([SearchState(pk=ONLY_ROW, token=uuid4().hex)], ignore_conflicts=True)
