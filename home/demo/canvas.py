"""A drawing surface for flat shapes with smooth edges, in the colors of the site."""

from io import BytesIO
from math import cos, pi, radians, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 900
SMOOTHING = 3
FULL_TURN = 2 * pi

PAPER, CREAM, SAND = "#f4ead8", "#fdf8ee", "#e6d2ab"
OCHRE, CLAY = "#dd9c2f", "#b8532b"
DEEP, TEAL, LAGOON = "#0a3a43", "#12505b", "#2c7680"
SAGE, MIST = "#8db3a5", "#cfe0d8"

Point = tuple[float, float]


class Canvas:
    """Coordinates are pixels of the finished picture; everything is drawn larger and shrunk at the end."""

    def __init__(self, background: str) -> None:
        self.image = Image.new("RGB", (WIDTH * SMOOTHING, HEIGHT * SMOOTHING), background)
        self.pen = ImageDraw.Draw(self.image)

    def circle(self, center: Point, radius: float, color: str) -> None:
        self.pen.ellipse(_scaled(_around(center, radius)), fill=color)

    def ring(self, center: Point, radius: float, color: str, width: float) -> None:
        self.pen.ellipse(_scaled(_around(center, radius)), outline=color, width=round(width * SMOOTHING))

    def sector(self, center: Point, radius: float, start: float, end: float, color: str) -> None:
        """A slice of a disc; angles in degrees, clockwise from three o'clock."""
        self.pen.pieslice(_scaled(_around(center, radius)), start, end, fill=color)

    def box(self, corner: Point, size: Point, color: str, radius: float = 0) -> None:
        (x, y), (width, height) = corner, size
        self.pen.rounded_rectangle(_scaled((x, y, x + width, y + height)), radius * SMOOTHING, fill=color)

    def shape(self, points: list[Point], color: str) -> None:
        self.pen.polygon([(x * SMOOTHING, y * SMOOTHING) for x, y in points], fill=color)

    def path(self, points: list[Point], color: str, width: float) -> None:
        """A line with round ends and corners."""
        scaled = [(x * SMOOTHING, y * SMOOTHING) for x, y in points]
        self.pen.line(scaled, fill=color, width=round(width * SMOOTHING), joint="curve")
        for point in points:
            self.circle(point, width / 2, color)

    def as_jpeg(self) -> bytes:
        """The same bytes each time for the same drawing: pictures are found again by their digest."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        content = BytesIO()
        small.save(content, "JPEG", quality=92, subsampling=0, optimize=True)
        return content.getvalue()


def on_circle(center: Point, radius: float, degrees: float) -> Point:
    return center[0] + radius * cos(radians(degrees)), center[1] + radius * sin(radians(degrees))


def curve(start: Point, control: Point, end: Point, pieces: int = 80) -> list[Point]:
    """Points of a quadratic Bézier curve."""
    steps = [index / pieces for index in range(pieces + 1)]
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * control[0] + t**2 * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * control[1] + t**2 * end[1],
        )
        for t in steps
    ]


def turned(points: list[Point], about: Point, angle: float) -> list[Point]:
    """The points turned by `angle` radians."""
    return [
        (
            about[0] + (x - about[0]) * cos(angle) - (y - about[1]) * sin(angle),
            about[1] + (x - about[0]) * sin(angle) + (y - about[1]) * cos(angle),
        )
        for x, y in points
    ]


def _around(center: Point, radius: float) -> tuple[float, float, float, float]:
    return center[0] - radius, center[1] - radius, center[0] + radius, center[1] + radius


def _scaled(box: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(value * SMOOTHING for value in box)
