"""A progress bar over the bytes of the input; nothing where no terminal would show it."""

from pathlib import Path
from typing import TextIO

from tqdm import tqdm

from .outcomes import Outcome


class Progress(tqdm):
    def __init__(self, files: list[Path], stream: TextIO, *, is_hidden: bool) -> None:
        super().__init__(
            total=sum(size_of(file) for file in files),
            unit="B",
            unit_scale=True,
            desc="Importing",
            file=stream,
            disable=True if is_hidden else None,
            leave=False,
        )
        self._file: Path | None = None
        self._before = 0

    def advance(self, outcome: Outcome) -> None:
        if not outcome.end:
            return
        if outcome.file != self._file:
            self._file, self._before = outcome.file, 0
        self.update(max(0, outcome.end - self._before))
        self._before = max(outcome.end, self._before)


def size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
