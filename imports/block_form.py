"""Blocks with ids, as a StreamField stores them: lists in block form, so that translators see every item."""

from collections import Counter
from typing import Any
from uuid import UUID, uuid5

from .content import Content, PictureSource

BLOCK_NAMESPACE = UUID("5b0f7f6c-6f0e-5b53-9d0c-3f1f5d0f4c11")


def block_form(content: Content, *, import_id: str, picture_ids: dict[PictureSource, int]) -> list[dict]:
    """Ids depend on the import id, the type and the place among blocks of that type, not on language or text.

    So the n-th table has the same ids in every edition, and an update keeps them.
    """
    counted: Counter[str] = Counter()
    blocks = []
    for kind, value in content.blocks:
        place = f"{import_id}\n{kind}:{counted[kind]}"
        counted[kind] += 1
        blocks.append({"type": kind, "value": stored_value(kind, value, place, picture_ids), "id": block_id(place)})
    return blocks


def stored_value(kind: str, value: Any, place: str, picture_ids: dict[PictureSource, int]) -> Any:
    if kind == "table":
        return {**value, "rows": list_form([{"cells": row} for row in value["rows"]], f"{place}/row")}
    if kind == "picture":
        return {**value, "image": picture_ids[value["image"]]}
    return value


def list_form(items: list, place: str) -> list[dict]:
    return [
        {"type": "item", "value": item_value(item, f"{place}:{number}"), "id": block_id(f"{place}:{number}")}
        for number, item in enumerate(items)
    ]


def item_value(item: Any, place: str) -> Any:
    return {"cells": list_form(item["cells"], f"{place}/cell")} if isinstance(item, dict) else item


def block_id(place: str) -> str:
    return str(uuid5(BLOCK_NAMESPACE, place))
