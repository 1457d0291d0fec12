"""News: what happened, when, and whom to ask."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import RichTextField
from wagtail.snippets.blocks import SnippetChooserBlock

from content.fields import BlocksField
from content.publication import Section
from network.models import Organization
from pages.described import DescribedPage, tabs
from projects.made_by import MadeByProject
from resources.forms import ResourceForm, split_keywords
from resources.rendering import rich_section, values
from resources.row_blocks import link


class MentionBlock(blocks.StructBlock):
    """An organization that the news is about: one that the site knows, or any other by name."""

    organization = SnippetChooserBlock(Organization, label=_("Organization"), required=False)
    name = blocks.CharBlock(
        label=_("Name"), required=False, max_length=200, help_text=_("Only if it is not in the list of organizations.")
    )
    url = blocks.URLBlock(label=_("Website"), required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not cleaned["organization"] and not cleaned["name"]:
            message = ValidationError(_("Choose an organization or write its name."), code="required")
            raise StructBlockValidationError(block_errors={"name": message})
        return cleaned

    class Meta:
        icon = "group"
        label = _("Organization")


class NewsPanels(MadeByProject, DescribedPage):
    """Abstract: the tabs of the edit form."""

    override_translatable_fields = [*DescribedPage.override_translatable_fields, *MadeByProject.project_fields]
    file_panels = [MadeByProject.project_panel, *DescribedPage.file_panels]
    classification_panels = [*DescribedPage.classification_panels, FieldPanel("keywords")]

    class Meta:
        abstract = True


class NewsPage(NewsPanels):
    catalog_kind = "news"

    event_date = models.DateField(
        _("date of the event"), null=True, blank=True, help_text=_("When it happened, if the news is about an event.")
    )
    lessons_learned = RichTextField(
        _("lessons learned"),
        blank=True,
        features=["bold", "italic", "ul", "ol", "link"],
        help_text=_("What others can take from it, for example: keep online meetings below two hours."),
    )
    organizations = BlocksField(
        [("organization", MentionBlock())], verbose_name=_("organizations mentioned"), blank=True
    )
    keywords = models.TextField(
        _("keywords"),
        blank=True,
        help_text=_("Words that people search for and that are not in the text, separated by commas."),
    )
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Shown to readers."))

    base_form_class = ResourceForm
    parent_page_types = ["resources.ListingPage"]
    subpage_types: list[str] = []

    edit_handler = tabs(
        [
            *DescribedPage.summary_panels,
            FieldRowPanel([FieldPanel("event_date"), FieldPanel("contact")]),
            FieldPanel("body"),
            FieldPanel("lessons_learned"),
            FieldPanel("organizations"),
        ],
        NewsPanels,
    )

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def keyword_list(self) -> list[str]:
        return split_keywords(self.keywords)

    def sections(self) -> list[Section]:
        sections = [
            *super().sections(),
            rich_section("lessons-learned", _text("Lessons learned"), self.lessons_learned),
            Section(id="organizations", title=_text("Organizations"), html=self.organizations_html()),
        ]
        return [section for section in sections if section.html]

    def organizations_html(self) -> str:
        language = self.locale.language_code
        mentioned = [
            link(row["url"] or row["organization"].website, row["organization"].name_in(language))
            if row["organization"]
            else link(row["url"], row["name"])
            for row in values(self.organizations)
        ]
        items = format_html_join("", "<li>{}</li>", ((name,) for name in mentioned))
        return format_html("<ul>{}</ul>", items) if mentioned else ""

    def facts(self) -> list[tuple[str, str]]:
        facts = []
        if self.event_date:
            facts.append((_text("Date"), date_format(self.event_date, "DATE_FORMAT")))
        if self.contact:
            facts.append((_text("Contact"), self.contact))
        return facts

    def record_extra(self) -> dict:
        date = {"event_date": self.event_date.isoformat()} if self.event_date else {}
        return {**super().record_extra(), **date}
