"""Letters that make no difference."""

import re
import unicodedata

FOLDED_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i", "ς": "σ", "ґ": "г", "ʼ": ""}
)
APOSTROPHES = str.maketrans(dict.fromkeys("'’`ʼ"))
DOUBLED = re.compile(r"([^\W\d_])\1")


def folded(text: str) -> str:
    """Without accents; ß, ø, æ, ł and the dotless i as the letters that people type instead."""
    if text.isascii():
        return text
    text = text.translate(FOLDED_LETTERS)
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def doubled_once(text: str) -> str:
    """One letter for two: which of them a form has depends on its ending (program, programmet; muuttaa, muutan)."""
    return DOUBLED.sub(r"\1", text)


def plain(word: str) -> str:
    """How a lower-case word is spelt without accents and apostrophes."""
    return folded(word.translate(APOSTROPHES))
