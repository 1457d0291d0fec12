"""Answers with a search server: it says which documents have a word, and how well they fit.

The rest is what the engines inside the database do: coverage, filters and counts come from the columns, which know of
a withdrawal at once, so that nothing withdrawn shows while the server is behind. The database's own index is always
kept; it answers when the server does not, and suggestions come from it.
"""

import json
import logging
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from time import monotonic

from django.conf import settings
from django.utils.module_loading import import_string
from pyroaring import BitMap

from ..clauses import Clause
from ..models import SearchSending, SearchText
from ..queries import Matches, SearchQuery
from ..servers.connection import Connection, ServerError
from ..servers.indexes import FIELD_WEIGHTS, MAX_DOCUMENTS, alias_of
from ..servers.sending import note_changes
from .base import SearchEngine
from .breaker import Breaker
from .database import DatabaseEngine, Rows, Sql

logger = logging.getLogger(__name__)

FIELDS = [f"{name}^{weight}" for name, weight in FIELD_WEIGHTS.items()]
NUMBERS, SCORES = "numbers", "scores"


class ServerEngine(SearchEngine):
    def __init__(self) -> None:
        self.database: SearchEngine = import_string(settings.OER_DATABASE_SEARCH_ENGINE)()
        self.breaker = Breaker()

    @abstractmethod
    def connect(self, addresses: list[str]) -> Connection:
        """Imports the client, which takes memory, only here."""

    @cached_property
    def connection(self) -> Connection:
        return self.connect(settings.OER_SEARCH_SERVERS)

    def index(self, texts: Iterable[SearchText]) -> None:
        texts = list(texts)
        self.database.index(texts)
        note_changes((text.language, text.number) for text in texts)

    def remove(self, documents: Iterable[tuple[str, int]]) -> None:
        documents = list(documents)
        self.database.remove(documents)
        note_changes(documents)

    def clear(self) -> None:
        self.database.clear()
        note_changes(SearchSending.objects.values_list("language", "number"))

    def find(self, query: SearchQuery) -> Matches:
        if not self.breaker.is_open:
            try:
                return ServerReading(self.connection).find(query)
            except ServerError as error:
                self.breaker.trip()
                logger.warning("The search server failed, the database answers: %s", error)
        return replace(self.database.find(query), degraded=True)

    def titled(
        self, language: str, terms: Iterable[str], endings: Iterable[str], among: BitMap, limit: int
    ) -> list[int]:
        return self.database.titled(language, terms, endings, among, limit)

    def frequencies(self, language: str, terms: Iterable[str]) -> dict[str, int]:
        return self.database.frequencies(language, terms)


class ServerReading(DatabaseEngine):
    """One search: the pieces that others write in SQL are searches of the server, many in one request."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.deadline = monotonic() + settings.OER_SEARCH_SECONDS

    @cached_property
    def is_behind(self) -> bool:
        """Whether the server has yet to learn something; then nothing that it says is remembered."""
        return SearchSending.objects.pending().exists()

    def expression(self, clauses: Sequence[Clause], *, every: bool) -> str:
        clauses_as_json = [
            {"bool": {"should": [way_of(way.terms) for way in clause.alternatives], "minimum_should_match": 1}}
            for clause in clauses
        ]
        return json.dumps({"bool": {"must": clauses_as_json} if every else {"should": clauses_as_json}})

    def titles(self, terms: Sequence[str], endings: Sequence[str]) -> str:
        raise NotImplementedError("Suggestions come from the database.")

    def matching(self, language: str, expression: str) -> Sql:
        query = {"bool": {"filter": [json.loads(expression)]}}
        return Sql(json.dumps({"query": query, "sort": ["_doc"], "docvalue_fields": ["number"]}), [language, NUMBERS])

    def scored(self, language: str, expression: str, numbers: BitMap | None = None) -> Sql:
        query = json.loads(expression)
        if numbers is not None:
            query = {"bool": {"must": [query], "filter": [{"terms": {"number": list(numbers)}}]}}
        return Sql(json.dumps({"query": query, "docvalue_fields": ["number"]}), [language, SCORES])

    def numbers(self, value: object) -> BitMap:
        return BitMap(value)

    def numbers_of(self, pieces: Sequence[Sql], state: int | None = None) -> list[BitMap]:
        return super().numbers_of(pieces, None if self.is_behind else state)

    def scores_of(self, pieces: Sequence[Sql], state: int | None) -> list[Rows]:
        return super().scores_of(pieces, None if self.is_behind else state)

    def rows_of(self, pieces: Sequence[Sql]) -> list[list[tuple]]:
        if not pieces:
            return []
        left = self.deadline - monotonic()
        if left <= 0:
            raise ServerError(0, "out of time")
        lines: list[dict] = []
        for piece in pieces:
            frame = {"size": MAX_DOCUMENTS, "_source": False, "stored_fields": "_none_", "track_total_hits": False}
            lines += [{"index": alias_of(piece.params[0])}, {**json.loads(piece.text), **frame}]
        parts = ("status", "error", "hits.hits._score", "hits.hits.fields")
        path = "/_msearch?filter_path=" + ",".join(f"responses.{part}" for part in parts)
        answer = self.connection.request("POST", path, lines, seconds=left)
        found = zip(answer["responses"], pieces, strict=True)
        return [rows_in(response, piece.params[1]) for response, piece in found]

    def index(self, texts: Iterable[SearchText]) -> None:
        raise NotImplementedError

    remove = clear = frequencies = index  # type: ignore[assignment]


def rows_in(response: dict, kind: str) -> list[tuple]:
    if "error" in response:
        raise ServerError(500, str(response["error"])[:300])
    hits = response.get("hits", {}).get("hits", [])
    if kind == NUMBERS:
        return [([hit["fields"]["number"][0] for hit in hits], None)]
    return [(hit["_score"], hit["fields"]["number"][0]) for hit in hits]


def way_of(terms: Sequence[str]) -> dict:
    """A word or phrase in any field; a document's score is the sum over its fields."""
    kind = "phrase" if len(terms) > 1 else "most_fields"
    return {"multi_match": {"query": " ".join(terms), "fields": FIELDS, "type": kind}}
