"""What a query asks for in one language: words and phrases as index terms.

The syntax is small: words, "phrases", and -words or -"phrases" that must not be there. A quotation mark without its
partner is text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .analysis import terms_of
from .queries import MAX_TERMS

# A word or the words of a phrase, and what means the same.
Ways = Mapping[tuple[str, ...], Iterable[tuple[str, ...]]]
SYNONYM_WEIGHT = 0.8
MAX_SYNONYMS = 12

PIECE = re.compile(r'(?:(?<=\s)|^)(-?)[“„«"]([^“”„«»"]*)[”“»"]|(?:(?<=\s)|^)-(?=\w)(\S+)|([^\s]+)')


class Alternative(NamedTuple):
    """A word, or the words of a phrase in a row. `weight` is 1 for what was asked for, less for what is near it."""

    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Clause:
    """Something that a document may have, one way or another; or must, where it is required."""

    alternatives: tuple[Alternative, ...]
    required: bool = False

    @property
    def by_weight(self) -> dict[float, "Clause"]:
        """The same, a clause for the alternatives of each weight."""
        weights = dict.fromkeys(alternative.weight for alternative in self.alternatives)
        return {weight: Clause(tuple(way for way in self.alternatives if way.weight == weight)) for weight in weights}

    @property
    def terms(self) -> set[str]:
        return {term for alternative in self.alternatives for term in alternative.terms}


@dataclass(frozen=True, slots=True)
class Clauses:
    wanted: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()

    def with_near(self, near: Mapping[str, Mapping[str, float]]) -> "Clauses":
        """Words by their terms replaced by near ones, which are terms with their weights."""

        def replaced(clause: Clause) -> Clause:
            exact = clause.alternatives[0].terms
            others = near.get(exact[0]) if len(exact) == 1 else None
            return Clause(tuple(Alternative((term,), weight) for term, weight in others.items())) if others else clause

        return Clauses(tuple(replaced(clause) for clause in self.wanted), self.excluded)

    @property
    def near(self) -> "Clauses":
        """Only what stands for something that no document has."""
        return Clauses(tuple(clause for clause in self.wanted if clause.alternatives[0].weight < 1))

    @property
    def terms(self) -> list[str]:
        """Every term that may be found, to be marked where it stands."""
        return sorted({term for clause in self.wanted for term in clause.terms})


@dataclass(frozen=True, slots=True)
class Parsed:
    """The pieces of a query, as they were typed."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]

    @property
    def relaxed(self) -> str:
        """The words of words and phrases; empty where nothing is asked for more strictly than that."""
        return " ".join((*self.words, *self.phrases)) if self.phrases or self.excluded else ""


def parsed(text: str) -> Parsed:
    words, phrases, excluded = [], [], []
    for minus, quoted, unwanted, word in PIECE.findall(text):
        if unwanted:
            excluded.append(unwanted)
        elif word:
            words.append(word)
        elif quoted.strip():
            (excluded if minus else phrases).append(quoted)
    return Parsed(tuple(words), tuple(phrases), tuple(excluded))


def clauses_of(query: Parsed, language: str, synonyms: Ways | None = None) -> Clauses:
    """The same word twice counts once; what has no letters or digits asks for nothing. Phrases are taken literally."""
    words = with_synonyms(terms_of(" ".join(query.words), language), synonyms or {})
    phrases = [phrase for text in query.phrases if (phrase := tuple(terms_of(text, language)))]
    wanted = [Clause((Alternative(phrase),), required=True) for phrase in dict.fromkeys(phrases)]
    in_phrases = {term for phrase in phrases for term in phrase}
    wanted += [
        Clause((Alternative((term,)), *(Alternative(way, SYNONYM_WEIGHT) for way in ways)))
        for term, ways in words.items()
        if term not in in_phrases
    ]
    excluded = [
        Clause((Alternative(terms),))
        for terms in dict.fromkeys(tuple(terms_of(text, language)) for text in query.excluded)
        if terms
    ]
    return Clauses(tuple(wanted[:MAX_TERMS]), tuple(excluded[:MAX_TERMS]))


def with_synonyms(terms: Sequence[str], synonyms: Ways) -> dict[str, list[tuple[str, ...]]]:
    """Each term once, with what may stand for it; what means the same as several in a row stands for each of them."""
    found: dict[str, dict[tuple[str, ...], None]] = {term: {} for term in terms}
    longest = max(map(len, synonyms), default=0)
    for start in range(len(terms)):
        for end in range(start + 1, min(start + longest, len(terms)) + 1):
            for way in synonyms.get(tuple(terms[start:end]), ()):
                for term in terms[start:end]:
                    found[term][way] = None
    return {term: [way for way in ways if way != (term,)][:MAX_SYNONYMS] for term, ways in found.items()}
