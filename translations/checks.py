"""What can be seen of a translation without knowing its language."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}|%[sd]")
TAG = re.compile(r"(</?[a-zA-Z][^>]*>)")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
NUMBER = re.compile(r"\d+")
LONGEST_TITLE = Page._meta.get_field("title").max_length
# A text this much longer than its source is worth a second look; short ones vary more.
FAR_LONGER, SHORT = 3, 20


@dataclass(frozen=True, slots=True)
class Finding:
    """An error keeps a text from being approved, a warning does not."""

    message: str
    is_error: bool


def findings(source: str, target: str, path: str) -> list[Finding]:
    return list(compare(source, target, path)) if target else []


def compare(source: str, target: str, path: str) -> Iterator[Finding]:
    if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(target)):
        yield Finding(_("The placeholders differ from the source."), True)
    if Counter(TAG.findall(source)) != Counter(TAG.findall(target)):
        yield Finding(_("The tags differ from the source."), True)
    if path == "title" and len(target) > LONGEST_TITLE:
        yield Finding(_("The text is too long."), True)
    elif len(target) > FAR_LONGER * max(len(source), SHORT):
        yield Finding(_("The text is much longer than the source."), False)
    if set(ADDRESS.findall(source)) != set(ADDRESS.findall(target)):
        yield Finding(_("The web addresses differ from the source."), False)
    if numbers_in(source) != numbers_in(target):
        yield Finding(_("The numbers differ from the source."), False)
    if source == target and any(letter.isalpha() for letter in source):
        yield Finding(_("The text is the same as the source."), False)


def numbers_in(text: str) -> Counter[int]:
    """Whatever the digits are written in: `int` reads Arabic-Indic ones, too."""
    return Counter(int(number[:100]) for number in NUMBER.findall(strip_tags(text)))
