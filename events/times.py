"""When an event takes place: days with or without times of day, in the time zone of the place."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.formats import date_format
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

DEFAULT_TIME_ZONE = "Europe/Brussels"
REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def time_zone_choices() -> list[tuple[str, str]]:
    """Zones named for a city, Europe first, and UTC."""
    names = [name for name in available_timezones() if name.partition("/")[0] in REGIONS]
    names.sort(key=lambda name: (not name.startswith("Europe/"), name))
    return [(name, name.replace("_", " ")) for name in (*names, "UTC")]


@dataclass(frozen=True, slots=True)
class EventTimes:
    """`start_time` None: the whole day, or a time that is not known yet."""

    start_date: date
    start_time: time | None
    end_date: date
    end_time: time | None
    time_zone: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_all_day(self) -> bool:
        return self.start_time is None

    def starts_at(self) -> datetime:
        return datetime.combine(self.start_date, self.start_time or time.min, self.zone)

    def ends_at(self) -> datetime:
        """The end, or that of the last day where no time is known: only then is the event over."""
        if self.end_time is not None:
            return datetime.combine(self.end_date, self.end_time, self.zone)
        return datetime.combine(self.end_date + timedelta(days=1), time.min, self.zone)

    def as_extra(self) -> dict[str, str]:
        """ISO 8601: dates of days, times with their offset; `starts_at` and `ends_at` in UTC, to be sorted by."""
        start = self.start_date.isoformat() if self.is_all_day else self.starts_at().isoformat()
        end = self.end_date.isoformat() if self.end_time is None else self.ends_at().isoformat()
        return {
            "start": start,
            "end": end,
            "time_zone": self.time_zone,
            "starts_at": _utc(self.starts_at()),
            "ends_at": _utc(self.ends_at()),
        }

    @classmethod
    def from_extra(cls, extra: dict) -> "EventTimes":
        start_date, start_time = date_and_time(extra["start"])
        end_date, end_time = date_and_time(extra["end"])
        return cls(start_date, start_time, end_date, end_time, extra["time_zone"])

    def text(self) -> str:
        """In the active language, for people."""
        first, last = date_format(self.start_date, "DATE_FORMAT"), date_format(self.end_date, "DATE_FORMAT")
        if self.start_time is None:
            return first if self.start_date == self.end_date else f"{first} – {last}"
        begin = date_format(self.start_time, "TIME_FORMAT")
        if self.end_time is None:
            span = f"{first}, {begin}" if self.start_date == self.end_date else f"{first}, {begin} – {last}"
        else:
            end = date_format(self.end_time, "TIME_FORMAT")
            span = (
                f"{first}, {begin}–{end}" if self.start_date == self.end_date else f"{first}, {begin} – {last}, {end}"
            )
        return in_zone(span, self.time_zone)


def in_zone(text: str, time_zone: str) -> str:
    """`text` with the name of the zone in the active language."""
    return _("%(time)s (time zone: %(place)s)") % {"time": text, "place": place_of_zone(time_zone)}


def place_of_zone(time_zone: str) -> str:
    if time_zone == "UTC":
        return "UTC"
    locale = Locale.parse(to_locale(get_language() or "en"))
    return get_timezone_location(time_zone, locale=locale, return_city=True)


def moment_text(moment: datetime, time_zone: str) -> str:
    """A moment, in the active language and in the zone."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return in_zone(f"{date_format(local.date(), 'DATE_FORMAT')}, {date_format(local.time(), 'TIME_FORMAT')}", time_zone)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def date_and_time(text: str) -> tuple[date, time | None]:
    if "T" not in text:
        return date.fromisoformat(text), None
    moment = datetime.fromisoformat(text)
    return moment.date(), moment.time()
