"""What became of a line."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Fate(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    DIFFERS = "differs"
    REFUSED = "refused"
    # Of a record that has had its fate already: what became of its links to others at the end.
    CONNECTED = "connected"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`unit` is what `number` counts.

    `reason` says why a line was refused or left alone; `warnings` name what of it did not go in.
    """

    file: Path
    number: int
    fate: Fate
    import_id: str = ""
    language: str = ""
    page_id: int | None = None
    reason: str = ""
    warnings: tuple[str, ...] = ()
    unknown_keys: tuple[str, ...] = ()
    end: int = 0
    unit: str = "line"
