"""What it costs to open an edit form: little more than Wagtail's own, whatever the page holds."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.models import Page

from home.models import StandardPage
from projects.figures import ActivityFigures, Count, ProjectFigures
from resources.progress import Indicator, IndicatorValue, PlanProgress

from .every_kind import PAGES, RECORDS, Filled, add_short

pytestmark = pytest.mark.django_db
ALLOWED, KEPT = 40, 3


def make_figures(filled: Filled) -> ProjectFigures:
    PAGES["project"](filled)
    for activity in ActivityFigures.objects.filter(counts=None):
        for country in filled.countries:
            Count.objects.create(activity=activity, country=country, planned=6, done=4)
    return ProjectFigures.objects.latest("pk")


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
    many = queries_of(editor, form_of(make(Filled(20, "more"))))
    # Labels that are kept for a minute may have to be read again.
    assert len(many) <= len(few) + KEPT, grown(few, many)
