from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .guidance_admin import GuidanceGroup
from .reports import UnreadableFilesView
from .unreadable import may_see_report

ADDRESS = "reports/unreadable-files/"

register_snippet(GuidanceGroup)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path(ADDRESS, UnreadableFilesView.as_view(), name="unreadable_files"),
        path(f"{ADDRESS}results/", UnreadableFilesView.as_view(results_only=True), name="unreadable_files_results"),
    ]


class UnreadableFilesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_report(request.user)


@hooks.register("register_reports_menu_item")
def register_report() -> MenuItem:
    return UnreadableFilesMenuItem(
        UnreadableFilesView.page_title,
        reverse("unreadable_files"),
        name="unreadable-files",
        icon_name=UnreadableFilesView.header_icon,
        order=1200,
    )
