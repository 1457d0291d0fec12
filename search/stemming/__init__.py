"""Stems: what the forms of a word have in common, made so that it is the same with and without accents.

Snowball's stems alone differ between half of the forms in some languages, and between a word and what is typed
without its accents; `docs/decisions` has the figures. Related words may share a stem.
"""

from functools import lru_cache

from . import arabic, german, snowball, turkish, ukrainian
from .endings import without_endings
from .letters import APOSTROPHES, doubled_once, folded

# Letters that stay one where every character keeps its place.
UNDIVIDED_LETTERS = (("ß", "ss"), ("æ", "ae"), ("œ", "oe"))
MIN_SNOWBALL_LENGTH = 3
OWN = {"ar": arabic.stem, "tr": turkish.stem, "uk": ukrainian.stem}


def stem(word: str, language: str) -> str:
    """The stem of a lower-case word."""
    word = word.translate(APOSTROPHES) if language == "uk" else folded(word)
    if language in OWN:
        return folded(OWN[language](word))
    if language == "de":
        word = german.without_participle_prefix(word)
    shorter = folded(snowball.stem(word, language))
    if len(shorter) < MIN_SNOWBALL_LENGTH <= len(word):
        # All of a short word taken for an ending: λίστα.
        shorter = word
    return without_endings(doubled_once(shorter), language) if language != "en" else shorter


@lru_cache(maxsize=10_000)
def beginnings(term: str, language: str) -> frozenset[str]:
    """How folded words with this stem may begin; empty where any beginning is possible."""
    if language == "ar":
        return frozenset()
    if language == "uk":
        return frozenset(ukrainian.beginnings(term))
    start = term[: max(2, min(3, len(term) - 2))]
    found = {(start[:place] + start[place - 1] + start[place:])[: len(start)] for place in range(1, len(start) + 1)}
    found |= {start.replace(plain, letter) for letter, plain in UNDIVIDED_LETTERS}
    return frozenset({start, *found} | (german.beginnings(term) if language == "de" else set()))
