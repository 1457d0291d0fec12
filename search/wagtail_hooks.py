from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .asked_report import SearchesView
from .guidance_admin import GuidanceGroup
from .reports import UnreadableFilesView
from .unreadable import may_see_report

ADDRESS = "reports/unreadable-files/"
SEARCHES_ADDRESS = "reports/searches/"

register_snippet(GuidanceGroup)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path(ADDRESS, UnreadableFilesView.as_view(), name="unreadable_files"),
        path(f"{ADDRESS}results/", UnreadableFilesView.as_view(results_only=True), name="unreadable_files_results"),
        path(SEARCHES_ADDRESS, SearchesView.as_view(), name="searches_report"),
        path(f"{SEARCHES_ADDRESS}results/", SearchesView.as_view(results_only=True), name="searches_report_results"),
    ]


class WritersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_report(request.user)


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    return WritersMenuItem(
        UnreadableFilesView.page_title,
        reverse("unreadable_files"),
        name="unreadable-files",
        icon_name=UnreadableFilesView.header_icon,
        order=1200,
    )


@hooks.register("register_reports_menu_item")
def register_searches_report() -> MenuItem:
    return WritersMenuItem(
        SearchesView.page_title,
        reverse("searches_report"),
        name="searches",
        icon_name=SearchesView.header_icon,
        order=1210,
    )
