"""What a reader may have meant: the query with words of the index in place of those that it does not know."""

from .analysis import terms_of, words_of
from .engines import SearchEngine
from .expansion import near_words, unknown_words
from .queries import SearchQuery
from .stemming.letters import plain


def did_you_mean(engine: SearchEngine, text: str, language: str) -> str | None:
    """The query with its unknown words replaced; None when every word is known or nothing is near."""
    words = words_of(text, language)[:20]
    frequencies = engine.frequencies(language, set(terms_of(text, language)))
    known = {(language, term): count for term, count in frequencies.items()}
    unknown = unknown_words(text, language, [language], known)
    near = near_words(unknown, [language])[language] if unknown else {}
    counts = engine.frequencies(language, {other.term for found in near.values() for other in found}) if near else {}
    corrections = {}
    for word, found in near.items():
        best = max(found, key=lambda other: counts.get(other.term, 0))
        # The index may still hold what readers no longer see.
        if counts.get(best.term):
            corrections[word] = best.word
    if not corrections:
        return None
    suggestion = " ".join(corrections.get(plain(word), word) for word in words)
    # Only a query with results is worth a click.
    return suggestion if engine.find(SearchQuery(text=suggestion, language=language, size=1)).total else None
