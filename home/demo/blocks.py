"""Texts as blocks in their stored form: lists of {"type", "value", "id"}.

An id is derived from the work and the place of the block, never from the words, so that all
languages of a work have the same ids and translations find their blocks.
"""

from collections.abc import Iterable, Iterator
from html import escape
from uuid import UUID, uuid5

from lxml import html
from lxml.etree import tostring

RICH = ("p", "ul", "ol")


def stream(block_type: str, values: Iterable[object], place: UUID) -> list[dict]:
    """Blocks of one type, in order; `place` names the field within its work."""
    return [_block(block_type, value, uuid5(place, str(index))) for index, value in enumerate(values)]


def items(values: Iterable[object], place: UUID) -> list[dict]:
    """The value of a ListBlock."""
    return stream("item", values, place)


def body(text: str, place: UUID) -> list[dict]:
    """The blocks of an HTML fragment. Raises ValueError for an element that no block stands for."""
    found = _body_blocks(html.fragments_fromstring(text), place)
    return [_block(block_type, value, uuid5(place, str(index))) for index, (block_type, value) in enumerate(found)]


def bullet_list(entries: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(entry)}</li>" for entry in entries) + "</ul>" if entries else ""


def _block(block_type: str, value: object, key: UUID) -> dict:
    return {"type": block_type, "value": value, "id": str(key)}


def _body_blocks(nodes: list, place: UUID) -> Iterator[tuple[str, object]]:
    """Paragraphs and lists that follow each other are one block, as an editor would write them."""
    rich: list[str] = []
    for index, node in enumerate(nodes):
        if isinstance(node, str):
            raise ValueError(f"Text outside of a paragraph: {node[:40]}")
        if node.tag in RICH:
            rich.append(tostring(node, encoding="unicode", method="html", with_tail=False))
            continue
        if rich:
            yield "paragraph", "\n".join(rich)
            rich = []
        yield _structured(node, uuid5(place, f"node {index}"))
    if rich:
        yield "paragraph", "\n".join(rich)


def _structured(node: html.HtmlElement, place: UUID) -> tuple[str, dict]:
    if node.tag in ("h2", "h3"):
        return "heading", {"text": _words(node), "level": node.tag[1]}
    if node.tag == "blockquote":
        return "quotation", {"text": _words(node), "source": ""}
    if node.tag == "table":
        return "table", _table(node, place)
    raise ValueError(f"No block stands for <{node.tag}>.")


def _table(node: html.HtmlElement, place: UUID) -> dict:
    rows = [
        {"cells": items([_words(cell) for cell in row.iterchildren("th", "td")], uuid5(place, f"row {index}"))}
        for index, row in enumerate(node.iter("tr"))
    ]
    return {"caption": "", "has_header": node.find("thead") is not None, "rows": items(rows, place)}


def _words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())
