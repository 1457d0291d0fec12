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
    FULL_TURN,
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
from .regions import cells, coastline


def draw(motif: str, seed: int) -> bytes:
    """A JPEG of 1600 by 900 pixels. Raises KeyError for an unknown motif."""
    background, paint = MOTIFS[motif]
    canvas = Canvas(background)
    paint(canvas, Random(seed))  # noqa: S311
    return canvas.as_jpeg()


def dinner(canvas: Canvas, chance: Random) -> None:
    """Round tables from above, six chairs around each."""
    canvas.sector((0, 900), 760, 270, 360, DEEP)
    canvas.sector((WIDTH, 0), 560, 90, 180, LAGOON)
    colors = [OCHRE, CLAY, SAGE, SAND, OCHRE, MIST]
    for center, size in (((400, 430), 182), ((905, 620), 150), ((1250, 290), 138)):
        start = chance.uniform(0, 60)
        chairs = chance.sample(colors, 6)
        for index in range(6):
            canvas.circle(on_circle(center, size * 1.36, start + 60 * index), size * 0.25, chairs[index])
        canvas.circle(center, size, CREAM)
        canvas.ring(center, size * 0.93, SAND, 4)
        for index in range(6):
            plate = on_circle(center, size * 0.66, start + 60 * index)
            canvas.circle(plate, size * 0.17, MIST)
            canvas.circle(plate, size * 0.1, CREAM)
        canvas.circle(center, size * 0.24, chance.choice([OCHRE, CLAY, TEAL]))
        canvas.circle(center, size * 0.1, CREAM)


def network(canvas: Canvas, chance: Random) -> None:
    """Circles of different sizes, joined by lines, one of them in the middle."""
    center = (800 + chance.uniform(-60, 60), 450)
    canvas.circle(center, 640, SAND)
    canvas.circle(center, 400, PAPER)
    nodes: list[tuple[Point, float]] = [(center, 118)]
    while len(nodes) < 14:
        size = chance.choice([34, 46, 58, 76])
        spot = (chance.uniform(120, WIDTH - 120), chance.uniform(110, HEIGHT - 110))
        if all(hypot(spot[0] - x, spot[1] - y) > size + other + 62 for (x, y), other in nodes):
            nodes.append((spot, size))
    for index, (spot, _) in enumerate(nodes[1:], start=1):
        near = sorted(nodes[:index], key=lambda node: hypot(node[0][0] - spot[0], node[0][1] - spot[1]))
        for other, _ in near[: 2 if index > 3 else 1]:
            canvas.path([spot, other], TEAL, 7)
    colors = [OCHRE, TEAL, CLAY, SAGE, LAGOON]
    for index, (spot, size) in enumerate(nodes[1:]):
        color = colors[index % len(colors)]
        canvas.circle(spot, size + 10, PAPER)
        canvas.circle(spot, size, color)
        if size > 50:
            canvas.circle(spot, size * 0.42, CREAM)
    canvas.circle(center, 132, PAPER)
    canvas.circle(center, 118, DEEP)
    canvas.circle(center, 72, OCHRE)
    canvas.circle(center, 30, CREAM)


def screen(canvas: Canvas, chance: Random) -> None:
    """A screen divided into fields: many with and without a circle, or a few large ones."""
    canvas.circle((260, 830), 430, OCHRE)
    canvas.sector((WIDTH, 0), 520, 90, 180, SAGE)
    canvas.box((690, 760), (220, 70), TEAL)
    canvas.box((560, 812), (480, 30), DEEP, 15)
    canvas.box((230, 90), (1140, 680), DEEP, 36)
    columns, rows = chance.choice([(4, 3), (2, 2)])
    left, top, gap = 262, 122, 16
    width = (1076 - gap * (columns - 1)) / columns
    height = (616 - gap * (rows - 1)) / rows
    fills = [MIST, CREAM, SAND, OCHRE, SAGE, LAGOON, CLAY]
    previous: list[str] = [""] * columns
    for row in range(rows):
        for column in range(columns):
            beside = previous[column - 1] if column else ""
            fill = chance.choice([color for color in fills if color not in (previous[column], beside)])
            previous[column] = fill
            x, y = left + column * (width + gap), top + row * (height + gap)
            canvas.box((x, y), (width, height), fill, 14)
            if columns > 2 and chance.random() < 0.62:
                middle = (x + width / 2, y + height / 2)
                canvas.circle(middle, height * 0.3, CREAM if fill in (LAGOON, CLAY, OCHRE, SAGE) else TEAL)


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
    canvas.circle((1290, 250), 330, OCHRE)
    canvas.circle((1290, 250), 220, SAND)
    fills = [MIST, SAGE, LAGOON, TEAL, TEAL, DEEP]
    balls = [CLAY, TEAL, OCHRE, CLAY, SAND, CREAM]
    width = 236
    for index in range(6):
        x, top = 92 + index * width, 730 - index * 96
        canvas.box((x, top), (width, HEIGHT - top), fills[index])
        canvas.box((x, top), (width, 14), CREAM if index > 1 else TEAL)
        radius = chance.choice([44, 52, 60])
        canvas.circle((x + width / 2, top - radius), radius, balls[index])


def region(canvas: Canvas, chance: Random) -> None:
    """An area in patches of color; a few places in it, joined by a line."""
    for radius, color in ((640, "#c3d8d0"), (500, "#b7cfc6")):
        canvas.circle((820, 450), radius, color)
    outline = coastline((800, 450), (600, 370), chance)
    canvas.path([*outline, outline[0]], CREAM, 34)
    fills = [OCHRE, SAGE, TEAL, SAND, CLAY, LAGOON, PAPER, OCHRE, DEEP, SAGE, SAND]
    patches = cells(outline, 11, chance)
    for patch, fill in zip(patches, fills, strict=True):
        canvas.shape(patch.border, fill)
    for patch in patches:
        canvas.path([*patch.border, patch.border[0]], CREAM, 7)
    stops = sorted((patch.site for patch in chance.sample(patches, 5)), key=lambda site: site[0])
    canvas.path(stops, DEEP, 12)
    for stop in stops:
        canvas.circle(stop, 34, DEEP)
        canvas.circle(stop, 24, CREAM)
        canvas.circle(stop, 11, CLAY)


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
    canvas.box((90, 362), (1420, 236), CREAM, 60)
    canvas.box((90, 560), (1420, 38), SAND, 19)
    people = [TEAL, CLAY, DEEP, SAGE, LAGOON, CLAY, TEAL]
    chance.shuffle(people)
    for index, color in enumerate(people[:5]):
        x = 270 + index * 265
        canvas.box((x - 44, 452), (88, 60), MIST if index % 2 else SAND, 6)
        canvas.circle((x, 690), chance.choice([84, 92, 100]), color)


MOTIFS: dict[str, tuple[str, Callable[[Canvas, Random], None]]] = {
    "dinner": (TEAL, dinner),
    "network": (PAPER, network),
    "screen": (PAPER, screen),
    "cities": (MIST, cities),
    "stairs": (PAPER, stairs),
    "map": (MIST, region),
    "meeting": (TEAL, meeting),
}
