"""Numbers of spreadsheets as people see them, near enough to be searched: dates in ISO 8601, percentages, decimals."""

import math
from datetime import datetime
from enum import IntEnum
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

# Excel computes with no more; what follows is noise of the binary form.
DIGITS = 15


class Shape(IntEnum):
    PLAIN = 0
    DATE = 1
    PERCENT = 2


@lru_cache(maxsize=1000)
def shape_of(number: str, code: str | None) -> Shape:
    """From the number of a built-in format or the code of the file's own."""
    if code is None:
        code = BUILTIN_FORMATS.get(int(number), "") if number.isdecimal() and len(number) < 5 else ""
    if is_date_format(code[:255]):
        return Shape.DATE
    return Shape.PERCENT if "%" in code else Shape.PLAIN


def shown(value: str, shape: Shape, *, counts_from_1904: bool = False) -> str:
    """As it is when it is no number."""
    try:
        number = float(value)
    except ValueError:
        return value
    if not math.isfinite(number):
        return ""
    if shape is Shape.DATE:
        return _date(number, counts_from_1904) or f"{number:.{DIGITS}g}"
    if shape is Shape.PERCENT:
        return f"{100 * number:.10g}%"
    return f"{number:.{DIGITS}g}"


def _date(number: float, counts_from_1904: bool) -> str:
    try:
        moment = from_excel(number, CALENDAR_MAC_1904 if counts_from_1904 else CALENDAR_WINDOWS_1900)
    except (OverflowError, ValueError):
        return ""
    if isinstance(moment, datetime):
        return moment.date().isoformat() if not number % 1 else moment.isoformat(" ", "minutes")
    return moment.isoformat("minutes")
