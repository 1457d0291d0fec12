"""News: what happened, when, and whom to ask."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from pages.described import DescribedPage, tabs


class NewsPage(DescribedPage):
    catalog_kind = "news"

    event_date = models.DateField(
        _("date of the event"), null=True, blank=True, help_text=_("When it happened, if the news is about an event.")
    )
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Shown to readers."))

    parent_page_types = ["resources.ListingPage"]
    subpage_types: list[str] = []

    edit_handler = tabs(
        [
            *DescribedPage.summary_panels,
            FieldRowPanel([FieldPanel("event_date"), FieldPanel("contact")]),
            FieldPanel("body"),
        ],
        DescribedPage,
    )

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def facts(self) -> list[tuple[str, str]]:
        facts = []
        if self.event_date:
            facts.append((_text("Date"), date_format(self.event_date, "DATE_FORMAT")))
        if self.contact:
            facts.append((_text("Contact"), self.contact))
        return facts
