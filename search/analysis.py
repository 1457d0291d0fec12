"""From text to terms: words, lower case, stems without accents.

Every engine indexes these terms and looks for these terms, so that they agree on what a word is.
"""

import re
import unicodedata
from functools import lru_cache

from .stemming import stem

WORD = re.compile(r"[^\W_]+")
# In Ukrainian an apostrophe, however it is typed, is part of a word: п’ять, сім'я.
WORD_WITH_APOSTROPHES = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
TURKISH_CASE = str.maketrans({"I": "ı", "İ": "i"})
MAX_WORD_LENGTH = 60
# Goes up when the same entry gives other terms or texts: what was indexed with a lower one is indexed again.
ANALYSIS_VERSION = 3


def terms_of(text: str, language: str) -> list[str]:
    """The index terms of `text` in reading order, repetitions included."""
    return [term for word in words_of(text, language) if (term := term_of(word, language))]


def words_of(text: str, language: str) -> list[str]:
    return word_pattern(language).findall(lowered(text, language))


def word_pattern(language: str) -> re.Pattern[str]:
    return WORD_WITH_APOSTROPHES if language == "uk" else WORD


def lowered(text: str, language: str) -> str:
    """Lower case by the rules of the language, composed, without vowel marks in Arabic."""
    if language == "tr":
        text = text.translate(TURKISH_CASE)
    text = unicodedata.normalize("NFC", text.lower())
    # "i̇" is what lower() makes of a dotted capital outside Turkish.
    text = text.replace("i\u0307", "i").replace("\u00ad", "")
    return ARABIC_MARKS.sub("", text)


@lru_cache(maxsize=100_000)
def term_of(word: str, language: str) -> str:
    """The term of one lower-case word."""
    return stem(word[:MAX_WORD_LENGTH], language)
