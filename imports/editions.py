"""One line of the input, checked as far as that is possible without the site's content."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE_KEYS = ("path", "title", "language", "license", "description")


@dataclass(frozen=True, slots=True)
class FileLine:
    """One entry of `files`; `path` is relative to the folder of the JSON Lines file."""

    path: str
    title: str = ""
    language: str = ""
    license: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a line says. None stands for a key that the line does not have: an update leaves that field as it is.

    `more` has the keys that only its kind has, as they were given. `is_draft`: the record says that it is not finished.
    `notes` tell what was odd about the record as a whole.
    """

    id: str
    language: str
    title: str
    kind: str
    folder: Path
    summary: str | None = None
    html: str | None = None
    license: str | None = None
    topics: tuple[str, ...] | None = None
    countries: tuple[str, ...] | None = None
    published: datetime | None = None
    files: tuple[FileLine, ...] | None = None
    more: dict[str, Any] = field(default_factory=dict)
    is_draft: bool = False
    unknown_keys: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def digest(self, assets: tuple[str, ...] = ()) -> str:
        """64 hexadecimal digits that change with anything that is read of the line, or with the `assets` it names."""
        names = ("id", "language", "title", "kind", "summary", "html", "license", "topics", "countries")
        known = {name: getattr(self, name) for name in names if getattr(self, name) is not None}
        if self.published:
            known["published"] = self.published.astimezone(UTC).isoformat()
        if self.files is not None:
            known["files"] = [[getattr(file, name) for name in FILE_KEYS] for file in self.files]
        if self.more:
            known["more"] = self.more
        if assets:
            known["assets"] = assets
        canonical = json.dumps(known, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
