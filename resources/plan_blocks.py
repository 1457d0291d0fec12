"""Priorities of a plan, their actions and indicators, and who is in the network."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import CodeBlock, PageBlock

from .codes import Currency
from .row_blocks import PeriodBlock


class IndicatorBlock(blocks.StructBlock):
    code = CodeBlock(label=_("Code"), max_length=20, help_text=_("For example I1. The same in every language."))
    label = blocks.CharBlock(label=_("What is measured"), max_length=200)
    unit = blocks.CharBlock(
        label=_("Unit"), max_length=60, required=False, help_text=_("For example: persons, per cent")
    )

    class Meta:
        icon = "order"
        label = _("Indicator")


class ActionBlock(PeriodBlock):
    code = CodeBlock(label=_("Code"), max_length=20, help_text=_("For example A1. The same in every language."))
    title = blocks.CharBlock(label=_("Planned action"), max_length=255)
    rationale = blocks.TextBlock(label=_("Why"), required=False)
    text = blocks.TextBlock(label=_("What will be done"), required=False)
    based_on = PageBlock(label=_("Based on which blueprint"), required=False, page_type="resources.BlueprintPage")
    lead = blocks.CharBlock(label=_("Who leads"), required=False, max_length=200)
    partners = blocks.CharBlock(
        label=_("Partners"), required=False, max_length=500, help_text=_("Who takes part, separated by commas.")
    )
    start = blocks.DateBlock(label=_("Starts"), required=False)
    end = blocks.DateBlock(label=_("Ends"), required=False)
    cost = blocks.DecimalBlock(label=_("Cost"), required=False, min_value=0, max_digits=14, decimal_places=2)
    currency = blocks.ChoiceBlock(label=_("Currency"), choices=Currency.choices, default=Currency.EUR)
    funding = blocks.CharBlock(label=_("Who pays"), required=False, max_length=300)
    risk = blocks.TextBlock(
        label=_("Risk"), required=False, help_text=_("What may go wrong, and what will be done then.")
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
    url = blocks.URLBlock(label=_("Website"), required=False)

    class Meta:
        icon = "group"
        label = _("Member")


def action_anchor(code: str) -> str:
    return f"action-{slugify(code, allow_unicode=True)}"
