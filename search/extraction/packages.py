"""Open Packaging Conventions (ECMA-376 part 2): what the parts of an Office file are and how they refer to others."""

import posixpath
from collections.abc import Mapping, Set
from typing import NamedTuple

from search.extraction.archives import Archive, resolved
from search.extraction.markup import SilentHandler, local_name, parse
from search.extraction.records import Outcome, Refusal

CONTENT_TYPES = "[Content_Types].xml"


class Relationship(NamedTuple):
    """`kind` is the last part of its type, which is the same in both variants of the standard; `target` a part."""

    kind: str
    target: str


class _ContentTypes(SilentHandler):
    def __init__(self, types: tuple[str, ...], kinds: tuple[str, ...]) -> None:
        self.parts: dict[str, list[str]] = {kind: [] for kind in kinds}
        self._types = types

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        content_type = attributes.get("ContentType", "")
        if local_name(tag) != "Override" or not content_type.startswith(self._types):
            return
        for kind, parts in self.parts.items():
            if content_type.endswith(f".{kind}"):
                parts.append(attributes.get("PartName", "").removeprefix("/"))


class _Relationships(SilentHandler):
    def __init__(self, part: str, kinds: Set[str]) -> None:
        self.found: dict[str, Relationship] = {}
        self._part = part
        self._kinds = kinds

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind in self._kinds and attributes.get("TargetMode") != "External":
            target = resolved(self._part, attributes.get("Target", ""))
            self.found[attributes.get("Id", "")] = Relationship(kind, target)


def parts_by_kind(archive: Archive, types: tuple[str, ...], kinds: tuple[str, ...]) -> dict[str, list[str]]:
    """Names of parts by the end of their content type; `types` are its beginnings.

    Templates and files with macros differ from documents only in the beginning.
    """
    handler = _ContentTypes(types, kinds)
    if CONTENT_TYPES in archive:
        parse(handler, archive.chunks(CONTENT_TYPES))
    return handler.parts


def main_part(archive: Archive, types: tuple[str, ...], what: str) -> str:
    parts = parts_by_kind(archive, types, ("main+xml",))["main+xml"]
    if not parts:
        raise Refusal(Outcome.BROKEN, f"not {what}")
    return parts[0]


def relationships(archive: Archive, part: str, kinds: Set[str]) -> dict[str, Relationship]:
    """Those of these kinds to other parts of the archive, by id."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    handler = _Relationships(part, kinds)
    if source in archive:
        parse(handler, archive.chunks(source))
    return handler.found


def relationship_id(attributes: Mapping[str, str]) -> str:
    """The attribute `r:id` in either variant of the standard."""
    return next((value for name, value in attributes.items() if name.endswith("relationships}id")), "")
