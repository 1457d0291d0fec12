"""The contract of a search engine."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from pyroaring import BitMap

from ..models import SearchText
from ..queries import Matches, SearchQuery


class SearchEngine(ABC):
    """Finds entries. Engines see analysed terms and numbers; texts, labels and HTML are not their business."""

    @abstractmethod
    def index(self, texts: Iterable[SearchText]) -> None:
        """Add documents, or replace those of the same work and language."""

    @abstractmethod
    def remove(self, documents: Iterable[tuple[str, int]]) -> None:
        """Forget documents, each a language and the number of a work; unknown ones are no error."""

    @abstractmethod
    def clear(self) -> None:
        """Forget all documents."""

    @abstractmethod
    def find(self, query: SearchQuery) -> Matches:
        """The page of matches that `query` asks for: one for each work, all words first, then most words."""

    @abstractmethod
    def titled(
        self, language: str, terms: Iterable[str], endings: Iterable[str], among: BitMap, limit: int
    ) -> list[int]:
        """The best works `among` those given by title: it has all `terms` and a word that begins as an ending."""

    @abstractmethod
    def frequencies(self, language: str, terms: Iterable[str]) -> dict[str, int]:
        """In how many documents of `language` each of `terms` stands."""
