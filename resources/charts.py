"""Line charts as SVG, made on the server: no script, no request, readable without colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.formats import date_format, number_format

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 20, 40


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    label: str


def line_chart(
    name: str, values: Sequence[tuple[date, Decimal]], *, baseline: Decimal | None, target: Decimal | None
) -> str:
    """A figure of dated values in order, with the target as a dashed line. Empty for fewer than two values.

    `name` is what screen readers say of it; the values themselves belong into a table beside it.
    """
    if len(values) < 2:
        return ""
    known = [value for _, value in values] + [value for value in (baseline, target) if value is not None]
    low, high = min([*known, Decimal(0)]), max(known)
    if low == high:
        high = low + 1
    first, last = values[0][0], values[-1][0]
    days = max(1, (last - first).days)

    def height_of(value: Decimal) -> float:
        share = float((value - low) / (high - low))
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    points = [
        Point(
            x=round(LEFT + (day - first).days / days * (WIDTH - LEFT - RIGHT), 1),
            y=height_of(value),
            label=number(value),
        )
        for day, value in values
    ]
    return render_to_string(
        "resources/sections/chart.html",
        {
            "name": name,
            "width": str(WIDTH),
            "height": str(HEIGHT),
            "left": str(LEFT),
            "right": str(WIDTH - RIGHT),
            "line": " ".join(f"{point.x},{point.y}" for point in points),
            "points": [{"x": str(point.x), "y": str(point.y), "label": point.label} for point in points],
            "marks": [{"y": str(height_of(value)), "label": number(value)} for value in (low, high)],
            "target": {"y": str(height_of(target)), "label": number(target)} if target is not None else None,
            "bottom": str(HEIGHT - BOTTOM),
            "below": str(HEIGHT - BOTTOM + 22),
            "first": date_format(first, "SHORT_DATE_FORMAT"),
            "last": date_format(last, "SHORT_DATE_FORMAT"),
        },
    )


def number(value: Decimal) -> str:
    """As the active language writes it, without zeros that say nothing."""
    places = 0 if value == value.to_integral_value() else 2
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)
