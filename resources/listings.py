"""Listing pages: everything of one kind, in the order of that kind, read from the catalog."""

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from catalog.describable import Describable
from catalog.kinds import kind_named
from catalog.models import CatalogEntry
from catalog.record import Record
from content.pages import SitePage
from content.publication import Publication
from pages.describing import page_path

PAGE_SIZE = 18


class ListingPage(Describable, SitePage):
    catalog_kind = "listing"

    class Lists(models.TextChoices):
        BLUEPRINT = "blueprint", _("Blueprints")
        TOOLKIT = "toolkit", _("Toolkits")
        PLAN = "plan", _("Regional action plans")
        PROJECT = "project", _("Projects")
        NEWS = "news", _("News")
        EVENT = "event", _("Events")

    lists = models.CharField(_("what it lists"), max_length=20, choices=Lists.choices)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("lists", widget=forms.RadioSelect)]
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "resources.BlueprintPage",
        "resources.ActionPlanPage",
        "toolkits.ToolkitPage",
        "news.NewsPage",
        "events.EventPage",
        "projects.ProjectPage",
    ]

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")

    def to_record(self) -> Record:
        return Record(
            work=str(self.translation_key),
            language=self.locale.language_code,
            kind=self.catalog_kind,
            title=self.title,
            summary=self.summary,
            path=page_path(self),
            extra={"lists": self.lists},
        )

    def to_publication(self) -> Publication:
        return Publication(
            work=str(self.translation_key),
            language=self.locale.language_code,
            kind=self.catalog_kind,
            title=self.title,
            summary=self.summary,
        )

    def shown_assets(self) -> tuple[set[int], set[int]]:
        return set(), set()


def listing_context(request: HttpRequest, entry: CatalogEntry) -> dict:
    """One page of the entries; a page number that does not exist shows the nearest one that does."""
    kind = kind_named(entry.record_data["extra"]["lists"])
    listed = CatalogEntry.objects.public().in_language(entry.language).of_kind(kind.name).without_publication()
    page = Paginator(kind.in_order(listed), PAGE_SIZE).get_page(request.GET.get("page"))
    return {"page": page, "lists": kind.name, "cards": kind.cards}
