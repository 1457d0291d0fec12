"""A light stemmer for Arabic: article, attached words and endings go, then the long vowels inside.

Most plurals change the vowels of a word (كتاب, كتب), so consonants are what its forms have in common; Snowball keeps
the vowels, and letters that are often typed without hamza or dots.
"""

import re

from .endings import cut_repeatedly

SAME_LETTERS = str.maketrans({"ٱ": "ا", "ى": "ي", "ئ": "ي", "ة": "ه", "ؤ": "و", "ء": None})
CONJUNCTIONS = "وف"
PREPOSITIONS = "لب"
ARTICLES = ("بال", "كال", "ال", "لل")
ENDING = re.compile("(?:تين|تان|اتي|اتك|ها|ان|ات|ون|ين|يه|يا|هم|هن|نا|وا|كم|تم|ه|ي|ك|ت|ا|ن)$")
LONG_VOWELS = re.compile("[اوي]")
MIN_LENGTH = 3


def stem(word: str) -> str:
    """The stem of a folded word (alif without hamza). Fewer than three consonants keep their vowels."""
    word = without_article(word.translate(SAME_LETTERS))
    word = cut_repeatedly(ENDING, word, MIN_LENGTH, word)
    if word[:1] in PREPOSITIONS and len(word) > MIN_LENGTH:
        word = word[1:]
    consonants = LONG_VOWELS.sub("", word)
    return consonants if len(consonants) >= MIN_LENGTH else word


def without_article(word: str) -> str:
    if word[:1] in CONJUNCTIONS and len(word) > MIN_LENGTH + 1:
        word = word[1:]
    for article in ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + MIN_LENGTH:
            return word[len(article) :]
    return word
