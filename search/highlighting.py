"""Finds the passage that shows why an entry was found, and marks the words."""

import re
import unicodedata
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .analysis import lowered, term_of, word_pattern
from .models import FILE_BREAK, SearchText
from .stemming import beginnings
from .stemming.letters import folded

if TYPE_CHECKING:
    from .searching import FoundText

PASSAGE_LENGTH = 240
# Start, end and term of a word that matches.
Span = tuple[int, int, str]
# Punctuation that keeps a text from being ASCII and that lower() leaves alone.
PLAIN = re.compile(r"[\x00-\x7f\u00a0\u00a7-\u00b7\u00bb-\u00bf\u2010-\u203a\u20ac]*")


class Passage(NamedTuple):
    """HTML with what matched marked.

    If it comes from an attached file, `file` is that file's title. If it comes from a part of the work with a page of
    its own, `part` is that part's address and title.
    """

    html: SafeString
    file: str = ""
    part: tuple[str, str] | None = None


def passage(text: "SearchText | FoundText", terms: list[str]) -> Passage | None:
    """The best passage of summary, text, files or keywords, whichever has one first; None where nothing matches."""
    wanted = set(terms)
    if spans := matching_spans(text.summary, wanted, text.language):
        return Passage(marked_passage(text.summary, spans))
    if spans := matching_spans(text.body, wanted, text.language):
        start = best_start(spans)
        return Passage(marked_passage(text.body, spans, start), part=part_at(start, text.parts))
    for source in text.files.split(FILE_BREAK):
        if spans := matching_spans(source, wanted, text.language):
            title, _, inside = source.partition("\n")
            found = [(start - len(title) - 1, end - len(title) - 1, term) for start, end, term in spans]
            found = [span for span in found if span[0] >= 0]
            return Passage(marked_passage(inside, found) if found else escape(shortened(inside)), title)
    if spans := matching_spans(text.keywords, wanted, text.language):
        return Passage(marked_passage(text.keywords, spans))
    return None


def beginning(text: "SearchText | FoundText") -> SafeString:
    """What is shown where only the title matched."""
    return escape(shortened(text.summary or text.body))


def matching_spans(source: str, wanted: set[str], language: str) -> list[Span]:
    """Start, end and term of each word in `source` whose term is wanted.

    A word can only match when it begins as a wanted term's words do, so that is tried before stemming.
    """
    if not wanted or not source:
        return []
    pattern = word_pattern(language)
    starts = set().union(*(beginnings(term, language) for term in wanted))
    if starts:
        places = words_beginning_with(starts, simplified(source), pattern)
    else:
        places = [found.span() for found in pattern.finditer(source)]
    spans = []
    for start, end in places:
        term = term_of(lowered(source[start:end], language), language)
        if term in wanted:
            spans.append((start, end, term))
    return spans


def words_beginning_with(starts: set[str], text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where such words stand, in order. Looks for the beginnings first: most words are none of them."""
    places = set()
    for beginning in starts:
        start = text.find(beginning)
        while start != -1:
            if start == 0 or not text[start - 1].isalnum():
                places.add(pattern.match(text, start).span())
            start = text.find(beginning, start + 1)
    return sorted(places)


def simplified(text: str) -> str:
    """Lower case without accents, every character in its old place."""
    return text.lower() if PLAIN.fullmatch(text) else text.translate(_SIMPLIFIED)


class _Simplified(dict):
    """Character by character, worked out when first met; one character stays one character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        lower = folded(char.lower())
        self[code] = lower if len(lower) == 1 else unicodedata.normalize("NFKD", char.lower())[0]
        return self[code]


_SIMPLIFIED = _Simplified()


def part_at(position: int, parts: list[tuple[int, str, str]]) -> tuple[str, str] | None:
    """Address and title of the part in which a position of the text lies; `parts` as in `SearchText`."""
    before = bisect_right(parts, position, key=itemgetter(0))
    _start, path, title = parts[before - 1] if before else (0, "", "")
    return (path, title) if path else None


def best_start(spans: list[Span]) -> int:
    """Where the stretch of about PASSAGE_LENGTH characters begins in which most different terms stand."""
    best, best_count = spans[0][0], 0
    for position, (start, _, _) in enumerate(spans[:200]):
        inside = {term for begin, _, term in spans[position : position + 50] if begin < start + PASSAGE_LENGTH}
        if len(inside) > best_count:
            best, best_count = start, len(inside)
    return best


def marked_passage(source: str, spans: list[Span], start: int | None = None) -> SafeString:
    """The stretch of the text that begins near `start`, the best one by default, with what matches marked."""
    best = best_start(spans) if start is None else start
    begin = max(0, best - 60)
    if begin:
        space = source.find(" ", begin, best)
        begin = space + 1 if space != -1 else begin
    end = min(len(source), begin + PASSAGE_LENGTH)
    if end < len(source):
        space = source.rfind(" ", best, end)
        end = space if space > best else end
    inside = [(start - begin, stop - begin, term) for start, stop, term in spans if begin <= start and stop <= end]
    passage = marked(source[begin:end], inside)
    return mark_safe(("… " if begin else "") + passage + (" …" if end < len(source) else ""))


def marked(source: str, spans: list[Span]) -> SafeString:
    pieces, position = [], 0
    for start, end, _ in spans:
        pieces += [escape(source[position:start]), "<mark>", escape(source[start:end]), "</mark>"]
        position = end
    pieces.append(escape(source[position:]))
    return mark_safe("".join(pieces))


def shortened(text: str) -> str:
    if len(text) <= PASSAGE_LENGTH:
        return text
    return text[:PASSAGE_LENGTH].rsplit(" ", 1)[0] + " …"
