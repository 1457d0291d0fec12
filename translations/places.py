"""Says in words where a text stands: “Body, Table 2, Caption”."""

from django.core.exceptions import FieldDoesNotExist
from wagtail.blocks import ListBlock, StreamValue, StructValue
from wagtail.models import Page


def place_in_words(page: Page, path: str) -> str:
    """As far as the path leads: what was deleted since is left out."""
    name, *rest = path.split(".")
    try:
        words = [sentence(page._meta.get_field(name).verbose_name)]
    except (FieldDoesNotExist, AttributeError):
        return sentence(name)
    value = getattr(page, name, None)
    for part in rest:
        step = step_into(value, part)
        if step is None:
            break
        word, value = step
        words.append(word)
    return ", ".join(word for word in words if word)


def step_into(value: object, part: str) -> tuple[str, object] | None:
    if isinstance(value, StreamValue):
        same: dict[str, int] = {}
        for child in value:
            same[child.block_type] = same.get(child.block_type, 0) + 1
            if child.id == part:
                return f"{sentence(child.block.label)} {same[child.block_type]}", child.value
    elif isinstance(value, StructValue):
        block = value.block.child_blocks.get(part)
        if block is not None:
            return sentence(block.label), value.get(part)
    elif hasattr(value, "bound_blocks") and isinstance(getattr(value, "list_block", None), ListBlock):
        for number, child in enumerate(value.bound_blocks, start=1):
            if child.id == part:
                return str(number), child.value
    return None


def sentence(label: object) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]
