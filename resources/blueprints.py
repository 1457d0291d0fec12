"""Blueprints: functioning practices, described so that others can repeat them."""

from django.db import models
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.rich_text import expand_db_html

from content.fields import BlocksField
from content.publication import Section
from pages.described import tabs
from pages.describing import html_paragraphs

from .rendering import render_results, render_steps
from .shared import ResourcePage

TEXT_FEATURES = ["bold", "italic", "ul", "ol", "link"]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=200)
    text = blocks.TextBlock(label=_("What is done, by whom"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class ResultBlock(blocks.StructBlock):
    indicator = blocks.CharBlock(label=_("What was measured"), max_length=200)
    value = blocks.CharBlock(label=_("Result"), max_length=200)
    source = blocks.CharBlock(label=_("How it is known"), required=False, max_length=200)

    class Meta:
        icon = "success"
        label = _("Result")


class BlueprintPage(ResourcePage):
    catalog_kind = "blueprint"

    class Practice(models.TextChoices):
        PRACTICE = "practice", _("Practice: it has been done and observed")
        BLUEPRINT = "blueprint", _("Blueprint: a design for repeating it")

    practice = models.CharField(
        _("what it describes"), max_length=20, choices=Practice.choices, default=Practice.BLUEPRINT
    )
    challenge = models.TextField(
        _("challenge"), blank=True, help_text=_("Which problem it answers, and for whom. Two to four sentences.")
    )
    objectives = RichTextField(_("objectives"), blank=True, features=TEXT_FEATURES)
    steps = BlocksField(
        [("step", StepBlock())],
        verbose_name=_("steps"),
        blank=True,
        help_text=_("What somebody does who repeats it, in order."),
    )
    results = BlocksField([("result", ResultBlock())], verbose_name=_("results"), blank=True)
    success_factors = RichTextField(_("what made it work"), blank=True, features=TEXT_FEATURES)
    obstacles = RichTextField(_("obstacles and lessons learned"), blank=True, features=TEXT_FEATURES)
    transferability = models.TextField(
        _("transferability"), blank=True, help_text=_("What must be in place elsewhere, and how to adapt it.")
    )

    parent_page_types = ["resources.ListingPage"]
    subpage_types: list[str] = []

    edit_handler = tabs(
        [
            *ResourcePage.summary_panels,
            FieldPanel("practice"),
            FieldPanel("challenge"),
            FieldPanel("objectives"),
            FieldPanel("body"),
            MultiFieldPanel([FieldPanel("steps"), FieldPanel("results")], heading=_("Steps and results")),
            MultiFieldPanel(
                [FieldPanel("success_factors"), FieldPanel("obstacles"), FieldPanel("transferability")],
                heading=_("For those who want to repeat it"),
            ),
            ResourcePage.period_panel,
        ],
        ResourcePage,
    )

    class Meta:
        verbose_name = _("blueprint")
        verbose_name_plural = _("blueprints")

    def sections(self) -> list[Section]:
        before = [
            Section(id="challenge", title=_text("Challenge"), html=html_paragraphs(self.challenge)),
            Section(id="objectives", title=_text("Objectives"), html=expand_db_html(self.objectives)),
        ]
        after = [
            Section(id="steps", title=_text("Steps"), html=render_steps(self.steps)),
            Section(id="results", title=_text("Results"), html=render_results(self.results)),
            Section(id="success-factors", title=_text("What made it work"), html=expand_db_html(self.success_factors)),
            Section(id="obstacles", title=_text("Obstacles and lessons learned"), html=expand_db_html(self.obstacles)),
            Section(id="transferability", title=_text("Transferability"), html=html_paragraphs(self.transferability)),
        ]
        return [section for section in [*before, *super().sections(), *after] if section.html]

    def facts(self) -> list[tuple[str, str]]:
        label = _text("Observed practice") if self.practice == self.Practice.PRACTICE else _text("Repeatable design")
        return [(_text("What it describes"), label), *super().facts()]

    def record_extra(self) -> dict:
        return {"practice": self.practice}
