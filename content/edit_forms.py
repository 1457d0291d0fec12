"""The edit forms of pages and records.

What they show of other records is read together; data that they cannot read is a mistake at its field.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.blocks import StreamValue
from wagtail.blocks.base import BlockField
from wagtail.fields import RichTextField
from wagtail.models import Page

from taxonomy.fields import ConceptsFormField, choices_by_scheme
from taxonomy.models import Concept

from .parents import pages_by_id

# More of them at one place are refused without being made. Each takes milliseconds, and Django's own limit is 2,000.
MOST_ROWS = 500
# Of a row; empty for a new one.
ID = re.compile(r"[0-9]{0,18}")
UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError)


class ChecksChoices(forms.BaseForm):
    """Mixin: what is shown of other records is read together, and choices are checked where Wagtail does not."""

    def __init__(self, data: QueryDict | None = None, *args: object, **kwargs: object) -> None:
        formsets = getattr(type(self), "formsets", {})
        for rows in formsets.values():
            rows.max_num, rows.absolute_max = min(rows.max_num, MOST_ROWS), min(rows.absolute_max, MOST_ROWS)
        super().__init__(with_readable_ids(data, formsets) if data else data, *args, **kwargs)
        share_records(self)
        share_choices(self)
        for part in forms_within(self):
            for field in part.fields.values():
                if isinstance(field, forms.ModelChoiceField):
                    check_choice(field)


def with_readable_ids(data: QueryDict, formsets: Iterable[str]) -> QueryDict:
    """Wagtail fails at the id of a row that cannot be one; 0 is the id of no row, which is a mistake of that row."""
    rows = re.compile(rf"(?:{'|'.join(map(re.escape, formsets))})-[0-9]+-id") if formsets else None
    unreadable = [name for name in data if rows and rows.fullmatch(name) and not ID.fullmatch(data[name])]
    if unreadable:
        data = data.copy()
        for name in unreadable:
            data[name] = "0"
    return data


class RecordForm(ChecksChoices, WagtailAdminModelForm):
    """That of a record which is no page."""


class PageForm(ChecksChoices, WagtailAdminPageForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.read_with_care: set[str] = set()
        self.broken: set[str] = set()
        rich_texts = {field.name for field in self._meta.model._meta.fields if isinstance(field, RichTextField)}
        for name, field in self.fields.items():
            if isinstance(field, BlockField) or name in rich_texts:
                self.read_carefully(name, field)

    def read_carefully(self, name: str, field: forms.Field) -> None:
        """Wagtail fails at data that its own editor would not send, and drops blocks of a type it does not know.

        Here they are mistakes of that field, which then shows what is stored.
        """
        self.read_with_care.add(name)
        read = field.widget.value_from_datadict

        def value_from_datadict(data: Mapping, files: Mapping, prefixed: str) -> object:
            try:
                value = read(data, files, prefixed)
            except UNREADABLE:
                self.broken.add(name)
            else:
                if not isinstance(field, BlockField) or knows_blocks(field, data, prefixed):
                    return value
                self.broken.add(name)
            return self.get_initial_for_field(field, name)

        field.widget.value_from_datadict = value_from_datadict

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in self.broken:
            self.add_error(name, _("This did not arrive as it was sent. What is stored is shown again."))
        for name in self.read_with_care & cleaned.keys() - self.broken:
            if has_null_character(cleaned[name]):
                self.add_error(name, ProhibitNullCharactersValidator.message)
        return cleaned


def check_choice(field: forms.ModelChoiceField) -> None:
    """A number too large for an id is a 500 in SQLite; a chooser offers pages of some types, but takes any."""
    clean = field.clean
    offered = tuple(getattr(field.widget, "target_models", ()))

    def checked(value: object) -> object:
        try:
            chosen = clean(value)
        except OverflowError:
            chosen = None
        else:
            if not offered or not isinstance(chosen, Page) or issubclass(chosen.specific_class or Page, offered):
                return chosen
        raise forms.ValidationError(
            field.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
        )

    field.clean = checked


def has_null_character(value: object) -> bool:
    """Within texts with markup too, which Django does not look into and PostgreSQL refuses."""
    if isinstance(value, StreamValue):
        value = value.get_prep_value()
    if isinstance(value, dict):
        return any(has_null_character(part) for part in value.values())
    if isinstance(value, list):
        return any(has_null_character(part) for part in value)
    return isinstance(value, str) and "\x00" in value


def knows_blocks(field: BlockField, data: Mapping, prefixed: str) -> bool:
    names = (f"{prefixed}-{number}-type" for number in range(int(data[f"{prefixed}-count"])))
    return all(data[name] in field.block.child_blocks for name in names if name in data)


def forms_within(form: forms.BaseForm) -> Iterator[forms.BaseForm]:
    """The form itself and those of its rows, at whatever depth."""
    yield form
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            yield from forms_within(row)


def share_records(form: forms.BaseForm) -> None:
    """Read the records that are chosen anywhere in the form, in one query for each model."""
    chosen = [
        (field.widget, value)
        for part in forms_within(form)
        for name, field in part.fields.items()
        if isinstance(field.widget, BaseChooser) and (value := part[name].value())
    ]
    wanted: dict[type[models.Model], set[str]] = defaultdict(set)
    for widget, value in chosen:
        wanted[widget.model_class].add(str(value))
    known = {model: records_by_id(model, ids) for model, ids in wanted.items()}
    for widget, _value in chosen:
        know(widget, known[widget.model_class])


def records_by_id(model: type[models.Model], ids: set[str]) -> dict[str, models.Model]:
    """What is no id, as something tampered with may be, names nothing."""
    numbers = [int(value) for value in ids if value.isascii() and value.isdigit() and len(value) < 19]
    if not issubclass(model, Page):
        records = Concept.objects.with_labels() if model is Concept else model.objects.all()
        return {str(record.pk): record for record in records.filter(pk__in=numbers)}
    return {str(pk): page for pk, page in pages_by_id(model, numbers).items()}


def know(widget: BaseChooser, records: dict[str, models.Model]) -> None:
    """What was not found is shown as nothing chosen; Wagtail fails at what cannot be an id."""
    look_up = widget.get_instance
    widget.get_instance = lambda value: look_up(value if isinstance(value, models.Model) else records.get(str(value)))


def share_choices(form: forms.BaseForm) -> None:
    """Read the choices of a field once, however often it is shown."""
    share_concepts(form)
    lend_choices(form, {})


def lend_choices(form: forms.BaseForm, read: dict[tuple[type, str], list]) -> None:
    for name, field in form.fields.items():
        if isinstance(field, ConceptsFormField):
            continue
        if isinstance(field, forms.ModelChoiceField) and isinstance(field.widget, forms.widgets.ChoiceWidget):
            key = (type(form), name)
            if key not in read:
                read[key] = list(field.choices)
            field.widget.choices = read[key]
    for rows in getattr(form, "formsets", {}).values():
        for row in rows.forms:
            lend_choices(row, read)
        lend_to_blank_row(rows, read)


def lend_to_blank_row(rows: forms.BaseFormSet, read: dict[tuple[type, str], list]) -> None:
    """The form that new rows are copied from is made anew each time somebody asks for it."""
    add_fields = rows.add_fields

    def add_fields_and_choices(form: forms.BaseForm, index: int | None) -> None:
        add_fields(form, index)
        lend_choices(form, read)

    rows.add_fields = add_fields_and_choices


def share_concepts(form: forms.ModelForm) -> None:
    """Read the concepts of all vocabularies that the form offers in one query."""
    schemes = {
        name: form._meta.model._meta.get_field(name).remote_field.limit_choices_to["scheme"]
        for name, field in form.fields.items()
        if isinstance(field, ConceptsFormField)
    }
    if not schemes:
        return
    choices = choices_by_scheme(Concept.objects.filter(scheme__in=set(schemes.values())))
    for name, scheme in schemes.items():
        form.fields[name].widget.choices = choices.get(scheme, [])
