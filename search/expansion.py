"""Terms to look for as well where a word of a query stands in no document: those of words that are nearly the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from .analysis import term_of, terms_of, words_of
from .edits import edits_between, one_edit_away, swaps
from .models import LONG_WORD, Word, beginning_key, ending_key
from .stemming.letters import plain

# Words shorter than this are near to too many others; from this length on, two edits may be mistakes.
MIN_LENGTH, TWO_EDITS_LENGTH = 4, 9
MAX_LENGTH = 40
MAX_UNKNOWN_WORDS = 4
MAX_NEAR_WORDS = 8
# What a near word counts, by its distance in edits; at 0 only accents differ.
WEIGHTS = (0.9, 0.6, 0.3)

# Terms, any of which will do; each counts as much as its weight, at most 1, says.
Group = dict[str, float]


@dataclass(frozen=True, slots=True)
class NearWord:
    word: str
    term: str
    edits: int


def near_terms(
    text: str, language: str, languages: Iterable[str], frequencies: Mapping[tuple[str, str], int]
) -> dict[str, dict[str, Group]]:
    """What else to look for in each of `languages`: by the term of a misspelt word, a group for near words.

    `language` is the reader's; `frequencies` has the documents by language and term, and may leave out those that
    have none. A word that any document has is looked for as it is. Others bring in near words of the reader's
    language, or else of the other ones: two queries at most, none where every word is known.
    """
    languages = list(languages)
    near: dict[str, dict[str, list[NearWord]]] = {}
    unknown = unknown_words(text, language, languages, frequencies)
    if unknown and language in languages:
        near = near_words(unknown, [language])
        unknown = [word for word in unknown if word not in near[language]]
    if unknown and (others := [code for code in languages if code != language]):
        near |= near_words(unknown, others)
    found = {code: groups(text, code, by_word) for code, by_word in near.items()}
    return {code: by_term for code, by_term in found.items() if by_term}


def unknown_words(
    text: str, language: str, languages: list[str], frequencies: Mapping[tuple[str, str], int]
) -> list[str]:
    """Plain spellings of the words that no document has, whatever its language; the first few that may be mistakes."""
    unknown = [
        plain(word)
        for word in dict.fromkeys(words_of(text, language))
        if not any(frequencies.get((code, term)) for code in languages for term in terms_of(word, code))
    ]
    return [word for word in unknown if MIN_LENGTH <= len(word) <= MAX_LENGTH and word.isalpha()][:MAX_UNKNOWN_WORDS]


def groups(text: str, language: str, near: Mapping[str, list[NearWord]]) -> dict[str, Group]:
    found: dict[str, Group] = {}
    for word in words_of(text, language):
        if others := near.get(plain(word)):
            # Of several words with one term the nearest counts, which stands first.
            group = {other.term: WEIGHTS[other.edits] for other in reversed(others)}
            found.setdefault(term_of(word, language), group)
    return found


def near_words(words: list[str], languages: list[str]) -> dict[str, dict[str, list[NearWord]]]:
    """By language and plain spelling, indexed words at the least distance that has any, up to a few."""
    found: dict[str, dict[str, set[NearWord]]] = {language: {} for language in languages}
    letters = {word: frozenset(word) for word in words}
    for language, spelling, word, term in candidates(words, languages):
        for wanted in words:
            most = allowed_edits(wanted)
            # An edit changes two letters at most; most candidates differ in more.
            if len(letters[wanted].symmetric_difference(spelling)) <= 2 * most:
                edits = edits_between(wanted, spelling, most)
                if edits is not None:
                    found[language].setdefault(wanted, set()).add(NearWord(word, term, edits))
    return {language: {word: nearest(near) for word, near in by_word.items()} for language, by_word in found.items()}


def allowed_edits(word: str) -> int:
    return 2 if len(word) >= TWO_EDITS_LENGTH else 1


def lengths_near(word: str) -> range:
    return range(len(word) - allowed_edits(word), len(word) + allowed_edits(word) + 1)


def nearest(near: set[NearWord]) -> list[NearWord]:
    least = min(other.edits for other in near)
    return sorted((other for other in near if other.edits == least), key=lambda other: other.word)[:MAX_NEAR_WORDS]


def candidates(words: list[str], languages: list[str]) -> QuerySet:
    """Language, plain spelling, word and stem of all indexed words that one of `words` may be a mistake for.

    Short words are asked for in every spelling that is one edit away. A long one shares its first or its last
    letters with what was meant, and nearly its length; only a second mistake at the other end hides it.
    """
    indexed = Word.objects.filter(language__in=languages).order_by()
    short = [word for word in words if len(word) < LONG_WORD]
    long = [word for word in words if len(word) >= LONG_WORD]
    spellings = set(words).union(*(swaps(word) for word in long))
    for language in languages:
        spellings = spellings.union(*(one_edit_away(word, language) for word in short))
    lengths = [
        (word, len(word) + more) for word in long for more in range(-allowed_edits(word), allowed_edits(word) + 1)
    ]
    beginnings = {beginning_key(word, length) for word, length in lengths}
    endings = {ending_key(word, length) for word, length in lengths}
    found = indexed.filter(plain__in=spellings)
    if long:
        found = found.union(indexed.filter(beginning__in=beginnings), indexed.filter(ending__in=endings), all=True)
    return found.values_list("language", "plain", "word", "stem")
