"""Modules and units: pages of their own for editors and translators, sections of their toolkit for readers."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from catalog.describable import Part
from catalog.showing import show_part
from content.blocks import BodyBlock, QuestionBlock
from content.fields import BlocksField
from content.pages import SitePage
from content.publication import Section
from pages.body import body_html
from pages.describing import html_paragraphs, page_path
from resources.formats import Format
from resources.rendering import headed, rich, values
from resources.row_blocks import LinkBlock, render_links

from .part_blocks import (
    ActivityBlock,
    PracticeBlock,
    minutes_in_words,
    render_activities,
)
from .toolkit import TEXT_FEATURES, ToolkitPage


class PartPage(Part, SitePage):
    """Abstract: a module or a unit. It is published with its toolkit and has an address of its own."""

    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    learning_outcomes = RichTextField(
        _("learning outcomes"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("What people can do afterwards. One line each."),
    )
    prerequisites = models.TextField(
        _("prerequisites"), blank=True, help_text=_("What people should know or have before they begin.")
    )
    facilitator_notes = RichTextField(_("notes for facilitators"), blank=True, features=TEXT_FEATURES)
    materials = BlocksField([("material", LinkBlock())], verbose_name=_("materials"), blank=True)

    class Meta:
        abstract = True

    @property
    def toolkit(self) -> ToolkitPage | None:
        return ToolkitPage.objects.ancestor_of(self).last()

    def as_section(self, toolkit: ToolkitPage) -> Section:
        raise NotImplementedError(f"{type(self).__name__} must say how it is read.")

    def practice_works(self) -> list[str]:
        """Ids of the blueprints that this part uses."""
        return []

    @property
    def anchor(self) -> str:
        """The same for all editions of a part, so that the language switcher finds them."""
        return f"part-{self.translation_key}"

    def before(self) -> str:
        """What stands above the text of a part: what it is about, aims at and asks for."""
        return (
            html_paragraphs(self.summary)
            + headed(_text("Learning outcomes"), rich(self.learning_outcomes), level=2)
            + headed(_text("Prerequisites"), html_paragraphs(self.prerequisites), level=2)
        )

    def after(self) -> str:
        return headed(_text("Materials"), render_links(values(self.materials)), level=2) + headed(
            _text("Notes for facilitators"), rich(self.facilitator_notes), level=2
        )

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        toolkit = self.toolkit
        if toolkit is not None:
            toolkit.reader = request
        return show_part(request, self, toolkit)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        toolkit = self.toolkit
        if toolkit is not None:
            toolkit.previewed_part = self
        return show_part(request, self, toolkit)


class ModulePage(PartPage):
    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("minutes", help_text=_("Only if its units do not say how long they take: their sum is shown.")),
        FieldPanel("learning_outcomes"),
        FieldPanel("prerequisites"),
        FieldPanel("materials"),
        FieldPanel("facilitator_notes"),
    ]
    parent_page_types = ["toolkits.ToolkitPage"]
    subpage_types = ["toolkits.UnitPage"]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def as_section(self, toolkit: ToolkitPage) -> Section:
        units, minutes = len(toolkit.units_of(self)), toolkit.minutes_of(self)
        notes = [
            ngettext("%(count)s unit", "%(count)s units", units) % {"count": units} if units else "",
            minutes_in_words(minutes) if minutes else "",
        ]
        return Section(
            id=self.anchor,
            title=self.title,
            html=self.before() + self.after(),
            depth=1,
            path=page_path(self),
            note=" · ".join(note for note in notes if note),
        )


class UnitPage(PartPage):
    class Type(models.TextChoices):
        LESSON = "lesson", _("Lesson")
        ACTIVITY = "activity", _("Activity")
        WORKSHEET = "worksheet", _("Worksheet")
        SELF_CHECK = "self_check", _("Self-check")

    type = models.CharField(_("type"), max_length=20, choices=Type.choices, default=Type.LESSON)
    format = models.CharField(
        _("format"), max_length=20, choices=Format.choices, blank=True, help_text=_("Empty: that of the toolkit.")
    )
    body = BlocksField(BodyBlock(), verbose_name=_("text"), blank=True)
    activities = BlocksField([("activity", ActivityBlock())], verbose_name=_("activities"), blank=True)
    questions = BlocksField([("question", QuestionBlock())], verbose_name=_("self-check"), blank=True)
    practices = BlocksField(
        [("practice", PracticeBlock())],
        verbose_name=_("practices used"),
        blank=True,
        help_text=_("Blueprints that the unit works with. Their pages lead back here."),
    )

    override_translatable_fields = [
        *PartPage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in ("type", "format")),
    ]

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("type"), FieldPanel("minutes"), FieldPanel("format")]),
        FieldPanel("learning_outcomes"),
        FieldPanel("prerequisites"),
        FieldPanel("body"),
        FieldPanel("activities"),
        FieldPanel("questions"),
        FieldPanel("practices"),
        MultiFieldPanel([FieldPanel("materials"), FieldPanel("facilitator_notes")], heading=_("For facilitators")),
    ]
    parent_page_types = ["toolkits.ModulePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def practice_works(self) -> list[str]:
        pages = [row["page"] for row in values(self.practices) if row["page"]]
        return list(dict.fromkeys(str(page.translation_key) for page in pages))

    def as_section(self, toolkit: ToolkitPage) -> Section:
        html = [
            self.before(),
            body_html(self.body, anchor=self.anchor),
            headed(_text("Activities"), render_activities(values(self.activities)), level=2),
            headed(_text("Check yourself"), "\n".join(block.render() for block in self.questions), level=2),
            headed(_text("Practices used"), self.practices_html(toolkit), level=2),
            self.after(),
        ]
        notes = [
            str(self.get_type_display()),
            minutes_in_words(self.minutes) if self.minutes else "",
            str(self.get_format_display()) if self.format and self.format != toolkit.format else "",
        ]
        return Section(
            id=self.anchor,
            title=self.title,
            html="".join(html),
            level=3,
            depth=2,
            path=page_path(self),
            note=" · ".join(note for note in notes if note),
        )

    def practices_html(self, toolkit: ToolkitPage) -> str:
        practices = [
            {"entry": toolkit.practices[str(row["page"].translation_key)], "text": row["text"]}
            for row in values(self.practices)
            if row["page"] and str(row["page"].translation_key) in toolkit.practices
        ]
        return render_to_string("toolkits/sections/practices.html", {"practices": practices}) if practices else ""
