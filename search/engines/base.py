"""The contract of a search engine."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from ..models import SearchText
from ..queries import Matches, SearchQuery


class SearchEngine(ABC):
    """Finds entries. Engines see analysed terms and ids; texts, labels and HTML are not their business."""

    @abstractmethod
    def index(self, texts: Iterable[SearchText]) -> None:
        """Add documents, or replace those of the same language; one that changed its language is removed first."""

    @abstractmethod
    def remove(self, entry_ids: Iterable[int]) -> None:
        """Forget documents; unknown ids are no error."""

    @abstractmethod
    def clear(self) -> None:
        """Forget all documents."""

    @abstractmethod
    def find(self, query: SearchQuery) -> Matches:
        """The page of matches that `query` asks for: one for each work, all words first, then most words."""

    @abstractmethod
    def frequencies(self, language: str, terms: Iterable[str]) -> dict[str, int]:
        """In how many documents of `language` each of `terms` stands."""
