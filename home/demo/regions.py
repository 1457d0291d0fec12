"""Made-up territories: an outline, and its division into cells, each with a place in it."""

from dataclasses import dataclass
from math import cos, hypot, sin
from random import Random

from .canvas import FULL_TURN, Point


@dataclass(frozen=True, slots=True)
class Cell:
    """The part of an area that is nearest to `site`."""

    site: Point
    border: list[Point]


def coastline(center: Point, reach: Point, chance: Random) -> list[Point]:
    """A closed outline that wavers between two thirds and the whole of `reach` (half width, half height)."""
    waves = [(number, chance.uniform(0, FULL_TURN), chance.uniform(0.02, 0.09)) for number in (2, 3, 5, 8)]
    points = []
    for index in range(180):
        angle = FULL_TURN * index / 180
        share = 0.84 + sum(size * sin(number * angle + shift) for number, shift, size in waves)
        points.append((center[0] + reach[0] * share * cos(angle), center[1] + reach[1] * share * sin(angle)))
    return points


def cells(outline: list[Point], number: int, chance: Random) -> list[Cell]:
    """Divide an area into cells around places that keep their distance from each other (a Voronoi diagram)."""
    sites: list[Point] = []
    left, right = min(x for x, _ in outline), max(x for x, _ in outline)
    top, bottom = min(y for _, y in outline), max(y for _, y in outline)
    distance = 170.0
    while len(sites) < number:
        spot = (chance.uniform(left, right), chance.uniform(top, bottom))
        distance *= 0.9995
        far_from_edge = all(hypot(spot[0] - x, spot[1] - y) > 62 for x, y in outline)
        if (
            far_from_edge
            and inside(spot, outline)
            and all(hypot(spot[0] - x, spot[1] - y) > distance for x, y in sites)
        ):
            sites.append(spot)
    return [Cell(site, nearest_part(site, sites, outline)) for site in sites]


def inside(spot: Point, outline: list[Point]) -> bool:
    crossings = 0
    for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if (y1 > spot[1]) != (y2 > spot[1]) and spot[0] < (x2 - x1) * (spot[1] - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def nearest_part(site: Point, sites: list[Point], outline: list[Point]) -> list[Point]:
    part = outline
    for other in sites:
        if other != site:
            part = cut(part, site, other)
    return part


def cut(part: list[Point], site: Point, other: Point) -> list[Point]:
    """What of `part` is nearer to `site` than to `other` (Sutherland and Hodgman's way of clipping)."""

    def surplus(spot: Point) -> float:
        return hypot(spot[0] - other[0], spot[1] - other[1]) ** 2 - hypot(spot[0] - site[0], spot[1] - site[1]) ** 2

    kept: list[Point] = []
    for start, end in zip(part, [*part[1:], part[0]], strict=True):
        first, second = surplus(start), surplus(end)
        if first >= 0:
            kept.append(start)
        if (first >= 0) != (second >= 0):
            share = first / (first - second)
            kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return kept
