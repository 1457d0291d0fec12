"""The editors' report of what readers search for."""

from collections.abc import Iterable

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from .asked import AskedInMonth
from .safe_tables import SafeTables
from .unreadable import may_see_report


def words(row: AskedInMonth) -> str:
    return row.text or _text("(all that was searched rarely)")


def month(row: AskedInMonth) -> str:
    return date_format(row.month, "YEAR_MONTH_FORMAT")


def months() -> list[tuple[str, str]]:
    found = AskedInMonth.objects.order_by("-month").values_list("month", flat=True).distinct()
    return [(day.isoformat(), date_format(day, "YEAR_MONTH_FORMAT")) for day in found]


class SearchesFilterSet(WagtailFilterSet):
    month = django_filters.ChoiceFilter(label=_("Month"), choices=months)
    without_results = django_filters.BooleanFilter(label=_("Without results"), method="filter_without_results")

    class Meta:
        model = AskedInMonth
        fields = ["language", "month"]

    def filter_without_results(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return rows.filter(empty__gt=0) if value else rows.filter(empty=0)


class SearchesView(SafeTables):
    model = AskedInMonth
    page_title = _("Searches")
    header_icon = "search"
    filterset_class = SearchesFilterSet
    index_url_name = "searches_report"
    index_results_url_name = "searches_report_results"
    no_results_message = _("Nothing was searched often enough yet. A day is added when it is over.")
    default_ordering = ("-month", "-count", "text", "pk")
    columns = [
        Column("words", label=_("Words"), accessor=words),
        Column("language", label=_("Language"), accessor="get_language_display"),
        Column("month", label=_("Month"), accessor=month, sort_key="month"),
        Column("count", label=_("Searches"), sort_key="count"),
        Column("empty", label=_("Without results"), sort_key="empty"),
    ]
    list_export = ["words", "language", "month", "count", "empty"]
    export_headings = {column.name: column.label for column in columns}
    export_filename = "searches"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_see_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[AskedInMonth]:
        return AskedInMonth.objects.all()

    def decorate_paginated_queryset(self, object_list: Iterable[AskedInMonth]) -> list[AskedInMonth]:
        rows = list(object_list)
        for row in rows:
            row.words = words(row)
        return rows
