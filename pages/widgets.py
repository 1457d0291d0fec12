"""Checkboxes that a person can find their way in, also when there are two thousand, and what they choose from."""

from collections.abc import Iterator

from django import forms
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.utils.translation import get_language
from modelcluster.fields import ParentalManyToManyField

from taxonomy.models import ConceptLabel


class FilterableCheckboxes(forms.CheckboxSelectMultiple):
    """A scrolling list of checkboxes; with JavaScript, a field above it filters by what is typed."""

    template_name = "pages/widgets/filterable_checkboxes.html"

    class Media:
        css = {"all": ["admin/filterable-checkboxes.css"]}
        js = ["admin/filterable-checkboxes.js"]


class ConceptIterator(ModelChoiceIterator):
    """The concepts of a field with their labels, all in one query."""

    def __iter__(self) -> Iterator[tuple[ModelChoiceIteratorValue, str]]:
        language = get_language() or "en"
        rows = ConceptLabel.objects.filter(
            concept__in=self.queryset.order_by(), language__in={language, "en"}, is_alternative=False
        ).values_list("concept_id", "language", "label")
        labels: dict[int, str] = {}
        for concept_id, label_language, label in rows:
            if label_language == language or concept_id not in labels:
                labels[concept_id] = label
        for concept in self.queryset.only("pk", "code"):
            yield ModelChoiceIteratorValue(concept.pk, concept), labels.get(concept.pk, concept.code)


class ConceptsFormField(forms.ModelMultipleChoiceField):
    iterator = ConceptIterator


class ConceptsField(ParentalManyToManyField):
    """Concepts of one scheme; to migrations an ordinary relation."""

    def formfield(self, **kwargs: object) -> forms.Field:
        return super().formfield(**{"form_class": ConceptsFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs
