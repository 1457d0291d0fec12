"""Reads a JSON array of records: whole, so its size is limited, but handed on one record at a time."""

import json
from collections.abc import Iterator
from pathlib import Path

from .lines import BYTE_ORDER_MARK, Line, lines_of

MAX_BYTES = 50 * 1024 * 1024
SPACE = " \t\r\n"


def records_of(file: Path) -> Iterator[Line]:
    """The elements of a file that holds an array, else its lines."""
    return elements_of(file) if is_array(file) else lines_of(file)


def is_array(file: Path) -> bool:
    """A file named .jsonl is read by lines, whatever its first character."""
    if file.suffix.lower() == ".jsonl":
        return False
    try:
        with file.open("rb") as stream:
            return stream.read(4096).removeprefix(BYTE_ORDER_MARK).lstrip().startswith(b"[")
    except OSError:
        return False


def elements_of(file: Path) -> Iterator[Line]:
    """What follows a mistake in the JSON is not read; the last line then says so."""
    try:
        raw = b""
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            limit = MAX_BYTES // 1024 // 1024
            problem = f"A JSON array may have {limit} MB. Write larger inputs as JSON Lines: one record a line."
            yield Line(file, 0, 0, problem=problem)
            return
        text = raw.removeprefix(BYTE_ORDER_MARK).decode("utf-8")
    except OSError as error:
        yield Line(file, 0, 0, problem=f"The file could not be read: {error.strerror or error}.")
        return
    except UnicodeDecodeError as error:
        yield Line(file, 0, 0, problem=f"The file is not UTF-8 text: byte {error.start}.")
        return
    yield from elements_in(file, text, len(raw))


def elements_in(file: Path, text: str, size: int) -> Iterator[Line]:
    decode = json.JSONDecoder().raw_decode
    place = after_space(text, text.index("[") + 1)
    number = bytes_read = done = 0
    try:
        while not text.startswith("]", place):
            number += 1
            if number > 1:
                place = after_space(text, expect(text, place, ","))
            _, end = decode(text, place)
            bytes_read += len(text[done:end].encode())
            done = end
            yield Line(file, number, bytes_read, text=text[place:end], unit="record")
            place = after_space(text, end)
        if after_space(text, place + 1) < len(text):
            number += 1
            raise ValueError("something follows the end of the array")
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        problem = f"The array cannot be read from here on: {reason}."
        yield Line(file, max(number, 1), size, problem=problem, unit="record")


def after_space(text: str, place: int) -> int:
    while place < len(text) and text[place] in SPACE:
        place += 1
    return place


def expect(text: str, place: int, sign: str) -> int:
    if not text.startswith(sign, place):
        raise ValueError(f'"{sign}" or "]" was expected at character {place}')
    return place + 1
