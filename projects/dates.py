"""Dates that are known to the day, the month or the year."""

import calendar
from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


LENGTHS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}
FORMATS = {Precision.DAY: "DATE_FORMAT", Precision.MONTH: "YEAR_MONTH_FORMAT", Precision.YEAR: "Y"}


def known_to(precision: str) -> Precision:
    """A draft may be saved without it."""
    return Precision(precision or Precision.MONTH)


def iso(value: date | None, precision: str) -> str:
    """As much of the date as is known: "2019", "2019-11" or "2019-11-01" (ISO 8601)."""
    return value.isoformat()[: LENGTHS[known_to(precision)]] if value else ""


def shown(value: date | None, precision: str) -> str:
    return date_format(value, FORMATS[known_to(precision)]) if value else ""


def bounds(value: date, precision: str) -> tuple[str, str]:
    """The first and the last day that it may be, to be compared with others as text."""
    known = iso(value, precision)
    return known + "-01-01"[len(known) - 4 :], known + "-12-31"[len(known) - 4 :]


def read(text: str, *, end: bool = False) -> tuple[date, Precision]:
    """The reverse of `iso`: the first day that it may be, or with `end` the last. Raises ValueError."""
    precision = next((name for name, length in LENGTHS.items() if length == len(text)), Precision.DAY)
    if precision == Precision.DAY:
        return date.fromisoformat(text), precision
    year, month = (int(part) for part in (text + ("-12" if end else "-01"))[:7].split("-"))
    return date(year, month, calendar.monthrange(year, month)[1] if end else 1), precision
