"""Structured fields as HTML, once, when a page is published."""

from collections.abc import Iterable, Sequence

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from content.publication import Section
from pages.describing import html_paragraphs


def render_steps(steps: StreamValue) -> str:
    return _render("resources/sections/steps.html", [block.value for block in steps])


def render_table(name: str, headings: Sequence[str], rows: Iterable[Sequence[SafeString | str]]) -> str:
    """A table that scrolls by itself; the first cell of a row heads it. A column that is empty in all rows is left out.

    Cells are text, or HTML that is known to be safe. Empty where there are no rows, so that the section is left out.
    """
    rows = [list(row) for row in rows]
    if not rows:
        return ""
    used = [index for index, _ in enumerate(headings) if index == 0 or any(row[index] for row in rows)]
    return render_to_string(
        "resources/sections/table.html",
        {
            "name": name,
            "headings": [headings[index] for index in used],
            "rows": [[row[index] for index in used] for row in rows],
        },
    )


def values(stream: StreamValue) -> list:
    return [block.value for block in stream]


def rich(html: str) -> str:
    """Rich text as readers see it; empty for an empty paragraph."""
    return expand_db_html(html) if html and html.strip() not in ("<p></p>", "<p/>") else ""


def text_section(anchor: str, title: str, text: str) -> Section:
    return Section(id=anchor, title=title, html=html_paragraphs(text))


def rich_section(anchor: str, title: str, html: str) -> Section:
    return Section(id=anchor, title=title, html=rich(html))


def headed(title: str, html: str, *, level: int = 3) -> SafeString | str:
    """`html`, which is known to be safe, below a heading; nothing where it is empty."""
    return format_html("<h{}>{}</h{}>{}", level, title, level, mark_safe(html)) if html else ""


def _render(template: str, items: Iterable) -> str:
    """Empty where there is nothing to show, so that the section is left out."""
    items = list(items)
    return render_to_string(template, {"items": items}) if items else ""
