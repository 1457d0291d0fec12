"""What filters and counts need of every document, kept in the memory of each process as bitmaps.

A document is known by its language and the number of its work: within a language no work has two. Counting the works
of a value is then one intersection. Each use first asks the database what changed since the last one; what changed is
applied to copies, so that whoever reads at that moment sees one state.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from threading import Lock
from time import time
from typing import NamedTuple

from django.db import connection
from pyroaring import BitMap

CHUNK = 10_000
NOTHING = BitMap()

Value = tuple[str, str]


class Row(NamedTuple):
    """A document as it is stored; without an entry it is gone. Facets are lines "name=value"."""

    language: str
    number: int
    entry_id: int
    published: int
    expires: int | None
    facets: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The documents of one language.

    `entries` (ids) and `published` (microseconds since 1970) have an item for every number;
    `expiry` has (seconds since 1970, number) in order.
    """

    documents: BitMap = field(default_factory=BitMap)
    values: dict[Value, BitMap] = field(default_factory=dict)
    entries: array = field(default_factory=lambda: array("q"))
    published: array = field(default_factory=lambda: array("q"))
    expiry: list[tuple[int, int]] = field(default_factory=list)

    def changed(self, rows: Iterable[Row]) -> "Shelf":
        """A shelf on which these documents are as the rows say; each stands in at most one of them."""
        rows = list(rows)
        affected = BitMap(row.number for row in rows)
        present = [row for row in rows if row.entry_id]
        values = dict(self.values)
        if self.documents.intersect(affected):
            values = {value: kept for value, having in values.items() if (kept := having - affected)}
        numbers_by_facets: dict[str, list[int]] = {}
        for row in present:
            numbers_by_facets.setdefault(row.facets, []).append(row.number)
        numbers_by_value: dict[Value, list[int]] = {}
        for facets, numbers in numbers_by_facets.items():
            for line in facets.split("\n"):
                name, _, value = line.partition("=")
                numbers_by_value.setdefault((name, value), []).extend(numbers)
        for value, numbers in numbers_by_value.items():
            values[value] = values.get(value, NOTHING) | BitMap(numbers)
        entries, published = self.entries[:], self.published[:]
        missing = array("q", bytes(8 * max(0, affected.max() + 1 - len(entries))))
        entries += missing
        published += missing
        for row in rows:
            entries[row.number], published[row.number] = row.entry_id, row.published
        expiry = [pair for pair in self.expiry if pair[1] not in affected]
        expiry += [(row.expires, row.number) for row in present if row.expires is not None]
        return Shelf(
            documents=(self.documents - affected) | BitMap(row.number for row in present),
            values=values,
            entries=entries,
            published=published,
            expiry=sorted(expiry),
        )

    def visible(self, hidden: BitMap) -> BitMap:
        """What readers may see now: neither hidden nor expired."""
        expired = self.expiry[: bisect_right(self.expiry, (time(), float("inf")))] if self.expiry else ()
        if not hidden and not expired:
            return self.documents
        return self.documents - hidden - BitMap(number for _, number in expired)


@dataclass(frozen=True, slots=True)
class Columns:
    """All documents as they were at `mark`. `token` is of their index; `guidance` and `counted` as in `SearchState`.

    `state` goes up with each change that this process notices. It is None where nothing may be remembered: inside a
    transaction, which may see what others do not see, and where another thread has seen something later.
    """

    token: str = ""
    mark: int = 0
    state: int | None = None
    shelves: dict[str, Shelf] = field(default_factory=dict)
    visible: dict[str, BitMap] = field(default_factory=dict)
    guidance: str = ""
    counted: str = ""

    def changed(self, rows: Iterable[Row]) -> "Columns":
        shelves = dict(self.shelves)
        for language, changed in groupby(sorted(rows, key=attrgetter("language")), attrgetter("language")):
            shelves[language] = shelves.get(language, EMPTY_SHELF).changed(changed)
        return replace(self, shelves=shelves)

    def seen_with(self, hidden: dict[str, BitMap], *, guidance: str, counted: str) -> "Columns":
        visible = {language: shelf.visible(hidden.get(language, NOTHING)) for language, shelf in self.shelves.items()}
        seen = {language: found for language, found in visible.items() if found}
        return replace(self, visible=seen, guidance=guidance, counted=counted)


EMPTY_SHELF = Shelf()


class Keeper:
    """The columns of this process."""

    def __init__(self) -> None:
        self.columns = Columns(state=0)
        self.lock = Lock()

    def current(self) -> Columns:
        """What a transaction sees before it has committed is not kept for others."""
        before = known = self.columns
        (token, mark, guidance, counted), rows, hidden = read_changes(known)
        if token != known.token or mark < known.mark:
            known = read_all(Columns(token=token)) if token else Columns()
        elif rows:
            known = known.changed(rows)
        if mark != known.mark:
            known = replace(known, mark=mark)
        if connection.in_atomic_block:
            known = replace(known, state=None)
        elif known is not before:
            known = self.keep(known, is_new=bool(rows) or token != before.token or mark < before.mark)
        return known.seen_with(hidden, guidance=guidance, counted=counted)

    def keep(self, columns: Columns, *, is_new: bool) -> Columns:
        """Keep what was read, unless another thread has read something later; `is_new` if documents changed."""
        with self.lock:
            if columns.token == self.columns.token and columns.mark < self.columns.mark:
                return replace(columns, state=None)
            self.columns = replace(columns, state=self.columns.state + is_new)
            return self.columns


_keeper = Keeper()


def current_columns() -> Columns:
    """The documents as they are in the database now, with what readers may see of them: one query."""
    return _keeper.current()


FIELDS = "language, number, entry_id, published, expires, facets"
# A transaction that is still open may yet commit rows with an older number than some that are there already: PostgreSQL
# says from which number on rows may still come, SQLite writes one transaction after the other.
MARK = {"sqlite": "s.mark", "postgresql": "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"}
IS_LATER = {"sqlite": "d.changed > %s", "postgresql": "d.changed >= %s"}


def read_changes(known: Columns) -> tuple[tuple[str, int, str, str], list[Row], dict[str, BitMap]]:
    """The index's token ("" if there is none), mark, guidance and counted, the documents changed since `known`, the
    hidden ones.

    What is hidden is asked for in the words of the partial index `catalog_hidden`, so that it is found there; SQLite
    keeps the order of a CROSS JOIN.
    """
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT s.token, {MARK[vendor]}, s.guidance, s.counted,
                d.language, d.number, d.entry_id, d.published, d.expires, d.facets
            FROM search_searchstate s
            LEFT JOIN search_searchdocument d ON s.token = %s AND {IS_LATER[vendor]}
            UNION ALL
            SELECT NULL, 0, '', '', d.language, d.number, d.entry_id, 0, NULL, ''
            FROM catalog_catalogentry c CROSS JOIN search_searchdocument d
            WHERE d.entry_id = c.id AND c.withdrawn_at IS NOT NULL AND NOT (c.digest = '')""",
            [known.token, known.mark],
        )
        found = cursor.fetchall()
    state = next((row[:4] for row in found if row[0] is not None), ("", 0, "", ""))
    rows = [Row(*row[4:]) for row in found if row[0] is not None and row[4] is not None]
    hidden: dict[str, BitMap] = {}
    for row in found:
        if row[0] is None:
            hidden.setdefault(row[4], BitMap()).add(row[5])
    return state, rows, hidden


def read_all(columns: Columns) -> Columns:
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {FIELDS} FROM search_searchdocument WHERE id > %s ORDER BY id LIMIT {CHUNK}", [last]
            )
            rows = cursor.fetchall()
        if rows:
            columns, last = columns.changed([Row(*row[1:]) for row in rows]), rows[-1][0]
        if len(rows) < CHUNK:
            return columns


class Passing:
    """Of the works that match, those that pass the chosen filters, and how many each value has.

    `matched` and `by_language` are the numbers of works in each language. A document passes when it has one of the
    chosen values of each filter. A work counts once for each value of its documents. A filter's own choice does not
    hide its other values: those are counted over what passes the other filters.
    """

    def __init__(self, columns: Columns, matched: dict[str, BitMap], filters: Mapping[str, Iterable[str]]) -> None:
        self.columns = columns
        self.matched = {language: found for language, found in matched.items() if found}
        self.filters = {name: values for name, values in filters.items() if values}
        self.allowed = {
            name: {language: self.having(language, name, values) for language in self.matched}
            for name, values in self.filters.items()
        }
        self.by_language = self.passing()

    def having(self, language: str, name: str, values: Iterable[str]) -> BitMap:
        shelf = self.columns.shelves[language]
        return BitMap.union(NOTHING, *(shelf.values.get((name, value), NOTHING) for value in values))

    def filtered(self, language: str) -> BitMap:
        """All documents of a language that pass the filters, whether they match or not."""
        visible = self.columns.visible.get(language, NOTHING)
        if not visible or not self.allowed:
            return visible
        filters = [self.having(language, name, values) for name, values in self.filters.items()]
        return BitMap.intersection(visible, *filters)

    def passing(self, *, without: str = "") -> dict[str, BitMap]:
        """What passes all filters but one."""
        found = {}
        for language, matched in self.matched.items():
            allowed = [by_language[language] for name, by_language in self.allowed.items() if name != without]
            if numbers := BitMap.intersection(matched, *allowed):
                found[language] = numbers
        return found

    @property
    def total(self) -> int:
        return len(BitMap.union(NOTHING, *self.by_language.values()))

    def counts(self, names: Iterable[str]) -> dict[str, dict[str, int]]:
        """Works by value for each of `names`."""
        result: dict[str, dict[str, int]] = {name: {} for name in names}
        free = result.keys() - self.allowed.keys()
        self.count(self.by_language, free, result)
        for name in result.keys() & self.allowed.keys():
            self.count(self.passing(without=name), {name}, result)
        return result

    def count(self, numbers: dict[str, BitMap], names: Set[str], result: dict[str, dict[str, int]]) -> None:
        """Works found in one language are added up; only those found in several are put together before."""
        seen, several = NOTHING, NOTHING
        for found in numbers.values():
            several = several | (seen & found)
            seen = seen | found
        having: dict[Value, list[BitMap]] = {}
        for language, found in numbers.items():
            alone, shared = found - several, found & several
            for value, with_value in self.columns.shelves[language].values.items():
                if value[0] in names:
                    if number := alone.intersection_cardinality(with_value):
                        result[value[0]][value[1]] = result[value[0]].get(value[1], 0) + number
                    if shared and shared.intersect(with_value):
                        having.setdefault(value, []).append(shared & with_value)
        for (name, value), parts in having.items():
            result[name][value] = result[name].get(value, 0) + len(BitMap.union(*parts))
