"""Networks that are pleasant to look at: short lines that neither cross each other nor run through a circle."""

from dataclasses import dataclass
from itertools import combinations
from math import hypot

from .canvas import Point


@dataclass(frozen=True, slots=True)
class Knot:
    spot: Point
    size: float


def links(knots: list[Knot], longest: float = 520) -> list[tuple[Knot, Knot]]:
    """Pairs to be joined, the nearest first."""
    chosen: list[tuple[Knot, Knot]] = []
    for pair in sorted(combinations(knots, 2), key=lambda pair: distance(pair[0].spot, pair[1].spot)):
        first, second = pair
        if distance(first.spot, second.spot) > longest:
            break
        blocked = any(
            from_line(knot.spot, first.spot, second.spot) < knot.size + 24 for knot in knots if knot not in pair
        )
        if not blocked and not any(cross(pair, other) for other in chosen):
            chosen.append(pair)
    return chosen


def distance(first: Point, second: Point) -> float:
    return hypot(first[0] - second[0], first[1] - second[1])


def from_line(spot: Point, start: Point, end: Point) -> float:
    """The distance of a point from a stretch of line."""
    (x1, y1), (x2, y2) = start, end
    share = ((spot[0] - x1) * (x2 - x1) + (spot[1] - y1) * (y2 - y1)) / distance(start, end) ** 2
    share = max(0.0, min(1.0, share))
    return distance(spot, (x1 + share * (x2 - x1), y1 + share * (y2 - y1)))


def cross(first: tuple[Knot, Knot], second: tuple[Knot, Knot]) -> bool:
    if set(first) & set(second):
        return False
    (a, b), (c, d) = ((knot.spot for knot in pair) for pair in (first, second))
    return (side(a, b, c) > 0) != (side(a, b, d) > 0) and (side(c, d, a) > 0) != (side(c, d, b) > 0)


def side(start: Point, end: Point, spot: Point) -> float:
    """Positive on one side of the line, negative on the other."""
    return (end[0] - start[0]) * (spot[1] - start[1]) - (end[1] - start[1]) * (spot[0] - start[0])
