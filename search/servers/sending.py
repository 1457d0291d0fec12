"""Brings to the server what changed: each change is noted in its own transaction, and sent afterwards.

A note says up to which version of a document the server has it. Versions count up under the lock of the note's row,
and the text is read after the version: the server, which refuses older versions, ends with the newest text, however
many workers send and whenever one of them dies.
"""

import logging
import time
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F
from django_tasks import task

from ..engines import current_engine
from ..models import SearchDocument, SearchSending, SearchText
from .connection import Connection, ServerError
from .indexes import INDEXING_SECONDS, alias_of, document, ensure_index

logger = logging.getLogger(__name__)

BATCH = 200
MAX_TRIES, FIRST_WAIT = 5, 0.5
# The server has a newer version already.
CONFLICT = 409


def note_changes(documents: Iterable[tuple[str, int]]) -> None:
    """In the transaction that changes them; each is a language and the number of a work."""
    for language, number in dict.fromkeys(documents):
        note = SearchSending.objects.filter(language=language, number=number)
        if not note.update(version=F("version") + 1):
            SearchSending.objects.bulk_create([SearchSending(language=language, number=number)], ignore_conflicts=True)
            note.update(version=F("version") + 1)
    transaction.on_commit(send_soon.enqueue, robust=True)


@task()
def send_soon() -> None:
    """What cannot be sent now is sent by the next one, or by the schedule."""
    try:
        send_changes(current_engine().connection)
    except ServerError as error:
        logger.warning("The search server could not be told what changed: %s", error)


def send_changes(connection: Connection) -> int:
    """Send all that is noted. Returns how many documents; raises ServerError where the server stays away."""
    languages: set[str] = set()
    count = 0
    while notes := list(SearchSending.objects.pending().order_by("pk")[:BATCH]):
        for language in {note.language for note in notes} - languages:
            ensure_index(connection, language)
            languages.add(language)
        send(connection, notes)
        for note in notes:
            SearchSending.objects.filter(pk=note.pk, sent__lt=note.version).update(sent=note.version)
        count += len(notes)
    return count


def send(connection: Connection, notes: Sequence[SearchSending], alias: str = "") -> None:
    """Send the documents as they are now, to what is in use or to a new index; they are found at once."""
    documents = SearchDocument.objects.filter(number__in=[note.number for note in notes]).exclude(entry_id=0)
    found = SearchText.objects.filter(pk__in=list(documents.values_list("entry_id", flat=True)))
    texts = {(text.language, text.number): text for text in found}
    lines: list[dict] = []
    for note in notes:
        where = {
            "_index": alias or alias_of(note.language),
            "_id": str(note.number),
            "version": note.version,
            "version_type": "external_gte",
        }
        if text := texts.get((note.language, note.number)):
            lines += [{"index": {**where, "require_alias": True}}, document(text, note.version)]
        else:
            lines += [{"delete": where}]
    answer = patiently(connection, lines)
    results = [result for item in answer["items"] for result in item.values()]
    failed = [result for result in results if result["status"] not in (200, 201, 404, CONFLICT)]
    if failed:
        raise ServerError(failed[0]["status"], str(failed[0].get("error"))[:300])


def patiently(connection: Connection, lines: list[dict]) -> dict:
    """A bulk request; a server that is away or busy is asked again, each time after a longer wait."""
    for attempt in range(MAX_TRIES):
        try:
            return connection.request("POST", "/_bulk?refresh=true", lines, seconds=INDEXING_SECONDS)
        except ServerError as error:
            if attempt == MAX_TRIES - 1 or (error.status and error.status not in (429, 502, 503, 504)):
                raise
            logger.warning("The search server did not take a bulk, trying again: %s", error)
            time.sleep(FIRST_WAIT * 2**attempt)
    raise AssertionError("not reached")
