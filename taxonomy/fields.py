"""Relations to concepts, whose forms read all labels to choose from in one query."""

from collections.abc import Iterator

from django import forms
from django.db.models import FilteredRelation, Q, QuerySet
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.utils.translation import get_language
from modelcluster.fields import ParentalManyToManyField


class ConceptIterator(ModelChoiceIterator):
    """The concepts of a field with their labels, all in one query."""

    def __iter__(self) -> Iterator[tuple[ModelChoiceIteratorValue, str]]:
        for choices in choices_by_scheme(self.queryset).values():
            yield from choices


class NamedConceptIterator(ConceptIterator):
    """For choosing one: none, then all by name."""

    def __iter__(self) -> Iterator[tuple[ModelChoiceIteratorValue | str, str]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        yield from sorted(super().__iter__(), key=lambda choice: choice[1].casefold())


def choices_by_scheme(concepts: QuerySet) -> dict[str, list[tuple[ModelChoiceIteratorValue, str]]]:
    """Ids and labels of all these concepts by their vocabulary, in one query."""
    language = get_language() or "en"
    preferred = Q(labels__language__in={language, "en"}, labels__is_alternative=False)
    rows = concepts.annotate(said=FilteredRelation("labels", condition=preferred)).values_list(
        "scheme", "pk", "code", "said__language", "said__label"
    )
    labels: dict[str, dict[int, str]] = {}
    for scheme, pk, code, label_language, label in rows:
        known = labels.setdefault(scheme, {})
        if pk not in known or label_language == language:
            known[pk] = label or code
    return {
        scheme: [(ModelChoiceIteratorValue(pk, None), label) for pk, label in known.items()]
        for scheme, known in labels.items()
    }


class ConceptFormField(forms.ModelChoiceField):
    iterator = NamedConceptIterator


class ConceptsFormField(forms.ModelMultipleChoiceField):
    iterator = ConceptIterator


class ConceptsField(ParentalManyToManyField):
    """Concepts of one scheme; to migrations an ordinary relation."""

    def formfield(self, **kwargs: object) -> forms.Field:
        return super().formfield(**{"form_class": ConceptsFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs
