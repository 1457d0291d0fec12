"""What the admin's forms refuse: each mistake is named at its field, and nothing is saved."""

import json

import pytest
from django import forms
from django.urls import reverse
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks.base import BlockField
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html

from events.models import RegistrationDesk
from home.models import HomePage

from ..rows import all_rows
from .every_kind import PAGES, RECORDS, Filled, add_short

pytestmark = pytest.mark.django_db
UNTOUCHED_BY_CONTENT = {"django_session", "wagtailadmin_editingsession", "accounts_user"}
MAKERS = {**PAGES, **RECORDS}
TOO_LARGE = "1" + "0" * 30


class OpenForm:
    """An edit form as it is served, to be sent with something changed."""

    def __init__(self, client, record) -> None:
        name = "wagtailadmin_pages:edit" if isinstance(record, Page) else record.snippet_viewset.get_url_name("edit")
        self.client, self.record = client, record
        self.address = reverse(name, args=[record.pk])
        response = client.get(self.address)
        self.form = response.context["form"]
        form_id = "page-edit-form" if isinstance(record, Page) else "w-editor-form"
        try:
            data = querydict_from_html(response.content.decode(), form_id=form_id)
        except ValueError:
            data = querydict_from_html(response.content.decode(), form_index=form_index(response))
        self.data = MultiValueDict(data)
        for field in self.streams:
            self.data[f"{field}-count"] = "0"

    @property
    def streams(self) -> list[str]:
        return [name for name, field in self.form.fields.items() if isinstance(field, BlockField)]

    def post(self, changes: dict):
        data = self.data.copy()
        for name, value in changes.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        return self.client.post(self.address, data)


def form_index(response) -> int:
    content = response.content.decode()
    forms_before = content[: content.index('name="csrfmiddlewaretoken"')].count("<form")
    return forms_before - 1 if forms_before else 0


def content_rows() -> dict:
    return {table: rows for table, rows in all_rows().items() if table not in UNTOUCHED_BY_CONTENT}


def assert_refused(open_form: OpenForm, changes: dict, *fields: str):
    """Each of `fields` has a message of its own, and the database is as it was."""
    before = content_rows()
    response = open_form.post(changes)
    assert response.status_code == 200, (response.status_code, changes)
    errors = response.context["form"].errors
    silent = [field for field in fields if not errors.get(field)]
    assert not silent, (silent, {name: changes.get(name) for name in silent})
    assert all(str(message).strip() for field in fields for message in errors[field])
    assert content_rows() == before
    return response


def wrong_values(field: forms.Field) -> list:
    """What this field must refuse, one after the other."""
    if isinstance(field, forms.EmailField):
        return ["nobody", "a@b.c" + "x" * 300, "a\x00@example.org"]
    if isinstance(field, forms.URLField):
        return ["not an address", "https://example.org/" + "x" * 3_000, "https://example.org/\x00"]
    if isinstance(field, forms.DateTimeField | forms.DateField | forms.TimeField):
        return ["2024-13-45", "yesterday", "2024-01-01\x00"]
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return ["many", TOO_LARGE, "-1", "NaN", "1\x00"]
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return [["999999"], ["nothing\x00such"], ["x"]]
    if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
        return ["999999", "nothing\x00such", "x"]
    if isinstance(field, forms.SlugField):
        return ["no address!", "x" * 3_000, "a\x00b"]
    if isinstance(field.widget, DraftailRichTextArea):
        return ["{broken", "[1]", draftail("a\x00b")]
    if type(field) is forms.CharField or field.max_length if isinstance(field, forms.CharField) else False:
        return ["a\x00b", *(["x" * (field.max_length + 1), "y" * 3_000] if field.max_length else [])]
    return []


def draftail(text: str) -> str:
    row = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [row], "entityMap": {}})


def stream_mistakes(name: str, field: BlockField) -> list[dict]:
    """Form data that no form of ours sends, and texts with a character that no database keeps."""
    stream = field.block
    kind, block = next(iter(stream.child_blocks.items()))
    row = {f"{name}-0-deleted": "", f"{name}-0-order": "0", f"{name}-0-type": kind, f"{name}-0-id": ""}
    empty = {f"{name}-0-{key}": value for key, value in nested_form_data({"value": filled(block)}).items()}
    return [
        {f"{name}-count": "x"},
        {f"{name}-count": "1"},
        {f"{name}-count": "1", **row, f"{name}-0-type": "nothing-such", f"{name}-0-value": "x"},
        {f"{name}-count": "1", **row, **empty},
    ]


def filled(block: blocks.Block) -> object:
    """Form data with a null byte in every text."""
    if isinstance(block, blocks.StructBlock):
        return {name: filled(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return {"count": "1", "0": {"deleted": "", "order": "0", "value": filled(block.child_block)}}
    if isinstance(block, blocks.RichTextBlock):
        return draftail("a\x00b")
    return "a\x00b" if isinstance(block, blocks.CharBlock | blocks.TextBlock) else ""


@pytest.mark.parametrize("kind", MAKERS)
def test_every_field_names_its_own_mistakes(editor, kind):
    """All fields at once: each must say what is wrong with it."""
    open_form = OpenForm(editor, MAKERS[kind](Filled(1)))
    rounds = {}
    for name, field in open_form.form.fields.items():
        mistakes = [{name: value} for value in wrong_values(field)]
        if isinstance(field, BlockField):
            mistakes = stream_mistakes(name, field)
        for number, changes in enumerate(mistakes):
            rounds.setdefault(number, {})[name] = changes
    assert len(rounds) > 2
    for mistakes in rounds.values():
        changes = {key: value for part in mistakes.values() for key, value in part.items()}
        assert_refused(open_form, changes, *mistakes)


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_required_is_asked_for(editor, kind):
    open_form = OpenForm(editor, MAKERS[kind](Filled(1)))
    required = [
        name
        for name, field in open_form.form.fields.items()
        if field.required and not isinstance(field, BlockField) and name != "slug"
    ]
    assert required
    assert_refused(open_form, {**dict.fromkeys(required, ""), "action-publish": "1"}, *required)


DO_NOT_FIT = {
    "project": [
        ("end_date", {"start_date": "2020-02-01", "end_date": "2020-01-01"}),
        ("call_year", {"call_year": "1979"}),
        ("call_year", {"call_year": "2101"}),
        ("call_year", {"call_year": "99999"}),
        ("grant_amount", {"grant_amount": "443.795,00 EUR"}),
    ],
    "event": [
        ("end_date", {"start_date": "2090-05-07", "end_date": "2090-05-06"}),
        ("end_time", {"start_time": "17:00", "end_time": "09:00"}),
        ("start_time", {"start_time": "", "end_time": "09:00"}),
        ("expire_at", {"go_live_at": "2090-05-07 10:00", "expire_at": "2090-05-06 10:00"}),
    ],
    "blueprint": [
        ("period_end", {"period_start": "2020-02-01", "period_end": "2020-01-01"}),
        ("age_to", {"age_from": "30", "age_to": "20"}),
    ],
    "plan": [("period_end", {"period_start": "2020-02-01", "period_end": "2020-01-01"})],
    "toolkit": [("period_end", {"period_start": "2020-02-01", "period_end": "2020-01-01"})],
    "page": [("slug", {"slug": "short"})],
    "organization": [("ror", {"ror": "02mhbdp95"}), ("pic", {"pic": "12"})],
    "person": [("orcid", {"orcid": "0000-0002-1825-0098"})],
}


@pytest.mark.parametrize("kind", DO_NOT_FIT)
def test_what_does_not_fit_together_is_named(editor, kind):
    add_short()
    open_form = OpenForm(editor, MAKERS[kind](Filled(1)))
    for field, changes in DO_NOT_FIT[kind]:
        assert_refused(open_form, changes, field)


@pytest.mark.parametrize("kind", ["blueprint", "plan", "toolkit", "project", "event", "news"])
def test_an_address_is_taken_once(editor, kind):
    MAKERS[kind](Filled(1, "-other"))
    assert_refused(OpenForm(editor, MAKERS[kind](Filled(1))), {"slug": f"{kind}-other"}, "slug")


@pytest.mark.parametrize("kind", ["project", "event", "blueprint", "plan", "toolkit", "news"])
def test_choosers_take_only_what_they_offer(editor, kind):
    """A page of another kind, one that does not exist, and the one that is being edited."""
    open_form = OpenForm(editor, MAKERS[kind](Filled(1)))
    choosers = [name for name in ("project", "predecessor", "previous_event") if name in open_form.form.fields]
    home = HomePage.objects.get(locale__language_code="en")
    for value in (home.pk, 999_999, TOO_LARGE, "x"):
        assert_refused(open_form, dict.fromkeys(choosers, str(value)), *choosers)


def test_dates_known_to_the_month_are_taken(editor):
    open_form = OpenForm(editor, MAKERS["project"](Filled(1)))
    known = {"start_date": "2020-02-20", "end_date": "2020-02-01", "start_precision": "month", "end_precision": "month"}
    assert open_form.post(known).status_code == 302
    assert_refused(open_form, {**known, "start_precision": "day", "end_precision": "day"}, "end_date")


ROWS = {
    ("blueprint", "contributions"): [
        {"person": "a\x00b"}, {"person": "x" * 3_000}, {"organization": "999999"}, {"organization": "x"}, {"role": "nothing-such"},
    ],
    ("blueprint", "attached_files"): [{"file": "999999"}, {"file": ""}, {"file": "x"}],
    ("event", "related_works"): [{"target": TOO_LARGE}, {"target": "999999"}, {"target": "x"}],
    ("project", "partners"): [
        {"organization": ""}, {"website": "no address"}, {"country": "999999"}, {"country": "XX"}, {"role": "nothing-such"},
    ],
    ("organization", "other_names"): [{"language": "xx"}, {"description": "x" * 2_001}, {"name": "a\x00b"}],
    ("person", "texts"): [{"bio": "a\x00b"}, {"language": ""}],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "rows"), ROWS)
def test_mistakes_in_a_row_are_named_there(editor, kind, rows):
    open_form = OpenForm(editor, MAKERS[kind](Filled(1)))
    before = content_rows()
    for changes in ROWS[kind, rows]:
        response = open_form.post({f"{rows}-0-{name}": value for name, value in changes.items()})
        assert response.status_code == 200, changes
        assert set(changes) <= set(response.context["form"].formsets[rows].forms[0].errors), changes
    assert content_rows() == before


TAMPERED = [
    {"TOTAL_FORMS": "x"}, {"TOTAL_FORMS": ""}, {"INITIAL_FORMS": "x"}, {"TOTAL_FORMS": "5000"},
    {"0-id": "999999"}, {"0-id": "x"}, {"0-ORDER": "x"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("project", "partners"),
        ("blueprint", "contributions"),
        ("event", "attached_files"),
        ("organization", "other_names"),
    ],
)
def test_tampered_rows_save_nothing(editor, kind, rows):
    open_form = OpenForm(editor, MAKERS[kind](Filled(1)))
    before = content_rows()
    for changes in TAMPERED:
        response = open_form.post({f"{rows}-{name}": value for name, value in changes.items()})
        assert response.status_code == 200, changes
        formset = response.context["form"].formsets[rows]
        assert formset.non_form_errors() or any(formset.errors), changes
    assert content_rows() == before


def test_fewer_rows_than_none_delete_nothing(editor):
    open_form = OpenForm(editor, MAKERS["project"](Filled(2)))
    open_form.post({"partners-TOTAL_FORMS": "-1", "action-publish": "1"})
    assert open_form.record.partners.count() == 2


def test_mistakes_are_told_in_the_language_of_the_editor(german_editor):
    open_form = OpenForm(german_editor, MAKERS["project"](Filled(1)))
    changes = {
        "title": "", "start_date": "2020-02-01", "end_date": "2020-01-01", "call_year": "19", "contact": "nobody",
    }  # fmt: skip
    response = assert_refused(open_form, changes, "title", "end_date", "call_year", "contact")
    html = response.content.decode()
    for message in (
        "This field is required.",
        "Enter a valid email address.",
        "The project cannot end before it starts.",
    ):
        with translation.override("de"):
            german = gettext(message)
        assert german != message
        assert german in html


DESK = [
    ("capacity", {"capacity": "-1"}),
    ("capacity", {"capacity": "many"}),
    ("capacity", {"capacity": TOO_LARGE}),
    ("capacity", {"capacity": "2"}),
    ("capacity", {"capacity": "1\x00"}),
    ("closes_at", {"opens_at": "2090-02-01 10:00", "closes_at": "2090-01-01 10:00"}),
    ("opens_at", {"opens_at": "2090-13-01 10:00"}),
    ("organizer_email", {"organizer_email": "nobody"}),
    ("approval", {"approval": "nothing-such"}),
    ("retention_days", {"retention_days": "0"}),
    ("consent_text", {"consent_text": "a\x00b"}),
]


def test_registration_refuses_what_it_could_not_keep(editor):
    PAGES["event"](Filled(1))
    RegistrationDesk.objects.update(taken=3)
    desk = RegistrationDesk.objects.get()
    before = content_rows()
    for field, changes in DESK:
        data = {"approval": "at_once", "retention_days": "60", "capacity": "80", **changes}
        response = editor.post(reverse("events:settings", args=[desk.work]), data)
        assert response.status_code == 400, changes
        assert response.context["form"].errors[field]
    assert content_rows() == before
