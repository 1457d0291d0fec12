"""Snowball's stemmers, one of each for each thread, because they keep state."""

from threading import local

import Stemmer

ALGORITHMS = {
    "en": "english",
    "sv": "swedish",
    "de": "german",
    "it": "italian",
    "fi": "finnish",
    "nb": "norwegian",
    "da": "danish",
    "el": "greek",
    "fr": "french",
}
_threads = local()


def stem(word: str, language: str) -> str:
    """The stem; `word` itself in languages that are not listed here."""
    if language not in ALGORITHMS:
        return word
    if not hasattr(_threads, "stemmers"):
        _threads.stemmers = {}
    if language not in _threads.stemmers:
        _threads.stemmers[language] = Stemmer.Stemmer(ALGORITHMS[language])
    return _threads.stemmers[language].stemWord(word)
