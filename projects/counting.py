"""Planned and done, of one country and of all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from .figures import ActivityFigures


@dataclass(frozen=True, slots=True)
class Tally:
    """`country` is its name, empty for a count without one; what is not known is None."""

    country: str
    planned: int | None
    done: int | None

    @property
    def percent(self) -> int | None:
        """How much of what was planned is done; more than 100 where it is more."""
        if not self.planned or self.done is None:
            return None
        return round(100 * self.done / self.planned)


def tallies(figures: ActivityFigures | None, language: str) -> list[Tally]:
    counts = figures.counts.all() if figures else ()
    return [
        Tally(count.country.label(language) if count.country else "", count.planned, count.done) for count in counts
    ]


def total(rows: list[Tally]) -> Tally:
    return Tally("", known_sum(row.planned for row in rows), known_sum(row.done for row in rows))


def known_sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
