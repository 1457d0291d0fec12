"""Toolkits: modules in order, each with units in order. The toolkit is the work; they are its parts."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from catalog.describable import Part
from catalog.showing import show_part
from content.blocks import BodyBlock, QuestionBlock
from content.fields import BlocksField
from content.pages import SitePage
from content.publication import Section
from pages.body import asset_ids, body_html
from pages.described import tabs
from pages.describing import html_paragraphs, page_path
from resources.shared import ResourcePage

TEXT_FEATURES = ["bold", "italic", "ul", "ol", "link"]


class ToolkitPage(ResourcePage):
    catalog_kind = "toolkit"
    has_parts = True

    class Format(models.TextChoices):
        SELF_STUDY = "self_study", _("Self-study")
        PEER = "peer", _("Peer learning")
        FACILITATED = "facilitated", _("With a facilitator")
        BLENDED = "blended", _("Blended")

    learning_outcomes = RichTextField(
        _("learning outcomes"),
        blank=True,
        features=TEXT_FEATURES,
        help_text=_("What people can do afterwards. One line each."),
    )
    format = models.CharField(_("format"), max_length=20, choices=Format.choices, default=Format.SELF_STUDY)

    parent_page_types = ["resources.ListingPage"]
    subpage_types = ["toolkits.ModulePage"]

    edit_handler = tabs(
        [
            *ResourcePage.summary_panels,
            FieldPanel("format"),
            FieldPanel("learning_outcomes"),
            FieldPanel("body"),
        ],
        ResourcePage,
    )

    class Meta:
        verbose_name = _("toolkit")
        verbose_name_plural = _("toolkits")

    @property
    def parts(self) -> list["PartPage"]:
        """Live modules and units in reading order; in a preview the previewed one is a draft."""
        if not hasattr(self, "_parts"):
            below = Page.objects.child_of(self) if self.pk else Page.objects.none()
            modules = {page.path: page for page in below.live().public().specific()}
            units = Page.objects.descendant_of(self).filter(depth=self.depth + 2).live().public().specific()
            pages = {**modules, **{unit.path: unit for unit in units if unit.path[: -Page.steplen] in modules}}
            draft = getattr(self, "previewed_part", None)
            if draft is not None:
                pages[draft.path] = draft
            self._parts = [pages[path] for path in sorted(pages)]
        return self._parts

    def sections(self) -> list[Section]:
        outcomes = Section(
            id="learning-outcomes", title=_text("Learning outcomes"), html=expand_db_html(self.learning_outcomes)
        )
        own = [section for section in [outcomes, *super().sections()] if section.html]
        return [*own, *(part.as_section() for part in self.parts)]

    def facts(self) -> list[tuple[str, str]]:
        modules = [part for part in self.parts if isinstance(part, ModulePage)]
        minutes = sum(part.minutes or 0 for part in self.parts if isinstance(part, UnitPage))
        facts = [
            (_text("Format"), str(self.get_format_display())),
            (_text("Modules"), str(len(modules))),
        ]
        if minutes:
            facts.append((_text("Time"), minutes_in_words(minutes)))
        return [*facts, *super().facts()]

    def record_extra(self) -> dict:
        return {"modules": sum(isinstance(part, ModulePage) for part in self.parts)}

    def shown_assets(self) -> tuple[set[int], set[int]]:
        files, pictures = super().shown_assets()
        for part in self.parts:
            part_files, part_pictures = asset_ids(part)
            files |= part_files
            pictures |= part_pictures
        return files, pictures


class PartPage(Part, SitePage):
    """Abstract: a module or a unit. It is published with its toolkit and has an address of its own."""

    class Meta:
        abstract = True

    @property
    def toolkit(self) -> ToolkitPage:
        return ToolkitPage.objects.ancestor_of(self).last()

    def as_section(self) -> Section:
        raise NotImplementedError(f"{type(self).__name__} must say how it is read.")

    @property
    def anchor(self) -> str:
        """The same for all editions of a part, so that the language switcher finds them."""
        return f"part-{self.translation_key}"

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return show_part(request, self, self.toolkit)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        toolkit = self.toolkit
        toolkit.previewed_part = self
        return show_part(request, self, toolkit)


class ModulePage(PartPage):
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)

    content_panels = [TitleFieldPanel("title"), FieldPanel("summary"), FieldPanel("minutes")]
    parent_page_types = ["toolkits.ToolkitPage"]
    subpage_types = ["toolkits.UnitPage"]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def as_section(self) -> Section:
        return Section(
            id=self.anchor,
            title=self.title,
            html=html_paragraphs(self.summary),
            depth=1,
            path=page_path(self),
            note=minutes_in_words(self.minutes) if self.minutes else "",
        )


class UnitPage(PartPage):
    class Type(models.TextChoices):
        LESSON = "lesson", _("Lesson")
        ACTIVITY = "activity", _("Activity")
        WORKSHEET = "worksheet", _("Worksheet")
        SELF_CHECK = "self_check", _("Self-check")

    type = models.CharField(_("type"), max_length=20, choices=Type.choices, default=Type.LESSON)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    body = BlocksField(BodyBlock(), verbose_name=_("text"), blank=True)
    questions = BlocksField([("question", QuestionBlock())], verbose_name=_("self-check"), blank=True)

    content_panels = [
        TitleFieldPanel("title"),
        FieldRowPanel([FieldPanel("type"), FieldPanel("minutes")]),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("questions"),
    ]
    parent_page_types = ["toolkits.ModulePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def as_section(self) -> Section:
        checks = "\n".join(question.render() for question in self.questions)
        notes = [str(self.get_type_display()), minutes_in_words(self.minutes) if self.minutes else ""]
        return Section(
            id=self.anchor,
            title=self.title,
            html=html_paragraphs(self.summary) + body_html(self.body, anchor=self.anchor) + checks,
            level=3,
            depth=2,
            path=page_path(self),
            note=" · ".join(note for note in notes if note),
        )


def minutes_in_words(minutes: int) -> str:
    if minutes < 120:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(count)s hour", "about %(count)s hours", hours) % {"count": hours}
