"""Says what became of every record: bad ones by name as they come, all in numbers at the end, all by name in a file."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from .outcomes import Fate, Outcome

MAX_UNKNOWN_KEYS = 50
WORDS = {
    Fate.CREATED: "created",
    Fate.UPDATED: "updated",
    Fate.PUBLISHED: "published (came in as drafts before)",
    Fate.UNCHANGED: "unchanged",
    Fate.DIFFERS: "differ and were not updated (use --update)",
    Fate.REFUSED: "refused",
}
LATER = {
    Fate.CONNECTED: "links made to works that came in later",
    Fate.UNRESOLVED: "links not made",
}


class Report:
    """Writes as it goes and keeps only numbers, so that its size does not depend on that of the input."""

    def __init__(self, say: Callable[[str], None], *, root: Path, names_all: bool, is_dry_run: bool) -> None:
        self.say = say
        self.root = root if root.is_dir() else root.parent
        self.names_all = names_all
        self.is_dry_run = is_dry_run
        self.counts: Counter[Fate] = Counter()
        self.unknown_keys: Counter[str] = Counter()
        self.warnings = 0
        self.unit = "line"

    def add(self, outcome: Outcome) -> None:
        self.counts[outcome.fate] += 1
        self.unit = outcome.unit if outcome.number else self.unit
        self.warnings += len(outcome.warnings)
        for key in outcome.unknown_keys:
            if key in self.unknown_keys or len(self.unknown_keys) < MAX_UNKNOWN_KEYS:
                self.unknown_keys[key] += 1
        if outcome.reason or self.names_all or outcome.fate in LATER:
            self.say(f"{self.place(outcome)}: {outcome.fate}. {outcome.reason}".strip())
        for warning in outcome.warnings:
            self.say(f"{self.place(outcome)}: note. {warning}")

    def place(self, outcome: Outcome) -> str:
        name = f" ({outcome.import_id[:60]}, {outcome.language})" if outcome.import_id else ""
        number = f", {outcome.unit} {outcome.number}" if outcome.number else ""
        return f"{self.file_name(outcome)}{number}{name}"

    def file_name(self, outcome: Outcome) -> str:
        """Empty for a record of an earlier run."""
        return outcome.file.relative_to(self.root).as_posix() if outcome.number or outcome.file.name else "earlier"

    def say_summary(self) -> None:
        total = sum(self.counts[fate] for fate in WORDS)
        lead = f"{self.unit.capitalize()}s that were read"
        if self.is_dry_run:
            lead = "Nothing was written: this is what would happen"
        self.say(f"{lead}: {total}")
        for fate, words in WORDS.items():
            if self.counts[fate] or fate in (Fate.CREATED, Fate.REFUSED):
                self.say(f"  {self.counts[fate]:>6}  {words}")
        for fate, words in LATER.items():
            if self.counts[fate]:
                self.say(f"  {self.counts[fate]:>6}  {words}")
        if self.unknown_keys:
            keys = ", ".join(f'"{key}" ({count})' for key, count in sorted(self.unknown_keys.items()))
            self.say(f"Keys that are not known and were not read, with the number of {self.unit}s: {keys}")

    def as_json(self) -> dict[str, Any]:
        return {
            "dry_run": self.is_dry_run,
            "counts": {fate.value: self.counts[fate] for fate in Fate},
            "notes": self.warnings,
            "unknown_keys": dict(self.unknown_keys),
        }


class ReportFile:
    """One JSON object: `lines` with the fate of each, then the numbers. Written line by line, ended even if stopped."""

    def __init__(self, stream: TextIO, report: Report) -> None:
        self.stream = stream
        self.report = report
        self.is_first = True

    def __enter__(self) -> "ReportFile":
        self.stream.write('{"lines": [')
        return self

    def add(self, outcome: Outcome) -> None:
        row = {
            "file": self.report.file_name(outcome),
            "line": outcome.number,
            "id": outcome.import_id,
            "lang": outcome.language,
            "fate": outcome.fate.value,
            "page": outcome.page_id,
            "reason": outcome.reason,
            "notes": outcome.warnings,
            "unknown_keys": outcome.unknown_keys,
        }
        self.stream.write(("\n" if self.is_first else ",\n") + json.dumps(row, ensure_ascii=False))
        self.is_first = False

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        numbers = json.dumps(self.report.as_json(), ensure_ascii=False)
        self.stream.write(f"\n], {numbers[1:]}\n")
        self.stream.close()
