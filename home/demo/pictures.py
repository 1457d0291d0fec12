"""Pictures of the demonstration content: geometric, drawn by these functions, so free of any rights.

Each motif takes a canvas and a source of chance, and returns nothing; the same seed gives the same picture.
"""

from collections.abc import Callable
from math import atan2, hypot
from random import Random

from .canvas import (
    CLAY,
    CREAM,
    DEEP,
    HEIGHT,
    LAGOON,
    MIST,
    OCHRE,
    PAPER,
    SAGE,
    SAND,
    TEAL,
    WIDTH,
    Canvas,
    Point,
    curve,
    on_circle,
    turned,
)
from .knots import Knot, links
from .regions import cells, coastline


def draw(motif: str, seed: int) -> bytes:
    """A JPEG of 1600 by 900 pixels. Raises KeyError for an unknown motif."""
    background, paint = MOTIFS[motif]
    canvas = Canvas(background)
    paint(canvas, Random(seed))  # noqa: S311
    return canvas.as_jpeg()


def dinner(canvas: Canvas, chance: Random) -> None:
    """Round tables from above, six chairs around each."""
    canvas.sector((0, HEIGHT), 780, 270, 360, DEEP)
    canvas.sector((WIDTH, 0), 600, 90, 180, LAGOON)
    colors = [OCHRE, CLAY, SAGE, SAND, OCHRE, MIST]
    middles = chance.sample([OCHRE, CLAY, TEAL, SAGE], 4)
    for center, size in (((362, 440), 204), ((1236, 268), 148), ((940, 634), 128), ((1392, 716), 100)):
        start = chance.uniform(0, 60)
        chairs = chance.sample(colors, 6)
        for index in range(6):
            canvas.circle(on_circle(center, size * 1.34, start + 60 * index), size * 0.25, chairs[index])
        canvas.circle(center, size, CREAM)
        canvas.ring(center, size * 0.93, SAND, 4)
        for index in range(6):
            plate = on_circle(center, size * 0.66, start + 60 * index)
            canvas.circle(plate, size * 0.17, MIST)
            canvas.circle(plate, size * 0.1, CREAM)
        canvas.circle(center, size * 0.27, middles.pop())
        canvas.circle(center, size * 0.11, CREAM)


def network(canvas: Canvas, chance: Random) -> None:
    """Circles of different sizes, joined by lines, one of them in the middle."""
    center = (800.0, 450.0)
    canvas.circle(center, 640, SAND)
    canvas.circle(center, 400, PAPER)
    knots = [Knot(center, 118)]
    for distance, number, sizes in ((285, 6, (46, 58, 70)), (560, 11, (30, 44, 62))):
        turn = chance.uniform(0, 360)
        for index in range(number):
            angle = turn + 360 * (index + chance.uniform(-0.22, 0.22)) / number
            x, y = on_circle(center, distance * chance.uniform(0.9, 1.16), angle)
            spot = (800 + 1.14 * (x - 800), min(max(450 + 0.66 * (y - 450), 96), HEIGHT - 96))
            size = chance.choice(sizes)
            if all(hypot(spot[0] - knot.spot[0], spot[1] - knot.spot[1]) > size + knot.size + 40 for knot in knots):
                knots.append(Knot(spot, size))
    for first, second in links(knots):
        canvas.path([first.spot, second.spot], TEAL, 7)
    colors = [OCHRE, TEAL, CLAY, SAGE, LAGOON]
    for index, knot in enumerate(knots[1:]):
        canvas.circle(knot.spot, knot.size + 10, PAPER)
        canvas.circle(knot.spot, knot.size, colors[index % len(colors)])
        if knot.size > 50:
            canvas.circle(knot.spot, knot.size * 0.42, CREAM)
    for size, color in ((132, PAPER), (118, DEEP), (72, OCHRE), (30, CREAM)):
        canvas.circle(center, size, color)


def screen(canvas: Canvas, chance: Random) -> None:
    """A screen divided into fields: many with and without a circle, or a few large ones."""
    canvas.circle((260, 830), 430, OCHRE)
    canvas.sector((WIDTH, 0), 520, 90, 180, SAGE)
    canvas.box((690, 760), (220, 70), TEAL)
    canvas.box((560, 812), (480, 30), DEEP, 15)
    canvas.box((230, 90), (1140, 680), DEEP, 36)
    widths, heights = chance.choice([((1, 1, 1, 1), (1, 1, 1)), ((8, 5), (5, 6))])
    above = [""] * len(widths)
    for y, height in shares(122, 616, heights):
        beside = ""
        for column, (x, width) in enumerate(shares(262, 1076, widths)):
            fill = chance.choice([color for color in FIELDS if color not in (above[column], beside)])
            above[column] = beside = fill
            canvas.box((x, y), (width, height), fill, 14)
            if len(widths) > 2 and chance.random() < 0.62:
                face = TEAL if fill in (MIST, CREAM, SAND) else CREAM
                canvas.circle((x + width / 2, y + height / 2), height * 0.3, face)


FIELDS = [MIST, CREAM, SAND, OCHRE, SAGE, LAGOON, CLAY]


def shares(start: float, length: float, parts: tuple[int, ...], gap: float = 16) -> list[tuple[float, float]]:
    """Where each part begins and how long it is, with gaps between them."""
    unit = (length - gap * (len(parts) - 1)) / sum(parts)
    return [(start + unit * sum(parts[:index]) + gap * index, unit * part) for index, part in enumerate(parts)]


def cities(canvas: Canvas, chance: Random) -> None:
    """Two towns, joined by a curved line with an arrow at each end."""
    canvas.circle((800, 800), 420, OCHRE)
    canvas.circle((800, 800), 300, SAND)
    town(canvas, chance, 70, [TEAL, CLAY, DEEP, SAGE, LAGOON])
    town(canvas, chance, 1060, [LAGOON, SAGE, DEEP, OCHRE, TEAL])
    canvas.box((0, 790), (WIDTH, 110), DEEP)
    start, control, end = (420, 300), (800, -60), (1180, 300)
    bend = curve(start, control, end)
    canvas.path(bend, CLAY, 14)
    for tip, before in ((bend[0], bend[4]), (bend[-1], bend[-5])):
        angle = atan2(tip[1] - before[1], tip[0] - before[0])
        head = [(tip[0] + 34, tip[1]), (tip[0] - 26, tip[1] - 36), (tip[0] - 26, tip[1] + 36)]
        canvas.shape(turned(head, tip, angle), CLAY)


def town(canvas: Canvas, chance: Random, left: float, colors: list[str]) -> None:
    heights = [220, 330, 400, 270, 190]
    chance.shuffle(heights)
    x = left
    for height, color in zip(heights, colors, strict=True):
        width = chance.choice([84, 92, 104])
        canvas.box((x, 790 - height), (width, height), color)
        pane = CREAM if color in (TEAL, DEEP, CLAY, LAGOON) else TEAL
        for row in range(int(height // 70)):
            for column in range(2):
                if chance.random() < 0.8:
                    canvas.box((x + 16 + column * (width - 52), 790 - height + 24 + row * 66), (20, 30), pane)
        x += width


def stairs(canvas: Canvas, chance: Random) -> None:
    """Steps rising from left to right, a circle on each."""
    canvas.circle((1240, 240), 330, OCHRE)
    canvas.circle((1240, 240), 220, SAND)
    fills = [MIST, SAGE, "#5d9a94", LAGOON, TEAL, DEEP]
    balls = [CLAY, TEAL, OCHRE, DEEP, CLAY, CREAM]
    width = 250
    for index in range(6):
        x, top = 100 + index * width, 744 - index * 98
        canvas.box((x, top), (width, HEIGHT - top), fills[index])
        canvas.box((x, top), (width, 14), CREAM if index else SAGE)
        radius = chance.choice([46, 54, 62])
        canvas.circle((x + width / 2, top - radius), radius, balls[index])


def region(canvas: Canvas, chance: Random) -> None:
    """An area in patches of color; a few places in it, joined by a line."""
    for radius, color in ((640, "#c3d8d0"), (500, "#b7cfc6")):
        canvas.circle((820, 450), radius, color)
    outline = coastline((800, 450), (680, 430), chance)
    canvas.path([*outline, outline[0]], CREAM, 34)
    patches = cells(outline, 11, chance)
    fills: dict[Point, str] = {}
    for patch in sorted(patches, key=lambda patch: patch.site):
        near = sorted(fills, key=lambda site: hypot(site[0] - patch.site[0], site[1] - patch.site[1]))[:5]
        fills[patch.site] = chance.choice([color for color in PATCHES if color not in {fills[site] for site in near}])
        canvas.shape(patch.border, fills[patch.site])
    for patch in patches:
        canvas.path([*patch.border, patch.border[0]], CREAM, 7)
    stops = sorted(patch.site for patch in patches)[::2]
    canvas.path(stops, CREAM, 26)
    canvas.path(stops, DEEP, 12)
    for stop in stops:
        canvas.circle(stop, 41, CREAM)
        canvas.circle(stop, 34, DEEP)
        canvas.circle(stop, 24, CREAM)
        canvas.circle(stop, 11, CLAY)


PATCHES = [OCHRE, SAGE, TEAL, SAND, CLAY, LAGOON, PAPER, DEEP]


def meeting(canvas: Canvas, chance: Random) -> None:
    """A long table: people on one side, screens on the other."""
    canvas.box((0, 0), (WIDTH, 330), TEAL)
    canvas.circle((1420, 330), 250, LAGOON)
    canvas.box((0, 330), (WIDTH, HEIGHT - 330), OCHRE)
    faces = [CLAY, OCHRE, SAND, SAGE]
    for index in range(4):
        x = 182 + index * 328
        canvas.box((x, 110), (252, 190), DEEP, 18)
        canvas.box((x + 16, 126), (220, 158), MIST if index % 2 else CREAM, 8)
        canvas.circle((x + 126, 205), 46, faces[index])
        canvas.box((x + 106, 300), (40, 70), DEEP)
    canvas.box((90, 386), (1420, 236), "#b77a1c", 60)
    canvas.box((90, 362), (1420, 236), CREAM, 60)
    people = [TEAL, CLAY, DEEP, CREAM, LAGOON]
    chance.shuffle(people)
    for index, color in enumerate(people):
        x = 270 + index * 265
        canvas.box((x - 44, 462), (88, 62), MIST if index % 2 else SAND, 6)
        canvas.circle((x, 722), chance.choice([84, 92, 100]), color)


MOTIFS: dict[str, tuple[str, Callable[[Canvas, Random], None]]] = {
    "dinner": (TEAL, dinner),
    "network": (PAPER, network),
    "screen": (PAPER, screen),
    "cities": (MIST, cities),
    "stairs": (PAPER, stairs),
    "map": (MIST, region),
    "meeting": (TEAL, meeting),
}
