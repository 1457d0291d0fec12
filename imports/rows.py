"""Lists of objects as the rows of a page: steps, results, outputs, items of an agenda."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from content.fields import BlocksField

from .block_form import block_id
from .refusals import Refused
from .values import Notes, choice_of, day_of, list_of, number_of, text_of, time_of

# Names of columns that others use.
COLUMNS = {
    "name": ("title", "label"),
    "title": ("name", "label"),
    "text": ("description", "title"),
    "description": ("text",),
    "link": ("url",),
    "website": ("url",),
    "date": ("day",),
}


def rows_of(field: BlocksField, key: str, value: Any, notes: Notes, import_id: str) -> list[dict]:
    """Blocks in their stored form, each checked as the edit form checks it. Raises `Refused`."""
    [(block_type, block)] = field.stream_block.child_blocks.items()
    place = f"{import_id}\n{key}"
    rows = []
    for number, item in enumerate(list_of(key, value)):
        where, here = f"{key}, row {number + 1}", f"{place}:{number}"
        raw = row_value(block, item, where, here, notes)
        check(block, raw, where)
        rows.append({"type": block_type, "value": raw, "id": block_id(here)})
    return rows


def row_value(block: blocks.Block, value: Any, where: str, place: str, notes: Notes) -> Any:
    if isinstance(block, blocks.StructBlock):
        return struct_value(block, value, where, place, notes)
    if isinstance(block, blocks.ListBlock):
        items = [
            row_value(block.child_block, item, f"{where}, {number}", f"{place}:{number - 1}", notes)
            for number, item in enumerate(list_of(where, value or []), start=1)
        ]
        return [
            {"type": "item", "value": item, "id": block_id(f"{place}:{number}")} for number, item in enumerate(items)
        ]
    if value is None or value == "":
        return empty_value(block)
    return single_value(block, value, where, notes)


def single_value(block: blocks.Block, value: Any, where: str, notes: Notes) -> Any:
    for block_type, read in READERS.items():
        if isinstance(block, block_type):
            return read(block, value, where, notes)
    return text_of(where, value, join=", ")


def choice(block: blocks.ChoiceBlock, value: Any, where: str, notes: Notes) -> str:
    return choice_of(where, value, [(code, label) for code, label in block.field.choices if code], notes)


def number(block: blocks.Block, value: Any, where: str, notes: Notes) -> str | int | None:
    found = number_of(where, value, notes)
    if found is None or isinstance(block, blocks.DecimalBlock):
        return found if found is None else str(found)
    return int(found)


def chosen(block: blocks.ChooserBlock, value: Any, where: str, notes: Notes) -> None:
    notes.say(f'"{where}" cannot be brought in by an import and was left out.')


TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.ChoiceBlock)
READERS = {
    blocks.DateBlock: lambda block, value, where, notes: day_of(where, value, notes).isoformat(),
    blocks.TimeBlock: lambda block, value, where, notes: time_of(where, value).isoformat(),
    blocks.ChoiceBlock: choice,
    blocks.DecimalBlock: number,
    blocks.IntegerBlock: number,
    blocks.BooleanBlock: lambda block, value, where, notes: bool(value),
    blocks.ChooserBlock: chosen,
}


def struct_value(block: blocks.StructBlock, value: Any, where: str, place: str, notes: Notes) -> dict:
    children = block.child_blocks
    if isinstance(value, str):
        value = {next(name for name in children if name not in ("code", "day", "time", "type")): value}
    if not isinstance(value, dict):
        raise Refused(f'"{where}" must be an object or a text.')
    given: dict[str, Any] = {}
    for name, item in value.items():
        column = next((column for column in (name, *COLUMNS.get(name, ())) if column in children), None)
        if column and column not in given:
            given[column] = item
        elif item not in (None, "", []):
            notes.say(f'"{where}": "{name[:60]}" is not known and was not read.')
    return {
        name: row_value(child, given[name], f"{where}: {name}", f"{place}/{name}", notes)
        if given.get(name) is not None
        else empty_value(child)
        for name, child in children.items()
    }


def empty_value(block: blocks.Block) -> Any:
    if isinstance(block, blocks.ListBlock):
        return []
    default = block.get_default()
    if default is None and isinstance(block, TEXTS):
        return ""
    return default if isinstance(default, str | int | bool) else None


def check(block: blocks.Block, raw: Any, where: str) -> None:
    try:
        block.clean(block.to_python(raw))
    except ValidationError as error:
        raise Refused(f'"{where}": {"; ".join(errors_in(error))}') from None


def errors_in(error: ValidationError) -> list[str]:
    """Of a block and of those inside it, each with the name of its column."""
    inner = getattr(error, "block_errors", None)
    if not inner:
        return [text for text in error.messages if text]
    pairs = inner.items() if isinstance(inner, dict) else enumerate(inner)
    return [f"{name}: {text}" for name, child in pairs if child for text in errors_in(child)]
