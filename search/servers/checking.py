"""Compares what a server has with what it should have, and makes its indexes anew."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Exists, OuterRef
from django.db.models.functions import Greatest

from ..models import SearchDocument, SearchSending
from .connection import Connection
from .indexes import INDEXING_SECONDS, alias_of, indexes_of, new_index, use
from .sending import BATCH, send, send_changes

PAGE = 10_000

# By the number of a work.
Versions = dict[int, int]


def languages() -> list[str]:
    return sorted(set(SearchSending.objects.values_list("language", flat=True)))


def note_missing() -> None:
    """Documents from before a server was chosen."""
    known = SearchSending.objects.filter(number=OuterRef("number"), language=OuterRef("language"))
    missing = SearchDocument.objects.exclude(entry_id=0).filter(~Exists(known)).order_by()
    SearchSending.objects.bulk_create(
        (
            SearchSending(number=number, language=language, version=1)
            for number, language in missing.values_list("number", "language").iterator()
        ),
        ignore_conflicts=True,
        batch_size=1_000,
    )


def wanted_notes(language: str) -> Iterator[SearchSending]:
    present = SearchDocument.objects.exclude(entry_id=0).filter(number=OuterRef("number"), language=language)
    return SearchSending.objects.filter(Exists(present), language=language).order_by("pk").iterator()


def versions_in(connection: Connection, index: str) -> Versions:
    found: Versions = {}
    frame = {"size": PAGE, "_source": False, "sort": ["number"], "docvalue_fields": ["number", "version"]}
    after: list = []
    while True:
        body = {**frame, "search_after": after} if after else frame
        answer = connection.request("POST", f"/{index}/_search", body, seconds=INDEXING_SECONDS)
        hits = answer["hits"]["hits"]
        found.update((hit["fields"]["number"][0], hit["fields"]["version"][0]) for hit in hits)
        if len(hits) < PAGE:
            return found
        after = hits[-1]["sort"]


def count_and_digest(connection: Connection, index: str) -> tuple[int, int]:
    """How many documents, and the sum of their versions."""
    body = {"size": 0, "track_total_hits": True, "aggs": {"version": {"sum": {"field": "version"}}}}
    answer = connection.request("POST", f"/{index}/_search", body, seconds=INDEXING_SECONDS)
    return answer["hits"]["total"]["value"], int(answer["aggregations"]["version"]["value"])


def differences(connection: Connection, language: str, index: str) -> Versions:
    """Works that the index has in another version than it should, or by mistake, or lacks; with its version or 0."""
    wanted = {note.number: note.version for note in wanted_notes(language)}
    if count_and_digest(connection, index) == (len(wanted), sum(wanted.values())):
        return {}
    found = versions_in(connection, index)
    return {number: found.get(number, 0) for number, _ in wanted.items() ^ found.items()}


def compare(connection: Connection) -> dict[str, Versions]:
    """The differences by language; of a language without an index, everything."""
    note_missing()
    found = {}
    for language in languages():
        if indexes_of(connection, alias_of(language)):
            found[language] = differences(connection, language, alias_of(language))
        else:
            found[language] = {note.number: 0 for note in wanted_notes(language)}
    return {language: versions for language, versions in found.items() if versions}


def repair(connection: Connection) -> int:
    """Send again what differs, with a version that is newer than the server's. Returns how many documents."""
    for language, versions in compare(connection).items():
        for number, version in versions.items():
            note_again(language, number, version)
    return send_changes(connection)


def note_again(language: str, number: int, version: int) -> None:
    note, _ = SearchSending.objects.get_or_create(language=language, number=number)
    SearchSending.objects.filter(pk=note.pk).update(version=Greatest("version", version) + 1)


def rebuild(connection: Connection) -> int:
    """Make every index anew beside the one in use; it can be ended at any point and begun again.

    Returns how many documents were sent. What changes meanwhile is sent to the new index before it is used, and
    what changes at that very moment afterwards.
    """
    note_missing()
    count = 0
    for language in languages():
        name = new_index(connection, language)
        notes = wanted_notes(language)
        while batch := list(islice(notes, BATCH)):
            send(connection, batch, name)
            count += len(batch)
        changed = list(differences(connection, language, name))
        for start in range(0, len(changed), BATCH):
            numbers = changed[start : start + BATCH]
            send(connection, list(SearchSending.objects.filter(language=language, number__in=numbers)), name)
        use(connection, language, name)
    repair(connection)
    return count
