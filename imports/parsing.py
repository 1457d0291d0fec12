"""Checks one line and makes an edition of it. What is wrong is said in terms of the line."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, now

from network.spelling import plain_name

from .editions import FILE_KEYS, Edition, FileLine
from .kinds import BASE, ORGANIZATION, keyed
from .refusals import Refused
from .titles import made_title
from .values import Notes, list_of, text_of
from .values import bounded as within

READ_ALREADY = (*BASE, "title_missing")
KINDS_WITH_STATUS = ("project", "event")
DRAFT = re.compile(r"draft\b", re.IGNORECASE)
PROPOSED = re.compile(r"\(no title\b.*?\bproposed[^:]*:\s*(?P<title>.+)\)$", re.IGNORECASE | re.DOTALL)
MAX_LENGTHS = {"id": 200, "title": 255, "summary": 500}
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
IMPOSSIBLE_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")  # where a form feed is a space


def parse_edition(text: str, *, folder: Path, default_kind: str) -> Edition:
    """Raises `Refused`."""
    record = keyed(parse_object(text), default_kind)
    kind, data = record.kind, record.values
    check_characters(data)
    code = language(data)
    notes = Notes(record.notes)
    is_draft = take_draft_mark(data, notes)
    name = title(data, kind, code, notes)
    if kind == ORGANIZATION and not data.get("id"):
        data["id"] = f"{ORGANIZATION} {plain_name(name)}"[: MAX_LENGTHS["id"]]
    join_work(data, notes)
    tell_of_record(data, kind, notes)
    if data.get("goals") is not None:
        data["goals"] = [str(goal) if isinstance(goal, int) else goal for goal in list_of("goals", data["goals"])]
    return Edition(
        id=identifier(data),
        language=code,
        title=name,
        kind=kind,
        folder=folder,
        summary=optional_text(data, "summary"),
        html=optional_text(data, "html"),
        license=optional_text(data, "license"),
        topics=optional_texts(data, "topics"),
        countries=optional_texts(data, "countries"),
        published=published(data),
        files=files(data),
        more={key: value for key, value in data.items() if value is not None and key not in READ_ALREADY},
        is_draft=is_draft,
        unknown_keys=record.unknown,
        notes=tuple(notes),
    )


def take_draft_mark(data: dict, notes: Notes) -> bool:
    """Whether the record calls itself a draft, in `status` or what its kind has for it."""
    for key in ("status", "state"):
        value = data.get(key)
        if isinstance(value, str) and DRAFT.match(value.strip()):
            del data[key]
            notes.say(f'It says that it is a draft, and stays one: "{value[:120]}".')
            return True
    return False


def join_work(data: dict, notes: Notes) -> None:
    """`translation_of` names the work, or an edition of it as "id@language"."""
    value = data.pop("translation_of", None)
    if not value:
        return
    work = text_of("translation_of", value).partition("@")[0]
    if work and str(data.get("id") or work) != work:
        notes.say(f'It is a translation of "{work[:60]}" and joined that work; its own id "{data["id"]}" was not used.')
    data["id"] = work or data.get("id")


def tell_of_record(data: dict, kind: str, notes: Notes) -> None:
    """Keys that only say what to look after."""
    missing = data.pop("links_missing", None)
    if missing:
        notes.say(f"The record says that links are missing: {text_of('links_missing', missing, join=', ')[:200]}.")
    if data.pop("countries_inferred", None):
        notes.say("The record says that its country was inferred: look whether it is right.")
    if data.pop("registration_required", None):
        notes.say("People must register: open the registration of the event once it is published.")
    if kind not in KINDS_WITH_STATUS and (value := data.pop("status", None)) is not None:
        notes.say(f'A record of the kind {kind} has no status: "{str(value)[:80]}" was left out.')


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
    for key, value in data.items():
        for text in texts_in(value):
            if found := (IMPOSSIBLE_IN_HTML if key == "html" else IMPOSSIBLE).search(text):
                raise Refused(f'"{key[:60]}" holds the character U+{ord(found[0]):04X}, which cannot be stored.')


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


def title(data: dict, kind: str, language: str, notes: Notes) -> str:
    """Exactly as given, spaces and markup characters included; else one made of what the record says."""
    value, is_missing = data.get("title"), bool(data.pop("title_missing", None))
    if isinstance(value, str) and value.strip():
        proposed = PROPOSED.match(value.strip())
        if proposed:
            value = proposed["title"].strip()
        if proposed or is_missing:
            notes.say(f'The source has no title; the one that the record proposes was taken: "{value[:120]}".')
        return bounded("title", value)
    made = made_title(data, kind, language)
    if made is None:
        raise Refused("The line has no title.")
    notes.say(f'The record has no title; it was called "{made[:120]}".')
    return bounded("title", made)


def bounded(key: str, value: str) -> str:
    return within(key, value, MAX_LENGTHS.get(key))


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
