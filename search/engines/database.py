"""What the two engines inside the database share: which documents match, and in what order.

Each word of a query weighs more the rarer it is. The share of the query's weight that a document covers decides first
(all words, then most words), the engine's own relevance score second. Which documents have a word is read as numbers
and put together as bitmaps (`columns.py`); only those documents get a score among which the page that was asked for is.
"""

import heapq
import math
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from pyroaring import BitMap

from ..clauses import Clause, Clauses, clauses_of, parsed
from ..columns import NOTHING, Columns, Passing, current_columns
from ..downloads import downloads
from ..editions import Editions
from ..expansion import near_terms
from ..facets import FACETS
from ..guiding import documents_of, guidance
from ..queries import SORTS, Match, Matches, Numbers, SearchQuery
from ..remembering import Memory, remembered
from ..subjects import about_named_subjects
from .base import SearchEngine

FULL_COVERAGE = 0.999
# Documents that cover less than this share of what the best one covers are no answer.
NEAR_BEST_COVERAGE = 0.4
# A database takes this many SELECTs in one statement.
MAX_PIECES = 200
# So few documents are named to the database rather than all that match being scored.
MAX_NAMED = 1_000

# The documents that have a word, and the scores of single words, in the memory of each process.
NUMBERS, SCORES = Memory(room=5_000_000), Memory(room=100_000)

# Score and number of documents.
Rows = list[tuple[float, int]]
# The documents that have a clause, by how much of its weight they cover.
Hits = dict[Clause, list[tuple[float, BitMap]]]


@dataclass
class Sql:
    """A piece of SQL with the parameters that it needs, in order."""

    text: str
    params: list = field(default_factory=list)

    @property
    def question(self) -> tuple:
        return (self.text, *(tuple(value) if isinstance(value, list) else value for value in self.params))

    @classmethod
    def join(cls, separator: str, pieces: "Iterable[Sql]") -> "Sql":
        pieces = list(pieces)
        return cls(separator.join(piece.text for piece in pieces), [p for piece in pieces for p in piece.params])


@dataclass(frozen=True, slots=True)
class Found:
    """The works that match in each language, of which `full` have all that any document has there (`wanted`).

    They have each word in the best way in which any document has it (`strongest`).
    """

    near: dict[str, BitMap]
    full: dict[str, BitMap]
    wanted: dict[str, tuple[Clause, ...]] = field(default_factory=dict)
    strongest: dict[str, tuple[Clause, ...]] = field(default_factory=dict)
    scores: dict[str, Rows] = field(default_factory=dict)
    terms: dict[str, list[str]] = field(default_factory=dict)
    has_near_words: bool = False


UNSCORED = Found({}, {})


@dataclass(frozen=True, slots=True)
class Reading:
    """By language: the documents that have each clause, those that may be found at all, and scores."""

    hits: dict[str, Hits]
    visible: dict[str, BitMap]
    scores: dict[str, Rows]

    def add(self, language: str, clause: Clause, weight: float, numbers: BitMap) -> None:
        if numbers:
            self.hits[language].setdefault(clause, []).append((weight, numbers))


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of the query's weight that documents cover: `shares` of each, or `best` of every one in `full`."""

    full: BitMap
    best: float
    shares: dict[int, float] | None = None

    def at_least(self, share: float) -> BitMap:
        if self.shares is None:
            return self.full if self.best >= share else NOTHING
        return BitMap([number for number, covered in self.shares.items() if covered >= share])


@dataclass(frozen=True, slots=True)
class Bucket:
    """Works that stand together in the order of results, as documents by language; ranked among themselves."""

    documents: dict[str, BitMap]
    is_full: bool
    by_subject: bool = False

    def __len__(self) -> int:
        return len(BitMap.union(NOTHING, *self.documents.values()))


class DatabaseEngine(SearchEngine):
    @abstractmethod
    def expression(self, clauses: Sequence[Clause], *, every: bool) -> str:
        """What has one of the alternatives of any of `clauses`, or of every one, in the engine's query language."""

    @abstractmethod
    def matching(self, language: str, expression: str) -> Sql:
        """SELECT the numbers of all documents in `language` that match as one value, and nothing (NULL)."""

    @abstractmethod
    def numbers(self, value: object) -> BitMap:
        """The numbers in what `matching` selects."""

    @abstractmethod
    def scored(self, language: str, expression: str, numbers: BitMap | None = None) -> Sql:
        """SELECT a score, higher being better, and the number of those that match, or of those among `numbers`."""

    @abstractmethod
    def titles(self, terms: Sequence[str], endings: Sequence[str]) -> str:
        """What has all terms in its title, and a word that begins as one of the endings, as an expression."""

    def titled(
        self, language: str, terms: Iterable[str], endings: Iterable[str], among: BitMap, limit: int
    ) -> list[int]:
        expression = self.titles(list(terms), sorted(endings))
        rows = self.rows_of([self.scored(language, expression)])[0]
        return [number for _, number in heapq.nlargest(limit, (row for row in rows if row[1] in among))]

    def find(self, query: SearchQuery) -> Matches:
        columns = current_columns()
        asked = parsed(query.text)
        told = guidance(columns.guidance)
        clauses = {
            language: clauses_of(asked, language, told.synonyms.get(language))
            for language in {query.language, *columns.visible}
        }
        if not any(found.wanted or found.excluded for found in clauses.values()):
            if query.text.strip():
                return Matches(page=[], total=0, facets={name: {} for name in FACETS})
            found = Found(near=columns.visible, full=columns.visible)
        else:
            clauses = {language: clauses[language] for language in columns.visible}
            found = self.found(columns, clauses, words=" ".join(asked.words), own=query.language)
        subject = about_named_subjects(asked, query.language, columns)
        picked = told.picked_works(asked, query, columns)
        matched = put_together(put_together(found.near, subject), documents_of(picked, columns))
        passing = Passing(columns, matched, query.filters)
        return Matches(
            page=self.page_of(passing, found, query, picked),
            total=passing.total,
            facets=passing.counts(FACETS),
            terms=found.terms,
            has_near_words=found.has_near_words,
        )

    def found(self, columns: Columns, asked: dict[str, Clauses], *, words: str, own: str) -> Found:
        """What has the words of a query; in the place of a word that no document has, what has a near one."""
        reading = self.read(asked, columns, own)
        documents = {
            (language, term): len(numbers)
            for language, hits in reading.hits.items()
            for clause, parts in hits.items()
            for term in clause.terms
            for _, numbers in parts
        }
        near = near_terms(words, own, asked, documents)
        if near:
            asked = {code: clauses.with_near(near.get(code, {})) for code, clauses in asked.items()}
            more = self.read({code: clauses.near for code, clauses in asked.items() if clauses.near.wanted}, columns)
            for language, hits in more.hits.items():
                reading.hits[language].update(hits)
            reading.scores.clear()
        coverages: dict[str, Coverage] = {}
        best = 0.0
        for language in sorted(asked, key=lambda code: code != own):
            size = len(columns.shelves[language].documents)
            hits, visible = reading.hits[language], reading.visible[language]
            coverage = covered(asked[language], hits, visible, size=size, best=best)
            if coverage:
                coverages[language] = coverage
                best = max(best, coverage.best)
        at_least = {language: coverage.at_least(best * NEAR_BEST_COVERAGE) for language, coverage in coverages.items()}
        return Found(
            near={language: numbers for language, numbers in at_least.items() if numbers},
            full={language: coverage.full for language, coverage in coverages.items()},
            wanted={language: tuple(reading.hits[language]) for language in coverages},
            strongest={language: strongest(reading.hits[language]) for language in coverages},
            scores=reading.scores,
            terms={language: clauses.terms for language, clauses in asked.items()},
            has_near_words=bool(near),
        )

    def read(self, asked: dict[str, Clauses], columns: Columns, own: str = "") -> Reading:
        """Which documents have what; of a single word in the language `own` the scores, too."""
        reading = Reading({language: {} for language in asked}, dict(columns.visible), {})
        pieces: list[tuple[str, Clause, float, Sql]] = []
        for language, clauses in asked.items():
            if language == own and is_single(clauses):
                (clause,) = clauses.wanted
                (rows,) = self.scores_of([self.scored(language, self.expression([clause], every=False))], columns.state)
                reading.scores[language] = rows
                numbers = BitMap([number for _, number in rows])
                reading.add(language, clause, clause.alternatives[0].weight, numbers & columns.visible[language])
                continue
            wanted = [(clause, *part) for clause in clauses.wanted for part in clause.by_weight.items()]
            for clause, weight, ways in [*wanted, *((clause, 0.0, clause) for clause in clauses.excluded)]:
                pieces.append((language, clause, weight, self.matching(language, self.expression([ways], every=False))))
        unwanted = NOTHING
        found = self.numbers_of([sql for *_, sql in pieces], columns.state)
        for (language, clause, weight, _), numbers in zip(pieces, found, strict=True):
            if weight:
                reading.add(language, clause, weight, numbers & columns.visible[language])
            else:
                unwanted = unwanted | (numbers & columns.visible[language])
        if unwanted:
            # A work is unwanted in all languages where it is so in one.
            for language, numbers in reading.visible.items():
                reading.visible[language] = numbers - unwanted
        return reading

    def numbers_of(self, pieces: Sequence[Sql], state: int | None = None) -> list[BitMap]:
        """The numbers of the documents that each piece selects, as one value for each piece: far fewer rows.

        They are to be read only: in the same `state` of the columns they may be given again.
        """

        def ask(places: list[int]) -> list[BitMap]:
            found = self.rows_of([pieces[place] for place in places])
            return [self.numbers(rows[0][0]) if rows else NOTHING for rows in found]

        return remembered(NUMBERS, [piece.question for piece in pieces], state, ask)

    def scores_of(self, pieces: Sequence[Sql], state: int | None) -> list[Rows]:
        """The scores and numbers that each piece selects, to be read only."""

        def ask(places: list[int]) -> list[Rows]:
            return self.rows_of([pieces[place] for place in places])

        return remembered(SCORES, [piece.question for piece in pieces], state, ask)

    def rows_of(self, pieces: Sequence[Sql]) -> list[list[tuple]]:
        """The two columns of what each piece selects; one statement for very many pieces."""
        if len(pieces) == 1:
            with connection.cursor() as cursor:
                cursor.execute(pieces[0].text, pieces[0].params)
                return [cursor.fetchall()]
        result: list[list[tuple]] = []
        for start in range(0, len(pieces), MAX_PIECES):
            some = pieces[start : start + MAX_PIECES]
            query = Sql.join(
                " UNION ALL ",
                [
                    Sql(f"SELECT q.*, {place} AS piece FROM ({sql.text}) q", sql.params)
                    for place, sql in enumerate(some)
                ],
            )
            found: list[list[tuple]] = [[] for _ in some]
            with connection.cursor() as cursor:
                cursor.execute(query.text, query.params)
                for first, second, piece in cursor.fetchall():
                    found[piece].append((first, second))
            result += found
        return result

    def page_of(self, passing: Passing, found: Found, query: SearchQuery, picked: Sequence[int]) -> list[Match]:
        """What editors picked; the reader's language, all words before most words, then relevance, then what is newer.

        After all of them, newest first, what has no word of the query and is about what it names.
        """
        first = (query.page - 1) * query.size
        last = first + query.size
        editions = Editions(passing, query.language)
        on_top = [Match(entry_id, 0.0, picked=True) for entry_id in editions.nearest(picked)]
        page = on_top[first:last]
        first, last = first - len(on_top), last - len(on_top)
        counts = downloads(passing.columns.counted) if query.sort == "downloads" else {}
        others = without(passing.by_language, picked)
        for bucket in buckets(others, found, query.language):
            length = len(bucket)
            if length and first < length and last > 0:
                is_scored = query.sort == SORTS[0] and not bucket.by_subject
                ranked = self.ranked(bucket, found if is_scored else UNSCORED, editions, counts, min(last, length))
                page += ranked[max(first, 0) :]
            first, last = first - length, last - length
        return page

    def ranked(
        self, bucket: Bucket, found: Found, editions: Editions, counts: Mapping[int, int], count: int
    ) -> list[Match]:
        """The first `count` works of a bucket, each by its best document, of equal ones by the reader's nearest.

        Where there are `counts` by work, they decide instead of scores.
        """
        columns = editions.columns
        best: dict[int, tuple[float, int, int, str]] = {}
        scores = self.scores(bucket, found, columns.state)
        if counts:
            scores = {code: [(counts.get(number, 0), number) for _, number in rows] for code, rows in scores.items()}
        for language in sorted(scores, key=editions.distance):
            shelf = columns.shelves[language]
            for score, number in leading(scores[language], count, shelf.published):
                if number not in best or score > best[number][0]:
                    best[number] = (score, shelf.published[number], number, language)
        return [
            Match(entry_id, score, bucket.by_subject, found_in)
            for score, _, number, language in heapq.nlargest(count, best.values())
            for entry_id, found_in in [editions.shown(number, language, bucket.documents)]
        ]

    def scores(self, bucket: Bucket, found: Found, state: int | None) -> dict[str, Rows]:
        """Score and number of the documents of a bucket; all the same where nothing was asked for."""
        result: dict[str, Rows] = {}
        pieces: dict[str, Sql] = {}
        for language, numbers in bucket.documents.items():
            if language in found.scores:
                rows = found.scores[language]
                result[language] = rows if len(rows) == len(numbers) else [row for row in rows if row[1] in numbers]
            elif not found.wanted.get(language):
                result[language] = [(0.0, number) for number in numbers]
            else:
                wanted = found.strongest if bucket.is_full else found.wanted
                expression = self.expression(wanted[language], every=bucket.is_full)
                pieces[language] = self.scored(language, expression, numbers if len(numbers) <= MAX_NAMED else None)
        for language, rows in zip(pieces, self.scores_of(list(pieces.values()), state), strict=True):
            numbers = bucket.documents[language]
            result[language] = [row for row in rows if row[1] in numbers]
        return result


def strongest(hits: Hits) -> tuple[Clause, ...]:
    """What was found, each only in the ways of the greatest weight that any document has."""
    return tuple(
        clause if len(clause.alternatives) == 1 else clause.by_weight[max(weight for weight, _ in parts)]
        for clause, parts in hits.items()
    )


def is_single(clauses: Clauses) -> bool:
    """One word or phrase, in one way: nothing to weigh against each other."""
    return len(clauses.wanted) == 1 and len(clauses.wanted[0].alternatives) == 1 and not clauses.excluded


def covered(clauses: Clauses, hits: Hits, visible: BitMap, *, size: int, best: float) -> Coverage | None:
    """How much of the query documents cover, of those that may come near the `best` one known; None if none does.

    `size` is the number of documents in the language.

    Rare words come first: once what is left weighs too little to bring a document near the best, only those that were
    found already are looked at.
    """
    if not clauses.wanted:
        return Coverage(visible, 1.0) if clauses.excluded else None
    for clause in clauses.wanted:
        if clause.required:
            visible = visible & BitMap.union(NOTHING, *(numbers for _, numbers in hits.get(clause, ())))
    having = {clause: BitMap.union(NOTHING, *(numbers for _, numbers in found)) for clause, found in hits.items()}
    documents = {clause: len(having.get(clause, NOTHING)) for clause in clauses.wanted}
    weights = weights_of(documents, size)
    known = sorted(hits, key=lambda clause: -weights[clause])
    complete = sum(weights[clause] for clause in known) * FULL_COVERAGE
    if len(known) == 1 and len(hits[known[0]]) == 1:
        matching = having[known[0]] & visible
        return Coverage(matching, weights[known[0]] * hits[known[0]][0][0]) if matching else None
    shares: dict[int, float] = {}
    candidates = visible
    left = sum(weights[clause] for clause in known)
    for clause in known:
        if candidates is visible and left < best * NEAR_BEST_COVERAGE:
            candidates = BitMap(shares)
        left -= weights[clause]
        counted = NOTHING
        for part, numbers in sorted(hits[clause], key=lambda hit: -hit[0]):
            weight = weights[clause] * part
            for number in (numbers - counted) & candidates:
                shares[number] = shares.get(number, 0.0) + weight
            counted = counted | numbers
        best = max(best, max(shares.values(), default=0.0))
    if not shares:
        return None
    full = BitMap([number for number, share in shares.items() if share >= complete])
    return Coverage(full, max(shares.values()), shares)


def weights_of(documents: dict[Clause, int], size: int) -> dict[Clause, float]:
    """The share of each clause in the weight of the query, 1 in all: what is rare weighs more (BM25's idf)."""
    rarity = {
        clause: math.log(1 + (size - min(count, size) + 0.5) / (min(count, size) + 0.5))
        for clause, count in documents.items()
    }
    total = sum(rarity.values()) or 1
    return {clause: value / total for clause, value in rarity.items()}


def buckets(passing: Numbers, found: Found, own: str) -> list[Bucket]:
    """In the order of results: the reader's language, then the others; in each what has all words, then the rest."""
    with_words = {language: numbers & found.near.get(language, NOTHING) for language, numbers in passing.items()}
    mine = with_words.get(own, NOTHING)
    mine_full = mine & found.full.get(own, NOTHING)
    others = {language: numbers - mine for language, numbers in with_words.items() if language != own}
    others_full = {language: numbers & found.full.get(language, NOTHING) for language, numbers in others.items()}
    complete = BitMap.union(NOTHING, *others_full.values())
    any_word = BitMap.union(mine, *others.values())
    my_subject = passing.get(own, NOTHING) - any_word
    subject = {language: numbers - any_word - my_subject for language, numbers in passing.items() if language != own}
    return [
        Bucket({own: mine_full}, is_full=True),
        Bucket({own: mine - mine_full}, is_full=False),
        Bucket(filled(others_full), is_full=True),
        Bucket(filled({language: numbers - complete for language, numbers in others.items()}), is_full=False),
        Bucket({own: my_subject}, is_full=False, by_subject=True),
        Bucket(filled(subject), is_full=False, by_subject=True),
    ]


def put_together(some: Numbers, others: Numbers) -> Numbers:
    both = {language: some[language] | others[language] for language in some.keys() & others.keys()}
    return {**some, **others, **both}


def without(documents: Numbers, numbers: Sequence[int]) -> Numbers:
    return {code: found - BitMap(numbers) for code, found in documents.items()} if numbers else documents


def filled(documents: Numbers) -> Numbers:
    return {language: numbers for language, numbers in documents.items() if numbers}


def leading(rows: Rows, count: int, published: Sequence[int]) -> Rows:
    """The `count` best rows, and of those that score as the last of them the newest."""
    if count >= len(rows):
        return rows
    best = heapq.nlargest(count, rows)
    least = best[-1][0]
    above = [row for row in best if row[0] > least]
    equal = [row for row in rows if row[0] == least]
    return above + heapq.nlargest(count - len(above), equal, key=lambda row: published[row[1]])
