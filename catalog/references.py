"""What a page refers to: links in its texts, what its fields and inline rows name."""

from collections.abc import Iterator
from functools import cache

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Comment, Locale, Page

Reference = tuple[str, int]
# What every page refers to, and nothing that a reader sees.
SILENT = (Locale,)
# Rows below a page that are not published with it.
UNPUBLISHED = (Comment,)


def references_of(page: Page, *, inline_rows: bool = True) -> set[Reference]:
    """Pairs of model ("wagtailcore.page" for every kind of page) and id, of the page as it is in memory."""
    found = set(_field_references(page))
    if inline_rows:
        for relation in shown_relations(type(page)):
            for row in getattr(page, relation.get_accessor_name()).all():
                found |= set(_field_references(row))
    return found


@cache
def shown_relations(page_class: type[Page]) -> list[models.ManyToOneRel]:
    """The inline rows that belong to what is published of such a page."""
    return [
        relation
        for relation in get_all_child_relations(page_class)
        if not getattr(relation.related_model, "wagtail_reference_index_ignore", False)
        and not issubclass(relation.related_model, UNPUBLISHED)
    ]


def _field_references(instance: models.Model) -> Iterator[Reference]:
    for field in instance._meta.get_fields():
        if hasattr(field, "extract_references"):
            value = field.value_from_object(instance)
            for model, object_id, *_path in field.extract_references(value) if value is not None else ():
                if str(object_id).isdigit():
                    yield label_of(model), int(object_id)
        elif isinstance(field, models.ForeignKey) and is_seen(field):
            object_id = field.value_from_object(instance)
            if isinstance(object_id, int):
                yield label_of(field.related_model), object_id


def is_seen(field: models.ForeignKey) -> bool:
    if isinstance(field, ParentalKey) or field.remote_field.parent_link:
        return False
    target = field.related_model
    ignored = getattr(field, "wagtail_reference_index_ignore", False)
    return not (ignored or getattr(target, "wagtail_reference_index_ignore", False) or issubclass(target, SILENT))


def label_of(model: type[models.Model]) -> str:
    return (Page if issubclass(model, Page) else model)._meta.label_lower
