"""The indexes of a server, one for each language, so that a word's rarity is that of its language.

They hold terms (`analysis.terms_of`), which the server only has to split at blanks: it finds what the database finds.
"""

from uuid import uuid4

from django.conf import settings

from ..analysis import terms_of
from ..models import SearchText
from .connection import Connection, ServerError

FIELD_WEIGHTS = {"title": 8, "summary": 3, "keywords": 3, "body": 1, "files": 0.5}
MAX_DOCUMENTS = 10_000_000
INDEXING_SECONDS = 60
# What the server says of an index that is there already, and of one that is not.
EXISTS, MISSING = 400, 404

TERMS = {"type": "text", "analyzer": "whitespace"}
DEFINITION = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1", "max_result_window": MAX_DOCUMENTS},
    "mappings": {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "properties": {
            "number": {"type": "long"},
            "version": {"type": "long"},
            **dict.fromkeys(FIELD_WEIGHTS, TERMS),
        },
    },
}


def alias_of(language: str) -> str:
    return f"{settings.OER_SEARCH_INDEX_PREFIX}-{language}"


def document(text: SearchText, version: int) -> dict:
    terms = {field: " ".join(terms_of(getattr(text, field), text.language)) for field in FIELD_WEIGHTS}
    return {"number": text.number, "version": version, **terms}


def new_index(connection: Connection, language: str) -> str:
    """An empty index beside the one that is in use, as an alias of its own: what it names is never made by mistake."""
    name = f"{alias_of(language)}-{uuid4().hex}"
    alias = f"{name}-made"
    connection.request("PUT", f"/{name}", {**DEFINITION, "aliases": {alias: {}}}, seconds=INDEXING_SECONDS)
    return alias


def ensure_index(connection: Connection, language: str) -> None:
    """Several processes may do so at once."""
    alias = alias_of(language)
    if indexes_of(connection, alias):
        return
    try:
        connection.request("PUT", f"/{alias}-first", DEFINITION, seconds=INDEXING_SECONDS)
    except ServerError as error:
        if error.status != EXISTS:
            raise
    add = {"add": {"index": f"{alias}-first", "alias": alias}}
    connection.request("POST", "/_aliases", {"actions": [add]}, seconds=INDEXING_SECONDS)


def indexes_of(connection: Connection, alias: str) -> set[str]:
    try:
        return set(connection.request("GET", f"/_alias/{alias}", seconds=INDEXING_SECONDS))
    except ServerError as error:
        if error.status != MISSING:
            raise
        return set()


def use(connection: Connection, language: str, made: str) -> None:
    """Let readers find what is in a new index, and delete all others of the language."""
    alias = alias_of(language)
    (name,) = indexes_of(connection, made)
    actions: list[dict] = [{"add": {"index": name, "alias": alias}}]
    actions += [{"remove": {"index": old, "alias": alias}} for old in indexes_of(connection, alias) - {name}]
    connection.request("POST", "/_aliases", {"actions": actions}, seconds=INDEXING_SECONDS)
    found = connection.request("GET", f"/{alias}-*/_settings", seconds=INDEXING_SECONDS)
    for orphan in found.keys() - {name}:
        connection.request("DELETE", f"/{orphan}", seconds=INDEXING_SECONDS)
