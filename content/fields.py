"""A StreamField whose migrations do not spell out its blocks."""

from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.fields import StreamField


class BlocksField(StreamField):
    """Stores blocks as JSON; to migrations it is a plain JSON field.

    Changing blocks then needs no migration. Data migrations work on the raw lists of
    {"type", "value", "id"}; Wagtail's own block-data migrations do not apply to it.
    """

    @cached_property
    def stream_block(self) -> blocks.StreamBlock:
        """Texts that a stored block does not have are empty, not None: wagtail-localize cannot take None for a text."""
        stream_block = super().stream_block
        for block in blocks_within(stream_block):
            if isinstance(block, blocks.CharBlock | blocks.TextBlock) and block.meta.default is None:
                block.meta.default = ""
        return stream_block

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _, _, kwargs = super().deconstruct()
        plain = {key: value for key, value in kwargs.items() if key in ("blank", "null", "verbose_name", "help_text")}
        return name, "django.db.models.JSONField", [], {**plain, "encoder": DjangoJSONEncoder, "default": list}

    def clone(self) -> models.JSONField:
        """What migrations copy: the plain field that `deconstruct` names."""
        _, _, args, kwargs = self.deconstruct()
        return models.JSONField(*args, **kwargs)


def blocks_within(block: blocks.Block) -> Iterator[blocks.Block]:
    """The block itself and all that it is made of."""
    yield block
    if isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock):
        for child in block.child_blocks.values():
            yield from blocks_within(child)
    elif isinstance(block, blocks.ListBlock):
        yield from blocks_within(block.child_block)
