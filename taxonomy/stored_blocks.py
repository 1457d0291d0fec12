"""One value in the place of another inside of stored blocks, wherever they are kept.

That is the rows themselves, drafts and earlier versions of them, and the sources of translations. Every row is
changed by itself and looked for anew, so whoever was stopped may start again, and nothing is done twice.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Revision
from wagtail_localize.models import TranslationSource

CHUNK_SIZE = 100


@dataclass(frozen=True, slots=True)
class StoredValue:
    """`value`, as it is stored in blocks for which `holds` is true."""

    holds: Callable[[blocks.Block], bool]
    value: str | int

    def fields(self) -> dict[type[models.Model], list[StreamField]]:
        """The fields that may hold the value, by model."""
        found = {model: [field for field in stream_fields(model) if self.may_be_in(field)] for model in all_models()}
        return {model: fields for model, fields in found.items() if fields}

    def may_be_in(self, field: StreamField) -> bool:
        return any(self.holds(block) for block in blocks_within(field.stream_block))

    def rows(self, model: type[models.Model], field: StreamField) -> Iterator[tuple[int, str, list]]:
        """Id, stored text and its meaning of the rows that hold the value, a chunk at a time."""
        found = model._base_manager.annotate(stored=Cast(field.attname, TextField()))
        found = found.filter(stored__contains=str(self.value)).order_by("pk").values_list("pk", "stored")
        last = 0
        while chunk := list(found.filter(pk__gt=last)[:CHUNK_SIZE]):
            for pk, text in chunk:
                content = json.loads(text)
                if self.replaced(field.stream_block, content, None) != content:
                    yield pk, text, content
            last = chunk[-1][0]

    def replaced(self, block: blocks.Block, stored: object, new: str | int | None) -> object:
        """`stored` as it is with `new`; in a list of such values, each stands once."""
        if self.holds(block):
            return new if stored == self.value else stored
        if isinstance(block, blocks.BaseStreamBlock) and isinstance(stored, list):
            return [self.replaced_row(block.child_blocks.get(row.get("type")), row, new) for row in stored]
        if isinstance(block, blocks.BaseStructBlock) and isinstance(stored, dict):
            return {
                name: self.replaced(block.child_blocks[name], value, new) if name in block.child_blocks else value
                for name, value in stored.items()
            }
        if isinstance(block, blocks.ListBlock) and isinstance(stored, list):
            rows = [self.replaced_row(block.child_block, row, new) for row in stored]
            return each_once(rows) if self.holds(block.child_block) and rows != stored else rows
        return stored

    def replaced_row(self, block: blocks.Block | None, row: object, new: str | int | None) -> object:
        """A row is {"type", "value", "id"}; lists of before may hold bare values."""
        if block is None:
            return row
        if isinstance(row, dict) and "value" in row and "type" in row:
            return {**row, "value": self.replaced(block, row["value"], new)}
        return self.replaced(block, row, new)


def all_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if not model._meta.proxy]


def stream_fields(model: type[models.Model]) -> list[StreamField]:
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


def blocks_within(block: blocks.Block) -> Iterator[blocks.Block]:
    yield block
    children = getattr(block, "child_blocks", {}).values() if not isinstance(block, blocks.ListBlock) else ()
    for child in [*children, *([block.child_block] if isinstance(block, blocks.ListBlock) else [])]:
        yield from blocks_within(child)


def each_once(rows: list) -> list:
    values = [row["value"] if isinstance(row, dict) else row for row in rows]
    return [row for number, row in enumerate(rows) if values[number] not in values[:number]]


def rows_holding(stored: StoredValue) -> dict[type[models.Model], set[int]]:
    return {
        model: {pk for field in fields for pk, *_rest in stored.rows(model, field)}
        for model, fields in stored.fields().items()
    }


def replace_everywhere(stored: StoredValue, new: str | int) -> dict[type[models.Model], set[int]]:
    """Returns the ids of the rows that were changed, by model."""
    changed: dict[type[models.Model], set[int]] = {}
    for model, fields in stored.fields().items():
        replace_in_versions(model, fields, stored, new)
        for field in fields:
            for pk, text, content in stored.rows(model, field):
                same = model._base_manager.annotate(stored=Cast(field.attname, TextField())).filter(pk=pk, stored=text)
                if same.update(**{field.attname: stored.replaced(field.stream_block, content, new)}):
                    changed.setdefault(model, set()).add(pk)
    return changed


def replace_in_versions(
    model: type[models.Model], fields: list[StreamField], stored: StoredValue, new: str | int
) -> None:
    content_type, text = ContentType.objects.get_for_model(model), str(stored.value)
    rewrite_versions(
        texts_of_revisions().filter(content_type=content_type, text__contains=text),
        TranslationSource.objects.filter(specific_content_type=content_type, content_json__contains=text),
        lambda _model, content: replaced_in_version(content, fields, stored, new),
    )


def texts_of_revisions() -> QuerySet[Revision]:
    """With their content as `text`."""
    return Revision.objects.annotate(text=Cast("content", TextField()))


def rewrite_versions(
    revisions: QuerySet[Revision],
    sources: QuerySet[TranslationSource],
    changed: Callable[[type[models.Model], dict], dict],
) -> None:
    """Drafts and earlier versions, and the sources of translations, keep whole pages as JSON.

    `changed` is given a model and the content of one of its rows, and returns what it is to be.
    """
    for revision in revisions.only("content", "content_type_id").iterator(CHUNK_SIZE):
        model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
        content = changed(model, revision.content) if model else revision.content
        if content != revision.content:
            Revision.objects.filter(pk=revision.pk).update(content=content)
    for source in sources.only("content_json", "specific_content_type_id").iterator(CHUNK_SIZE):
        model = ContentType.objects.get_for_id(source.specific_content_type_id).model_class()
        before = json.loads(source.content_json)
        content = changed(model, before) if model else before
        if content != before:
            TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))


def replaced_in_version(content: dict, fields: list[StreamField], stored: StoredValue, new: str | int) -> dict:
    """A serialized row, in which the blocks of a field are text."""
    content = dict(content)
    for field in fields:
        text = content.get(field.name)
        before = json.loads(text) if isinstance(text, str) and text else None
        after = stored.replaced(field.stream_block, before, new)
        if after != before:
            content[field.name] = json.dumps(after)
    return content
