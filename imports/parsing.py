"""Checks one line and makes an edition of it. What is wrong is said in terms of the line."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, now

from .editions import FILE_KEYS, Edition, FileLine
from .page_types import PAGE_TYPES
from .refusals import Refused

KEYS = ("id", "lang", "title", "summary", "html", "kind", "license", "topics", "countries", "published", "files")
# The plain text that corpora for testing carry beside their HTML.
IGNORED_KEYS = ("text",)
MAX_LENGTHS = {"id": 200, "title": 255, "summary": 500}
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
IMPOSSIBLE_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")  # where a form feed is a space


def parse_edition(text: str, *, folder: Path, default_kind: str) -> Edition:
    """Raises `Refused`."""
    data = parse_object(text)
    check_characters(data)
    return Edition(
        id=identifier(data),
        language=language(data),
        title=title(data),
        kind=kind(data, default_kind),
        folder=folder,
        summary=optional_text(data, "summary"),
        html=optional_text(data, "html"),
        license=optional_text(data, "license"),
        topics=optional_texts(data, "topics"),
        countries=optional_texts(data, "countries"),
        published=published(data),
        files=files(data),
        unknown_keys=tuple(key[:60] for key in data if key not in KEYS and key not in IGNORED_KEYS),
    )


def parse_object(text: str) -> dict:
    try:
        data = json.loads(text, object_pairs_hook=without_repetition)
    except RecursionError:
        raise Refused("The JSON is nested too deeply.") from None
    except ValueError as error:
        raise Refused(f"This is not valid JSON: {error}.") from None
    if not isinstance(data, dict):
        raise Refused("The line is valid JSON, but not an object in braces.")
    return data


def without_repetition(pairs: list[tuple[str, Any]]) -> dict:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise Refused("A key occurs twice in the same object.")
    return data


def check_characters(data: dict) -> None:
    """No database stores NUL and no XML format carries other control characters; half a surrogate is no text at all."""
    for key in KEYS:
        for text in texts_in(data.get(key)):
            if found := (IMPOSSIBLE_IN_HTML if key == "html" else IMPOSSIBLE).search(text):
                raise Refused(f'"{key}" holds the character U+{ord(found[0]):04X}, which cannot be stored.')


def texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in texts_in(item)]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_in(item)]
    return []


def identifier(data: dict) -> str:
    value = data.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise Refused("The line has no id.")
    return bounded("id", value)


def language(data: dict) -> str:
    value = data.get("lang")
    if not isinstance(value, str) or not value.strip():
        raise Refused("The line has no language (lang).")
    code = value.strip().lower()
    if code not in dict(settings.LANGUAGES):
        raise Refused(f'"{value[:40]}" is not a language of this site.')
    return code


def title(data: dict) -> str:
    """Exactly as given, spaces and markup characters included."""
    value = data.get("title")
    if not isinstance(value, str) or not value.strip():
        raise Refused("The line has no title.")
    return bounded("title", value)


def kind(data: dict, default_kind: str) -> str:
    value = data.get("kind") or default_kind
    if value not in PAGE_TYPES:
        raise Refused(f'"{str(value)[:40]}" is not a kind that can be imported: {", ".join(PAGE_TYPES)}.')
    return value


def bounded(key: str, value: str) -> str:
    limit = MAX_LENGTHS.get(key)
    if limit and len(value) > limit:
        raise Refused(f'"{key}" has {len(value)} characters; at most {limit} are possible.')
    return value


def optional_text(data: dict, key: str) -> str | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refused(f'"{key}" must be a text.')
    return bounded(key, value)


def optional_texts(data: dict, key: str) -> tuple[str, ...] | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Refused(f'"{key}" must be a list of texts.')
    return tuple(value)


def published(data: dict) -> datetime | None:
    """A date (midnight UTC) or a date and time, ISO 8601; without an offset it is UTC."""
    value = data.get("published")
    if value is None or value == "":
        return None
    try:
        moment = parse_datetime(value)
        day = None if moment else parse_date(value)
    except (TypeError, ValueError):
        moment = day = None
    if day:
        moment = datetime(day.year, day.month, day.day)
    if moment is None:
        raise Refused(f'"published" is not a date such as 2021-10-25: {str(value)[:40]}.')
    moment = moment.replace(tzinfo=UTC) if is_naive(moment) else moment
    if moment > now() + timedelta(days=1):
        raise Refused(f'"published" lies in the future: {str(value)[:40]}.')
    return moment


def files(data: dict) -> tuple[FileLine, ...] | None:
    value = data.get("files")
    if value is None:
        return None
    if not isinstance(value, list):
        raise Refused('"files" must be a list.')
    return tuple(file_line(item) for item in value)


def file_line(item: Any) -> FileLine:
    if isinstance(item, str):
        item = {"path": item}
    if not isinstance(item, dict) or not item.get("path"):
        raise Refused('Each of "files" must be an object with a path.')
    unknown = sorted(set(item) - set(FILE_KEYS))
    if unknown:
        raise Refused(f'A file has the unknown key "{unknown[0][:60]}"; known are {", ".join(FILE_KEYS)}.')
    values = {key: item[key] for key in FILE_KEYS if item.get(key) is not None}
    if not all(isinstance(value, str) for value in values.values()):
        raise Refused("What a line says about a file must be texts.")
    file = FileLine(**values)
    if file.language and file.language not in dict(settings.LANGUAGES):
        raise Refused(f'"{file.language[:40]}", the language of a file, is not a language of this site.')
    if len(file.title) > 255 or len(file.description) > 300:
        raise Refused("A file's title may have 255 characters, its description 300.")
    return file
