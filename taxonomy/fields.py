"""Relations to concepts, whose forms read all labels to choose from in one query."""

from collections.abc import Iterator

from django import forms
from django.db.models import FilteredRelation, Q
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.utils.translation import get_language
from modelcluster.fields import ParentalManyToManyField


class ConceptIterator(ModelChoiceIterator):
    """The concepts of a field with their labels, all in one query."""

    def __iter__(self) -> Iterator[tuple[ModelChoiceIteratorValue, str]]:
        language = get_language() or "en"
        preferred = Q(labels__language__in={language, "en"}, labels__is_alternative=False)
        rows = self.queryset.annotate(said=FilteredRelation("labels", condition=preferred)).values_list(
            "pk", "code", "said__language", "said__label"
        )
        labels: dict[int, str] = {}
        for pk, code, label_language, label in rows:
            if pk not in labels or label_language == language:
                labels[pk] = label or code
        for pk, label in labels.items():
            yield ModelChoiceIteratorValue(pk, None), label


class ConceptsFormField(forms.ModelMultipleChoiceField):
    iterator = ConceptIterator


class ConceptsField(ParentalManyToManyField):
    """Concepts of one scheme; to migrations an ordinary relation."""

    def formfield(self, **kwargs: object) -> forms.Field:
        return super().formfield(**{"form_class": ConceptsFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs
