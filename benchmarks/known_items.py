"""Questions with a known answer, made from a collection of editions by chance, the same in every run.

A distinctive word is one whose like, words of the same first five letters, stand in at most five editions of its
language. Words are split here by rules of their own, so
that nothing of the platform's analysis decides what it is asked.
"""

import json
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import simplemma

COLLECTIONS = ("udhr", "gnomehelp")
LETTERS = re.compile(r"[^\W\d_]+")
MAX_EDITIONS = 5
MIN_LENGTH = 5
# What is typed for letters that Unicode does not take apart.
PLAIN_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Edition:
    id: str
    language: str
    title: str
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """`answers` are the ids of the editions in `language` of which one has to be found."""

    language: str
    text: str
    answers: frozenset[str]


def editions(folder: Path) -> Iterator[Edition]:
    for collection in COLLECTIONS:
        for path in sorted((folder / collection).glob("*.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                yield Edition(f"{collection}-{row['id']}", row["lang"], row["title"], row["summary"], row["text"])


class Language:
    """The editions in one language and where its words stand."""

    def __init__(self, code: str, found: list[Edition]) -> None:
        self.code = code
        self.editions = found
        self.words = {edition.id: self.words_of(edition) for edition in found}
        self.places: dict[str, set[str]] = defaultdict(set)
        for identifier, words in self.words.items():
            for word in words:
                self.places[word].add(identifier)
        self.families: dict[str, set[str]] = defaultdict(set)
        for word, places in self.places.items():
            self.families[plain(word)[:MIN_LENGTH]] |= places
        seen = Counter(letter for word in self.places for letter in word)
        self.letters = sorted(letter for letter, count in seen.items() if count * 100 > len(self.places))

    def words_of(self, edition: Edition) -> set[str]:
        text = f"{edition.title} {edition.summary} {edition.text}"
        if self.code == "tr":
            text = text.replace("I", "ı").replace("İ", "i")
        return {word for word in LETTERS.findall(unicodedata.normalize("NFC", text).lower()) if len(word) > 1}

    def distinctive(self, edition: Edition) -> list[str]:
        return sorted(
            word
            for word in self.words[edition.id]
            if len(word) >= MIN_LENGTH and len(self.families[plain(word)[:MIN_LENGTH]]) <= MAX_EDITIONS
        )

    def titles(self) -> Iterator[Question]:
        same = defaultdict(set)
        for edition in self.editions:
            same[edition.title].add(edition.id)
        for title, identifiers in same.items():
            yield Question(self.code, title, frozenset(identifiers))

    def misspelt(self, chance: random.Random) -> Iterator[Question]:
        """One distinctive word of each edition, alone, with one letter wrong, missing, too many, or two swapped."""
        for edition in self.editions:
            known = self.distinctive(edition)
            if known:
                word = chance.choice(known)
                yield Question(self.code, self.with_typo(word, chance), frozenset(self.places[word]))

    def misspelt_titles(self, chance: random.Random) -> Iterator[Question]:
        """Each title with its rarest long word misspelt."""
        for edition in self.editions:
            found = [word for word in LETTERS.findall(edition.title) if len(word) >= MIN_LENGTH]
            if found:
                word = min(found, key=lambda each: (len(self.places.get(each.lower(), ())), -len(each), each))
                typo = self.with_typo(word.lower(), chance)
                yield Question(self.code, edition.title.replace(word, typo), frozenset({edition.id}))

    def with_typo(self, word: str, chance: random.Random) -> str:
        """`word` with one mistake, so that it becomes no other word of the collection."""
        while True:
            place = chance.randrange(len(word))
            letter = chance.choice(self.letters)
            typo = chance.choice(
                [
                    word[:place] + letter + word[place + 1 :],
                    word[:place] + letter + word[place:],
                    word[:place] + word[place + 1 :],
                    word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
                ]
            )
            if typo != word and typo not in self.places:
                return typo

    def without_accents(self, chance: random.Random) -> Iterator[Question]:
        """One distinctive word with accents of each edition that has any, typed without."""
        for edition in self.editions:
            known = [word for word in self.distinctive(edition) if plain(word) != word]
            if known and self.code != "uk":
                word = chance.choice(known)
                yield Question(self.code, plain(word), frozenset(self.places[word]))

    def inflected(self, chance: random.Random) -> Iterator[Question]:
        """A form that the edition does not have, of a word that it has, by simplemma's dictionary.

        Both forms are used somewhere in the collection; the word in all its forms, and words with the same first
        five letters as the form that is asked for, stand in at most ten editions: else not all could be among ten.
        """
        forms = defaultdict(set)
        for word in self.places:
            lemma = simplemma.lemmatize(word, lang=self.code).lower()
            if len(word) >= MIN_LENGTH <= len(lemma):
                forms[lemma].add(word)
        lemmas = {word: lemma for lemma, words in forms.items() for word in words if len(words) > 1}
        for edition in self.editions:
            possible = []
            for lemma in sorted({lemmas[word] for word in self.words[edition.id] if word in lemmas}):
                everywhere = set().union(*(self.places[word] for word in forms[lemma]))
                if len(everywhere) <= 10:
                    possible += [
                        other
                        for other in sorted(forms[lemma] - self.words[edition.id])
                        if len(everywhere | self.families[plain(other)[:MIN_LENGTH]]) <= 10
                    ]
            if possible:
                yield Question(self.code, chance.choice(possible), frozenset({edition.id}))


def plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.translate(PLAIN_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def languages(found: list[Edition]) -> list[Language]:
    grouped = defaultdict(list)
    for edition in found:
        grouped[edition.language].append(edition)
    return [Language(code, group) for code, group in sorted(grouped.items())]
