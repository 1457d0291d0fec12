"""Plain text: TXT, CSV and Markdown as they are, and the words of captions (WebVTT)."""

import re
from collections.abc import Iterator
from html import unescape
from typing import BinaryIO

from search.extraction.archives import CHUNK_BYTES
from search.extraction.decoding import decoded
from search.extraction.records import Limits, Outcome, Refusal

SIGNATURE = "WEBVTT"
TIMING = "-->"
TAG = re.compile(r"<[^<>]{0,1000}>")
LINE_END = re.compile(r"\r\n?|\n")
MAX_LINE = 100_000


def read(stream: BinaryIO, limits: Limits, notes: list[str]) -> Iterator[str]:
    yield from decoded(iter(lambda: stream.read(CHUNK_BYTES), b""))


def read_captions(stream: BinaryIO, limits: Limits, notes: list[str]) -> Iterator[str]:
    """What is shown, without times, names of cues, notes and styles; a voice's name is left out like other tags."""
    shown, is_first = False, True
    for line in _lines(read(stream, limits, notes)):
        if is_first and not line.startswith(SIGNATURE):
            raise Refusal(Outcome.BROKEN, "not WebVTT")
        is_first = False
        if TIMING in line:
            shown = True
        elif not line.strip():
            shown = False
        elif shown:
            yield unescape(TAG.sub("", line)) + "\n"


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    rest = ""
    for piece in pieces:
        *whole, rest = LINE_END.split(rest + piece)
        yield from whole
        if len(rest) > MAX_LINE:
            yield rest
            rest = ""
    yield rest
