"""Reads JSON Lines as a stream: one line in memory at a time, and no line longer than `MAX_LINE_BYTES`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

MAX_LINE_BYTES = 16 * 1024 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from 1, blank lines included; 0 stands for the file as a whole.

    `end` is how many bytes of the file have been read after it. Where `problem` says why the line
    could not be read, `text` is empty.
    """

    file: Path
    number: int
    end: int
    text: str = ""
    problem: str = ""
    unit: str = "line"


def files_below(path: Path) -> list[Path]:
    """The file itself, or the `.jsonl` files of a folder and its subfolders, English before all others in each."""
    if path.is_dir():
        return sorted((file for file in path.rglob("*.jsonl") if file.is_file()), key=reading_order)
    return [path]


def reading_order(file: Path) -> tuple[str, int, str]:
    languages = [settings.LANGUAGE_CODE, *(code for code, _ in settings.LANGUAGES)]
    place = languages.index(file.stem) if file.stem in languages else len(languages)
    return (str(file.parent), place, file.name)


def lines_of(file: Path) -> Iterator[Line]:
    """Every line that is not blank. A file that cannot be read to its end is one more line, with the problem."""
    number = 0
    try:
        with file.open("rb") as stream:
            while raw := stream.readline(MAX_LINE_BYTES + 1):
                number += 1
                yield from line_from(file, number, stream, raw)
    except OSError as error:
        yield Line(file, 0, 0, problem=f"The file could not be read after line {number}: {error.strerror or error}.")


def line_from(file: Path, number: int, stream: BinaryIO, raw: bytes) -> Iterator[Line]:
    if len(raw) > MAX_LINE_BYTES:
        while raw and not raw.endswith(b"\n"):
            raw = stream.readline(MAX_LINE_BYTES)
        problem = f"The line is longer than {MAX_LINE_BYTES // 1024 // 1024} MB."
        yield Line(file, number, stream.tell(), problem=problem)
        return
    if number == 1:
        raw = raw.removeprefix(BYTE_ORDER_MARK)
    try:
        text = raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        yield Line(file, number, stream.tell(), problem="The line is not UTF-8 text.")
        return
    if text:
        yield Line(file, number, stream.tell(), text=text)
