"""What a reader asks, and what the answer looks like."""

from dataclasses import dataclass, field
from uuid import UUID

from pyroaring import BitMap

from catalog.filter_values import FilterValue
from catalog.kinds import Kind

DEFAULT_SIZE = 20
MAX_SIZE = 100
MAX_TEXT_LENGTH = 2_000
MAX_TERMS = 40
# Values of a facet in an answer, and of one that is wanted whole.
FACET_VALUES, WHOLE_FACET_VALUES = 30, 500
SORTS = ("relevance", "newest", "downloads")

# Documents by language, as the numbers of their works.
Numbers = dict[str, BitMap]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """`language` is the reader's; `filters` maps facets to the chosen values, any of which fits.

    So many `values` of each facet are answered, and all of the `whole` one.
    """

    text: str
    language: str
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    size: int = DEFAULT_SIZE
    sort: str = SORTS[0]
    values: int = FACET_VALUES
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that an engine found, best first. `score` compares only within one answer.

    One found `by_subject` has none of the words, but is about what they name. The words of one `found_in` another
    language are not in this edition of the work. What editors `picked` for the query need not have its words.
    """

    entry_id: int
    score: float
    by_subject: bool = False
    found_in: str = ""
    picked: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of matches, the number of works in all, and how many works each facet value has.

    `terms` are those that may have been found in each language; `has_near_words` tells that some of them stand for a
    word that no document has. It is `degraded` where the database answered in the place of a search server.
    """

    page: list[Match]
    total: int
    facets: dict[str, dict[str, int]]
    terms: dict[str, list[str]] = field(default_factory=dict)
    has_near_words: bool = False
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One result; `id` is the import id where there is one, `highlight` safe HTML with <mark> around what matched.

    `kind_label` is in the reader's language. `file` is the title of the attached file from which the highlight comes,
    empty where it comes from the text; `part` address and title of the module or unit from which it comes. `editions`
    has the address of each other edition of the work by its language; if `found_in` names one, the words are in that.
    """

    id: str
    work: UUID
    language: str
    kind: Kind
    kind_label: str
    title: str
    path: str
    summary: str
    highlight: str
    file: str = ""
    by_subject: bool = False
    part: tuple[str, str] | None = None
    found_in: str = ""
    editions: dict[str, str] = field(default_factory=dict)
    picked: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`omitted` says of how many values of a facet the answer does not speak; `degraded` as in `Matches`."""

    query: SearchQuery
    hits: list[Hit]
    total: int
    facets: dict[str, list[FilterValue]]
    omitted: dict[str, int] = field(default_factory=dict)
    did_you_mean: str | None = None
    degraded: bool = False
