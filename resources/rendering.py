"""Structured fields as HTML, once, when a page is published."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from wagtail.blocks import StreamValue


def render_steps(steps: StreamValue) -> str:
    return _render("resources/sections/steps.html", [block.value for block in steps])


def render_results(results: StreamValue) -> str:
    return _render("resources/sections/results.html", [block.value for block in results])


def _render(template: str, items: Iterable) -> str:
    """Empty where there is nothing to show, so that the section is left out."""
    items = list(items)
    return render_to_string(template, {"items": items}) if items else ""
