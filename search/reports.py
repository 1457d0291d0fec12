"""The editors' report of files whose text could not be read."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from content.models import File

from .safe_tables import SafeTables
from .unreadable import REASONS, may_see_report, unreadable_files, with_pages


def edit_url(file: File) -> str | None:
    return reverse("wagtaildocs:edit", args=[file.pk]) if file.may_change else None


class PagesColumn(Column):
    cell_template_name = "search/offering_pages.html"


class UnreadableFilesFilterSet(WagtailFilterSet):
    outcome = django_filters.ChoiceFilter(
        label=_("Reason"), choices=[(outcome.value, reason.cause) for outcome, reason in REASONS.items()]
    )

    class Meta:
        model = File
        fields: list[str] = []


class UnreadableFilesView(SafeTables):
    model = File
    page_title = _("Files that cannot be searched")
    header_icon = "doc-full-inverse"
    filterset_class = UnreadableFilesFilterSet
    index_url_name = "unreadable_files"
    index_results_url_name = "unreadable_files_results"
    no_results_message = _("The text of every file could be read.")
    default_ordering = ("title", "pk")
    columns = [
        TitleColumn("title", label=_("File"), get_url=edit_url),
        Column("filename", label=_("Name of the file")),
        Column("cause", label=_("Reason")),
        Column("advice", label=_("What to do")),
        PagesColumn("pages", label=_("Pages that offer it")),
        DateColumn("read_at", label=_("Last tried")),
    ]
    list_export = ["title", "filename", "cause", "advice", "pages", "read_at", "detail"]
    export_headings = {
        **{column.name: column.label for column in columns},
        "detail": _("Technical detail"),
    }
    export_filename = "unreadable-files"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_see_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[File]:
        return unreadable_files(self.request.user)

    def decorate_paginated_queryset(self, object_list: QuerySet[File]) -> list[File]:
        return with_pages(object_list, self.request.user)

    def preprocess_field_value(self, field: str, value: object, export_format: str) -> object:
        if field == "pages":
            value = "; ".join(f"{page.title} ({page.path})" for page in value)
        return super().preprocess_field_value(field, value, export_format)
