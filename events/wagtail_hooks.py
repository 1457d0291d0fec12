from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import urls
from .rights import organizes_somewhere


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("events/", include((urls.urlpatterns, urls.app_name)))]


class RegistrationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return organizes_somewhere(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return RegistrationsMenuItem(
        _("Event registrations"), reverse("events:overview"), name="event-registrations", icon_name="group", order=296
    )
