"""Makes one concept of two: whatever names the one names the other afterwards, and old addresses still lead there."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import ManyToOneRel, TextField
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail_localize.models import TranslationSource

from .codes_in_blocks import of_concept, rewrite_soon
from .models import Concept, ConceptAlias, ConceptLabel
from .signals import references_moved
from .stored_blocks import rows_holding

# What belongs to the concept itself, and goes its own way.
OWN = (Concept, ConceptLabel, ConceptAlias)


@dataclass(frozen=True, slots=True)
class Affected:
    """What names a concept: ids of pages, drafts among them, and the number of other records."""

    pages: set[int] = field(default_factory=set)
    records: int = 0


def affected_by(concept: Concept) -> Affected:
    pages: set[int] = set()
    records = 0
    for reference in references():
        rows = reference.rows_of(concept)
        if reference.page_field:
            pages |= set(rows.values_list(reference.page_field, flat=True))
        else:
            records += rows.count()
    for model, ids in rows_holding(of_concept(concept.scheme, concept.code)).items():
        if issubclass(model, Page):
            pages |= ids
        else:
            records += len(ids)
    return Affected(pages=pages, records=records)


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that holds the ids of concepts: a foreign key, or one side of a many-to-many table.

    `page_field` leads from the row to the page that it belongs to; empty where it belongs to none.
    """

    model: type[models.Model]
    name: str
    page_field: str

    def rows_of(self, concept: Concept) -> models.QuerySet:
        return self.model._base_manager.filter(**{self.name: concept})


def references() -> Iterator[Reference]:
    for relation in Concept._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.related_model not in OWN:
            model = relation.related_model
            yield Reference(model=model, name=relation.field.name, page_field=page_field_of(model))


def page_field_of(model: type[models.Model]) -> str:
    """The column of `model` with a page's id: its own, or that of the page which its rows hang on."""
    if issubclass(model, Page):
        return "pk"
    for column in model._meta.get_fields():
        is_owner = isinstance(column, models.ForeignKey) and issubclass(column.related_model, Page)
        if is_owner and (model._meta.auto_created or isinstance(column, ParentalKey)):
            return column.attname
    return ""


@transaction.atomic
def merge_concepts(old: Concept, kept: Concept) -> Affected:
    """Let everything that names `old` name `kept`, and delete `old`. Returns what was affected.

    Codes inside of blocks read as that of `kept` from now on, and are rewritten after the commit.
    The labels of `old` become other names of `kept`, its code stays an alias. Raises ValueError for
    concepts that cannot be one.
    """
    if old.pk == kept.pk or old.scheme != kept.scheme:
        raise ValueError("Only two concepts of one vocabulary can be merged.")
    old, kept = (Concept.objects.select_for_update().get(pk=concept.pk) for concept in (old, kept))
    affected = affected_by(old)
    moved = [(reference, move_rows(reference, old, kept)) for reference in references()]
    move_usage(old, kept)
    rewrite_stored_content(old, kept)
    move_place(old, kept)
    move_names(old, kept)
    # What watches concepts looks at the pages of the one when it goes, and at those of the other when it is saved.
    code = old.code
    old.delete()
    ConceptAlias.objects.create(concept=kept, scheme=kept.scheme, code=code)
    kept.save()
    rewrite_soon()
    for reference, ids in moved:
        if ids:
            references_moved.send(sender=Concept, model=reference.model, object_ids=ids, page_ids=affected.pages)
    return affected


def move_rows(reference: Reference, old: Concept, kept: Concept) -> list[int]:
    """Returns the ids of the rows that now name `kept`; one that would say the same twice is deleted."""
    rows = reference.rows_of(old)
    if owner := owner_in_table(reference.model):
        rows.filter(**{f"{owner}__in": reference.rows_of(kept).values(owner)}).delete()
    ids = list(rows.values_list("pk", flat=True))
    return update_or_delete(reference.model, ids, {reference.name: kept})


def owner_in_table(model: type[models.Model]) -> str:
    """The other side of a many-to-many table; empty for another model."""
    if not model._meta.auto_created:
        return ""
    columns = (column for column in model._meta.fields if isinstance(column, models.ForeignKey))
    return next(column.attname for column in columns if column.related_model is not Concept)


def update_or_delete(model: type[models.Model], ids: list[int], values: dict) -> list[int]:
    """Update these rows, all at once where that is possible; a row that a constraint refuses is deleted."""
    rows = model._base_manager.filter(pk__in=ids)
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError:
        if len(ids) > 1:
            return [pk for one in ids for pk in update_or_delete(model, [one], values)]
        rows.delete()
        return []
    return ids


def move_usage(old: Concept, kept: Concept) -> None:
    """Wagtail's list of what uses a snippet hears of no update of rows."""
    rows = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Concept), to_object_id=str(old.pk)
    )
    update_or_delete(ReferenceIndex, list(rows.values_list("pk", flat=True)), {"to_object_id": str(kept.pk)})


def move_place(old: Concept, kept: Concept) -> None:
    """What is part of `old` becomes part of `kept`; `kept` never becomes part of itself."""
    above, steps = kept.broader, 0
    while above is not None and above.pk != old.pk and steps < 50:
        above, steps = above.broader, steps + 1
    if above is not None and above.pk == old.pk:
        kept.broader = old.broader
        kept.save(update_fields=["broader"])
    Concept.objects.filter(broader=old).exclude(pk=kept.pk).update(broader=kept)


def move_names(old: Concept, kept: Concept) -> None:
    there = {(row.language, row.label.casefold()) for row in kept.labels.all()}
    for row in old.labels.all():
        if (row.language, row.label.casefold()) not in there:
            there.add((row.language, row.label.casefold()))
            ConceptLabel.objects.create(
                concept=kept, language=row.language, label=row.label, is_alternative=True, to_review=row.to_review
            )
    old.aliases.update(concept=kept)


def rewrite_stored_content(old: Concept, kept: Concept) -> None:
    """Revisions and the sources of translations carry ids; a draft would bring the old one back."""
    for model in models_with_concepts():
        types = ContentType.objects.get_for_models(model).values()
        revisions = Revision.objects.filter(content_type__in=types)
        # The text is looked through by the database first: few of many revisions hold the number at all.
        found = revisions.annotate(text=Cast("content", TextField())).filter(text__contains=str(old.pk))
        for revision in found.only("content").iterator(chunk_size=100):
            content = replaced(model, revision.content, old.pk, kept.pk)
            if content != revision.content:
                Revision.objects.filter(pk=revision.pk).update(content=content)
        sources = TranslationSource.objects.filter(specific_content_type__in=types, content_json__contains=str(old.pk))
        for source in sources.only("content_json").iterator(chunk_size=100):
            before = json.loads(source.content_json)
            content = replaced(model, before, old.pk, kept.pk)
            if content != before:
                TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))


def models_with_concepts() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model not in OWN and any(concept_fields(model))]


def concept_fields(model: type[models.Model], above: tuple[type[models.Model], ...] = ()) -> Iterator[str]:
    """Names of the fields of `model`, and of the rows that hang on it, which hold concepts."""
    if model in above:
        return
    for column in model._meta.get_fields():
        if isinstance(column, models.ForeignKey | models.ManyToManyField) and column.related_model is Concept:
            yield column.name
    for relation in get_all_child_relations(model):
        yield from concept_fields(relation.related_model, (*above, model))


def replaced(model: type[models.Model], content: dict, old: int, kept: int) -> dict:
    """Serialized fields of `model` with one concept in the place of another, each once."""
    content = dict(content)
    for column in model._meta.get_fields():
        if getattr(column, "related_model", None) is not Concept or column.name not in content:
            continue
        value = content[column.name]
        if isinstance(value, list):
            content[column.name] = list(dict.fromkeys(kept if pk == old else pk for pk in value))
        elif value == old:
            content[column.name] = kept
    for relation in get_all_child_relations(model):
        rows = content.get(relation.get_accessor_name())
        if isinstance(rows, list):
            content[relation.get_accessor_name()] = [replaced(relation.related_model, row, old, kept) for row in rows]
    return content
