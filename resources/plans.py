"""Regional action plans: priorities, their actions, and the indicators that show progress."""

from django.db import models
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import SynchronizedField

from catalog.record import Relation
from content.blocks import CodeBlock
from content.fields import BlocksField
from content.publication import Section
from pages.described import tabs
from pages.describing import html_paragraphs

from .plan_rendering import overall_progress, plan_sections, progress_of
from .shared import ResourcePage


class IndicatorBlock(blocks.StructBlock):
    code = CodeBlock(label=_("Code"), max_length=20, help_text=_("For example I1. The same in every language."))
    label = blocks.CharBlock(label=_("What is measured"), max_length=200)
    unit = blocks.CharBlock(label=_("Unit"), max_length=60, required=False)

    class Meta:
        icon = "order"
        label = _("Indicator")


class ActionBlock(blocks.StructBlock):
    code = CodeBlock(label=_("Code"), max_length=20, help_text=_("For example A1. The same in every language."))
    title = blocks.CharBlock(label=_("Planned action"), max_length=255)
    text = blocks.TextBlock(label=_("What will be done"), required=False)
    lead = blocks.CharBlock(label=_("Who leads"), required=False, max_length=200)
    start = blocks.DateBlock(label=_("Starts"), required=False)
    end = blocks.DateBlock(label=_("Ends"), required=False)
    based_on = blocks.PageChooserBlock(
        label=_("Based on which blueprint"), required=False, page_type="resources.BlueprintPage"
    )
    indicators = blocks.ListBlock(IndicatorBlock(), label=_("Indicators"), default=[])

    class Meta:
        icon = "task"
        label = _("Planned action")


class PriorityBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Priority"), max_length=255)
    rationale = blocks.TextBlock(label=_("Why"), required=False)
    actions = blocks.ListBlock(ActionBlock(), label=_("Planned actions"), default=[])

    class Meta:
        icon = "list-ul"
        label = _("Priority")


class MemberBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Member"), max_length=200)
    role = blocks.CharBlock(label=_("Role in the network"), required=False, max_length=200)

    class Meta:
        icon = "group"
        label = _("Member")


class ActionPlanPage(ResourcePage):
    catalog_kind = "plan"

    region = models.CharField(
        _("region (NUTS code)"), max_length=5, blank=True, help_text=_("For example DEE09 for the Harz district.")
    )
    territory = models.CharField(_("territory"), max_length=200, help_text=_("The region's name, as people say it."))
    vision = models.TextField(_("vision"), blank=True)
    priorities = BlocksField([("priority", PriorityBlock())], verbose_name=_("priorities"), blank=True)
    network = BlocksField([("member", MemberBlock())], verbose_name=_("network"), blank=True)

    parent_page_types = ["resources.ListingPage"]
    subpage_types: list[str] = []

    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("region", overridable=False),
    ]

    edit_handler = tabs(
        [
            *ResourcePage.summary_panels,
            FieldRowPanel([FieldPanel("territory"), FieldPanel("region")]),
            ResourcePage.period_panel,
            FieldPanel("vision"),
            FieldPanel("body"),
            FieldPanel("priorities"),
            FieldPanel("network"),
        ],
        ResourcePage,
    )

    class Meta:
        verbose_name = _("regional action plan")
        verbose_name_plural = _("regional action plans")

    def sections(self) -> list[Section]:
        vision = Section(id="vision", title=_text("Vision"), html=html_paragraphs(self.vision))
        parts = [vision, *super().sections(), *plan_sections(self, progress_of(self.translation_key))]
        return [section for section in parts if section.html]

    def facts(self) -> list[tuple[str, str]]:
        return [
            (_text("Territory"), f"{self.territory} ({self.region})" if self.region else self.territory),
            *super().facts(),
        ]

    def record_extra(self) -> dict:
        return {"territory": self.territory, "progress": overall_progress(progress_of(self.translation_key))}

    def relations(self) -> list[Relation]:
        named = {str(row["based_on"].translation_key) for row in self.actions() if row["based_on"]}
        return [*super().relations(), *(Relation(name="based_on", work=work) for work in sorted(named))]

    def actions(self) -> list[blocks.StructValue]:
        return [action for priority in self.priorities for action in priority.value["actions"]]
