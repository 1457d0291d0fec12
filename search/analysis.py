"""From text to terms: words, lower case, stems by Snowball (Ukrainian ones by `ukrainian`), accents folded.

Every engine indexes these terms and looks for these terms, so that they agree on what a word is.
"""

import re
import unicodedata
from functools import lru_cache
from threading import local

import Stemmer

from . import ukrainian

ALGORITHMS = {
    "en": "english",
    "sv": "swedish",
    "de": "german",
    "it": "italian",
    "tr": "turkish",
    "fi": "finnish",
    "nb": "norwegian",
    "da": "danish",
    "el": "greek",
    "ar": "arabic",
    "fr": "french",
}
WORD = re.compile(r"[^\W_]+")
# In Ukrainian an apostrophe, however it is typed, is part of a word: п’ять, сім'я.
WORD_WITH_APOSTROPHES = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
APOSTROPHES = str.maketrans(dict.fromkeys("'’`ʼ"))
ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
TURKISH_CASE = str.maketrans({"I": "ı", "İ": "i"})
MAX_WORD_LENGTH = 60

_threads = local()


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
    """The term of one lower-case word: its stem, without accents."""
    word = word[:MAX_WORD_LENGTH]
    if language == "uk":
        return folded(ukrainian.stem(word.translate(APOSTROPHES)))
    algorithm = ALGORITHMS.get(language)
    stem = _stemmer(algorithm).stemWord(word) if algorithm else word
    if language == "ar":
        stem = stem.translate(ARABIC_LETTERS)
    return folded(stem)


def folded(text: str) -> str:
    """Without accents; ß, ø, æ, ł and the dotless i as the letters that people type instead."""
    text = text.translate(FOLDED_LETTERS)
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


FOLDED_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "ς": "σ", "ґ": "г", "ʼ": ""}
)


def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    """Stemmers keep state: one for each thread."""
    if not hasattr(_threads, "stemmers"):
        _threads.stemmers = {}
    if algorithm not in _threads.stemmers:
        _threads.stemmers[algorithm] = Stemmer.Stemmer(algorithm)
    return _threads.stemmers[algorithm]
