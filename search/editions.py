"""Which edition of a work a reader is shown, whichever of them has the words."""

from collections.abc import Iterable, Iterator, Mapping

from pyroaring import BitMap

from .columns import NOTHING, Passing

# Whoever does not find a text in the own language is most likely to read this one,
WIDELY_READ = "en"
# but rather one that is close to the own.
NEIGHBORS: Mapping[str, tuple[str, ...]] = {"sv": ("nb", "da"), "nb": ("da", "sv"), "da": ("nb", "sv")}


class Editions:
    """Editions that pass the filters, for a reader of the language `own`."""

    def __init__(self, passing: Passing, own: str) -> None:
        self.columns = passing.columns
        self.matching = passing.by_language
        self.languages = tuple(dict.fromkeys((own, *NEIGHBORS.get(own, ()), WIDELY_READ)))
        self.passing = {language: passing.filtered(language) for language in self.languages}

    def nearest(self, works: Iterable[int]) -> Iterator[int]:
        """The entries that are shown of those works that match and pass."""
        for number in works:
            languages = [code for code, numbers in self.matching.items() if number in numbers]
            if languages:
                yield self.columns.shelves[min(languages, key=self.distance)].entries[number]

    def distance(self, language: str) -> int:
        return self.languages.index(language) if language in self.languages else len(self.languages)

    def shown(self, number: int, language: str, also: Mapping[str, BitMap]) -> tuple[int, str]:
        """Of a work found in `language` the entry that is shown; and that language if its words are not in this one.

        `also` has the documents by language in which the words were found.
        """
        nearest = next((code for code in self.languages if number in self.passing[code]), language)
        return self.columns.shelves[nearest].entries[number], "" if number in also.get(nearest, NOTHING) else language
