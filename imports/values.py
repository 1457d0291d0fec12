"""One value of a record as its field takes it. What is odd is put right where it can be, and always noted."""

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from pages.describing import html_paragraphs
from projects.dates import Precision, iso, read

from .blocks import convert
from .content import Content
from .oddities import oddities_in
from .refusals import Refused

MARKUP = re.compile(r"<[a-zA-Z][^>]*>|</[a-zA-Z]+>|&(?:[a-z]+|#\d+);")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# By what others call them, after the words of each field itself.
SAME_WORDS = {
    "onsite": "on_site", "in_person": "on_site", "face_to_face": "on_site", "offline": "on_site",
    "on_line": "online", "virtual": "online", "mixed": "hybrid", "blended_event": "hybrid",
    "completed": "finished", "ended": "finished", "closed": "finished", "done": "finished",
    "ongoing": "under_way", "running": "under_way", "active": "under_way", "in_progress": "under_way",
    "takes_place": "confirmed", "canceled": "cancelled",
    "associated": "associated_partner", "practices": "blueprints", "action_plans": "plan", "plans": "plan",
    "toolbox": "toolkit", "tool_book": "toolkit", "software": "platform", "study": "report",
    "recommendations": "policy", "yes": "met", "no": "not", "partially": "partly",
}  # fmt: skip


class Notes(list[str]):
    """What was odd about a record, each sentence once."""

    def say(self, text: str) -> None:
        if text not in self:
            self.append(text)


def bounded(key: str, value: str, limit: int | None) -> str:
    if limit and len(value) > limit:
        raise Refused(f'"{key}" has {len(value)} characters; at most {limit} are possible.')
    return value


def text_of(key: str, value: Any, limit: int | None = None, *, join: str = "\n\n") -> str:
    """A text, a number, or a list of them."""
    if isinstance(value, list):
        return bounded(key, join.join(text_of(key, item) for item in value), limit)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refused(f'"{key}" must be a text.')
    return bounded(key, str(value).strip(), limit)


def list_of(key: str, value: Any) -> list:
    if not isinstance(value, list):
        raise Refused(f'"{key}" must be a list.')
    return value


def rich_text(key: str, value: Any, notes: Notes) -> str:
    """HTML, plain text, or a list of texts. What rich text cannot hold stays as text."""
    if isinstance(value, list):
        items = [text_of(key, item) for item in value]
        return "<ul>" + "".join(f"<li>{escape(item, quote=False)}</li>" for item in items) + "</ul>" if items else ""
    text = text_of(key, value)
    if not MARKUP.search(text):
        return html_paragraphs(text)
    content = html_content(key, text, notes)
    return "".join(as_rich_text(key, kind, value, notes) for kind, value in content.blocks)


def as_rich_text(key: str, kind: str, value: Any, notes: Notes) -> str:
    if kind == "paragraph":
        return value
    if kind == "heading":
        return f"<p><b>{escape(value['text'], quote=False)}</b></p>"
    if kind == "quotation":
        lines = [line for line in (value["text"], value["source"]) if line]
    elif kind == "table":
        lines = [value["caption"], *(" | ".join(row) for row in value["rows"])]
    else:
        lines = [value["alt_text"], value["caption"]]
    notes.say(f'"{key}" holds a {kind}, which can only stand in the text itself: its words stayed.')
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def html_content(key: str, html: str, notes: Notes) -> Content:
    """Raises `Refused` for hostile HTML."""
    content = convert(html)
    for warning in (*content.warnings, *oddities_in(content, html)):
        notes.say(f'"{key}": {warning}')
    return content


def date_of(key: str, value: Any, notes: Notes, *, end: bool = False) -> tuple[date, Precision]:
    """Raises `Refused`."""
    try:
        return read(str(value).strip(), end=end)
    except ValueError:
        raise Refused(f'"{key}" is not a date such as 2021-10-25, 2021-10 or 2021: {str(value)[:40]}.') from None


def day_of(key: str, value: Any, notes: Notes, *, end: bool = False) -> date:
    """For fields that hold whole days only."""
    day, precision = date_of(key, value, notes, end=end)
    if precision != Precision.DAY:
        which = "last" if end else "first"
        notes.say(f'"{key}" is known to the {precision} only ({iso(day, precision)}): the {which} day of it was taken.')
    return day


def time_of(key: str, value: Any) -> time:
    try:
        return time.fromisoformat(str(value).strip().replace(".", ":").zfill(5))
    except ValueError:
        raise Refused(f'"{key}" is not a time of day such as 09:30: {str(value)[:40]}.') from None


def number_of(key: str, value: Any, notes: Notes) -> Decimal | None:
    """A number, or a text with one in it: with blanks, commas or the name of a currency."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Refused(f'"{key}" must be a number.')
    if isinstance(value, str):
        found = NUMBER.findall(re.sub(r"(?<=\d)[\s,'’.\u202f\u00a0](?=\d{3}(?!\d))", "", value))
        if len(found) != 1:
            notes.say(f'"{key}" is not a number and was left out: {value[:60]}.')
            return None
        if found[0] != value.strip():
            notes.say(f'"{key}" is a text; {found[0]} was read from "{value[:60]}".')
        value = found[0]
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise Refused(f'"{key}" is not a number: {str(value)[:40]}.') from None


def truth_of(key: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Refused(f'"{key}" must be true or false.')


def choice_of(key: str, value: Any, choices: Iterable[tuple[Any, Any]], notes: Notes) -> str:
    """By code or label, whatever the case; empty, after a note, for what is not among them."""
    if value in (None, ""):
        return ""
    by_word: dict[str, str] = {}
    for code, label in choices:
        by_word.setdefault(plain_word(str(code)), code)
        by_word.setdefault(plain_word(str(label)), code)
    word = plain_word(str(value))
    found = by_word.get(word) or by_word.get(SAME_WORDS.get(word, ""))
    if found is None:
        known = ", ".join(str(code) for code, _ in choices if code)
        few = f" Known are {known}." if len(known) < 200 else ""
        notes.say(f'"{key}" cannot be "{str(value)[:80]}" and was left empty.{few}')
        return ""
    return found


def plain_word(text: str) -> str:
    return re.sub(r"[^\w]+", "_", text.strip().casefold()).strip("_")


def address_of(key: str, value: Any, notes: Notes, limit: int | None = None) -> str:
    """A web address; one without its beginning gets it."""
    text = text_of(key, value, limit)
    if not text:
        return ""
    for address in (text, f"https://{text}"):
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            continue
        if address != text:
            notes.say(f'"{key}": "{text[:100]}" was read as {address[:110]}.')
        return bounded(key, address, limit)
    notes.say(f'"{key}" is not a web address and was left out: {text[:100]}.')
    return ""


def mail_of(key: str, value: Any, notes: Notes) -> str:
    text = text_of(key, value).removeprefix("mailto:")
    try:
        if text:
            EmailValidator()(text)
    except ValidationError:
        notes.say(f'"{key}" is not a mail address and was left out: {text[:100]}.')
        return ""
    return text
