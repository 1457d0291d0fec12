"""A title for a record that has none, made of what it says."""

from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import override

from projects.dates import FORMATS, read

from .page_types import PAGE_TYPES


def made_title(data: dict[str, Any], kind: str, language: str) -> str | None:
    """None where nothing says which one it is: the kind alone is no title."""
    if kind not in PAGE_TYPES:
        return None
    names = (data.get(key) for key in ("acronym", "alternative_title", "territory", "project", "grant_number", "venue"))
    name = next((text.strip() for text in names if isinstance(text, str) and text.strip()), "")
    with override(language):
        day = shown_date(data)
        if not name and not (day and kind in ("event", "news")):
            return None
        parts = [name, capfirst(str(PAGE_TYPES[kind]._meta.verbose_name)), day]
        if kind == "project":
            del parts[1]
    return ", ".join(part for part in parts if part)[:255]


def shown_date(data: dict[str, Any]) -> str:
    for key in ("event_date", "start", "published"):
        value = data.get(key)
        if isinstance(value, str):
            try:
                day, precision = read(value.partition("T")[0])
            except ValueError:
                continue
            return date_format(day, FORMATS[precision])
    return ""
