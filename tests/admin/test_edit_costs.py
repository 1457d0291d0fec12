"""What it costs to open an edit form: little more than Wagtail's own, whatever the page holds."""

import re
from collections import Counter

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import StandardPage
from projects.figures import ActivityFigures, Count, ProjectFigures
from resources.progress import Indicator, IndicatorValue, PlanProgress

from .every_kind import PAGES, RECORDS, Filled, add_short

pytestmark = pytest.mark.django_db
ALLOWED, KEPT = 40, 3


@transaction.atomic
def make_figures(filled: Filled) -> ProjectFigures:
    PAGES["project"](filled)
    for activity in ActivityFigures.objects.filter(counts=None):
        for country in filled.countries:
            Count.objects.create(activity=activity, country=country, planned=6, done=4)
    return ProjectFigures.objects.latest("pk")


@transaction.atomic
def make_progress(filled: Filled) -> PlanProgress:
    PAGES["plan"](filled)
    for indicator in Indicator.objects.filter(values=None):
        IndicatorValue.objects.create(indicator=indicator, date="2024-02-01", value=3)
    return PlanProgress.objects.latest("pk")


MAKERS = {**PAGES, **RECORDS, "figures of a project": make_figures, "progress of a plan": make_progress}


def queries_of(client, address: str) -> list[str]:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def grown(few: list[str], many: list[str]) -> str:
    """The queries of which there are more, without the numbers in them."""
    few, many = (Counter(re.sub(r"\d+", "N", query) for query in queries) for queries in (few, many))
    return "\n".join(f"{count - few[query]} more of {query}" for query, count in many.items() if count > few[query])


def form_of(record) -> str:
    if isinstance(record, Page):
        return reverse("wagtailadmin_pages:edit", args=[record.pk])
    return reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])


@pytest.fixture
def stock(editor, monkeypatch) -> list[str]:
    """Of a page whose form has a title and nothing else."""
    page = add_short()
    with monkeypatch.context() as patch:
        handler = ObjectList([FieldPanel("title")]).bind_to_model(StandardPage)
        patch.setattr(StandardPage, "get_edit_handler", lambda: handler)
        return queries_of(editor, form_of(page))


@pytest.mark.parametrize("kind", MAKERS)
def test_form_costs_little_more_than_a_title_however_much_is_in_it(editor, stock, kind):
    make = MAKERS[kind]
    few = queries_of(editor, form_of(make(Filled(2))))
    assert len(few) <= len(stock) + ALLOWED, "\n".join(few)
    many = queries_of(editor, form_of(make(Filled(9, "more"))))
    # Labels that are kept for a minute may have to be read again.
    assert len(many) <= len(few) + KEPT, grown(few, many)


def test_progress_that_is_read_at_once_is_saved_row_by_row(editor):
    progress = make_progress(Filled(2))
    first, second = progress.indicators.all()
    changed, gone = first.values.get(), IndicatorValue.objects.create(indicator=first, date="2024-03-01", value=4)
    kept = second.values.get()

    def value(record: IndicatorValue | None, **fields: str) -> dict:
        return {"id": str(record.pk) if record else "", "date": "2024-02-01", "value": "3", "ORDER": "1", **fields}

    def indicator(record: Indicator, target: str, *values: dict, initial: int) -> dict:
        rows = inline_formset(list(values), initial=initial)
        return {"id": str(record.pk), "baseline": "", "target": target, "ORDER": "1", "values": rows}

    actions = [{"id": str(row.pk), "status": "done", "ORDER": "1"} for row in progress.actions.all()]
    new = value(None, date="2024-04-01", value="9")
    rows = [
        indicator(first, "10", value(changed, value="5"), value(gone, DELETE="1"), new, initial=2),
        indicator(second, "20", value(kept), initial=1),
    ]
    data = {"actions": inline_formset(actions, initial=2), "indicators": inline_formset(rows, initial=2)}
    response = editor.post(form_of(progress), nested_form_data(data))
    assert response.status_code == 302, response.context["form"].errors
    assert sorted(first.values.values_list("pk", "value")) == [(changed.pk, 5), (first.values.get(value=9).pk, 9)]
    assert second.values.get() == kept
    assert set(progress.indicators.values_list("target", flat=True)) == {10, 20}
    assert set(progress.actions.values_list("status", flat=True)) == {"done"}
