from collections.abc import Iterator

from django import forms
from django.db import models
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.models import User
from content.edit_forms import RecordForm

from .admin_views import may_merge, merge
from .models import Organization, Person


class OrganizationViewSet(SnippetViewSet):
    model = Organization
    icon = "group"
    menu_label = _("Organizations")
    menu_order = 290
    add_to_admin_menu = True
    list_display = ["name", "type", "country", "city"]
    list_filter = ["type", "country", "seeks_partners"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("type"), FieldPanel("country"), FieldPanel("city")]),
                    FieldPanel("website"),
                    InlinePanel(
                        "other_names",
                        heading=_("In other languages"),
                        label=_("Language"),
                        panels=[
                            FieldRowPanel([FieldPanel("language"), FieldPanel("name")]),
                            FieldPanel("description"),
                        ],
                        help_text=_("Its name and a description, one row for each language; also for its own."),
                    ),
                ],
                heading=_("Who it is"),
            ),
            ObjectList(
                [
                    MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_alt")], heading=_("Logo")),
                    FieldPanel("address"),
                    FieldPanel("region"),
                    FieldPanel("contact"),
                    FieldPanel("languages"),
                    FieldPanel("expertise", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("seeks_partners"),
                ],
                heading=_("What readers are told"),
            ),
            ObjectList(
                [
                    FieldPanel("aliases"),
                    FieldRowPanel([FieldPanel("ror"), FieldPanel("pic")]),
                    FieldPanel("slug"),
                    FieldPanel("is_listed"),
                ],
                heading=_("Identifiers and address"),
            ),
        ],
        base_form_class=RecordForm,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Organization]:
        return Organization.objects.select_related("country").prefetch_related("country__labels")


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    menu_label = _("People")
    menu_order = 291
    add_to_admin_menu = True
    list_display = ["name", "affiliation", "is_listed"]
    list_filter = ["is_listed"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("sort_name")]),
            FieldRowPanel([FieldPanel("orcid"), FieldPanel("affiliation")]),
            MultiFieldPanel(
                [
                    FieldPanel("is_listed"),
                    FieldRowPanel([FieldPanel("website"), FieldPanel("contact")]),
                    FieldPanel("picture"),
                    FieldPanel("picture_alt"),
                    FieldPanel("slug"),
                ],
                heading=_("Public page"),
            ),
            InlinePanel(
                "texts",
                heading=_("Role and biography"),
                label=_("Language"),
                panels=[FieldRowPanel([FieldPanel("language"), FieldPanel("role")]), FieldPanel("bio")],
            ),
        ],
        base_form_class=RecordForm,
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Person]:
        return Person.objects.select_related("affiliation")


register_snippet(OrganizationViewSet)
register_snippet(PersonViewSet)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [path("organizations/<int:pk>/merge/", merge, name="merge_organization")]


@hooks.register("register_snippet_listing_buttons")
def offer_merging(snippet: models.Model, user: User, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Organization) and may_merge(user):
        yield Button(
            _text("Merge with another record"),
            reverse("merge_organization", args=[snippet.pk]),
            icon_name="group",
            priority=80,
        )
