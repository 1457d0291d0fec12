"""Listing pages: everything of one kind, with filters, read from the catalog."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from catalog.cards import cards_in_order
from catalog.describable import Describable
from catalog.filter_values import FilterValue
from catalog.kinds import Kind, kind_named, newest_first
from catalog.models import CatalogEntry, EntryQuerySet
from catalog.record import Record
from content.pages import SitePage
from content.publication import Publication
from pages.describing import page_path
from taxonomy.labels import labels as concept_labels

from .filtering import SORTS, Choice, Found, choice_from, find
from .formats import Format

PAGE_SIZE = 18
MAX_SHOWN = 30
CONCEPTS = ("topic", "country", "target_group", "region")
FILTER_LABELS = {
    "format": _("Format"),
    "region": _("Region"),
    "topic": _("Topic"),
    "country": _("Country"),
    "target_group": _("Target group"),
    "license": _("Licence"),
    "language": _("Language"),
}


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
    lists = entry.record_data["extra"]["lists"]
    choice = choice_from(request.GET, lists, entry.language)
    found = find(choice)
    kind = kind_named(lists)
    has_own_order = kind.in_order is not newest_first and choice.sort == SORTS[0]
    if has_own_order:
        # Ids first: what entries say is read only of those that are shown.
        ids = kind.in_order(entries_of(choice, found)).values_list("pk", flat=True)
        page = Paginator(ids, PAGE_SIZE).get_page(request.GET.get("page"))
        shown = CatalogEntry.objects.public().without_publication().filter(pk__in=list(page.object_list))
        items = list(kind.in_order(shown))
    else:
        page = Paginator(found.ids, PAGE_SIZE).get_page(request.GET.get("page"))
        items = cards_in_order(list(page.object_list))
    facets = facets_of(choice, found.counts)
    return {
        "page": page,
        "items": items,
        "cards": kind.cards if has_own_order else Kind.cards,
        "lists": lists,
        "choice": choice,
        "facets": facets,
        "chips": [
            {"label": value.label, "url": address(choice, without=(facet["name"], value.value))}
            for facet in facets
            for value in facet["values"]
            if value.chosen
        ],
        "sorts": [
            {"name": "newest", "label": kind.order_label, "url": address(choice, sort="newest")},
            {"name": "title", "label": _("By title"), "url": address(choice, sort="title")},
        ],
        "previous_url": address(choice, page=page.number - 1) if page.has_previous() else "",
        "next_url": address(choice, page=page.number + 1) if page.has_next() else "",
        "noindex": bool(choice.filters) or choice.sort != "newest",
    }


def entries_of(choice: Choice, found: Found) -> EntryQuerySet:
    public = CatalogEntry.objects.public().without_publication()
    if choice.filters:
        return public.filter(pk__in=found.ids)
    return public.in_language(choice.language).of_kind(choice.kind)


def facets_of(choice: Choice, counts: dict[str, dict[str, int]]) -> list[dict]:
    """Filters with more than one value to choose from, most works first; what is chosen is always there."""
    wanted = {name: [*choice.filters.get(name, ()), *counts[name]] for name in counts}
    labels = labels_of(wanted, choice.language)
    facets = []
    for name, values in wanted.items():
        chosen = choice.filters.get(name, ())
        ranked = sorted(
            dict.fromkeys(values), key=lambda value: (value not in chosen, -counts[name].get(value, 0), value)
        )
        if chosen or len(ranked) > 1:
            shown = [
                FilterValue(value, labels.get((name, value), value), counts[name].get(value, 0), value in chosen)
                for value in ranked[:MAX_SHOWN]
            ]
            facets.append({"name": name, "label": FILTER_LABELS[name], "values": shown, "open": bool(chosen)})
    return facets


def labels_of(wanted: dict[str, list[str]], language: str) -> dict[tuple[str, str], str]:
    keys = [(name, value) for name, values in wanted.items() if name in CONCEPTS for value in values]
    return {
        **concept_labels.concepts(keys, language),
        **{("language", code): name for code, name in settings.LANGUAGES},
        **{("format", code): str(label) for code, label in Format.choices},
        **{("license", code): short for code, short in concept_labels.license_names().items()},
    }


def address(choice: Choice, *, without: tuple[str, str] | None = None, sort: str | None = None, page: int = 1) -> str:
    """The address of the same listing with something changed, relative to it."""
    pairs = [(name, value) for name, values in choice.filters.items() for value in values if (name, value) != without]
    order = sort or choice.sort
    if order != "newest":
        pairs.append(("sort", order))
    if page > 1:
        pairs.append(("page", str(page)))
    return f"?{urlencode(pairs)}"
