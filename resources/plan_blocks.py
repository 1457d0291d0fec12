"""Priorities of a plan, their actions and indicators, and who is in the network."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import CodeBlock, PageBlock
from content.money import Currency
from network.blocks import OrganizationBlock, OrganizationOrNameBlock
from network.showing import ROLES

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
    lead_organization = OrganizationBlock(
        label=_("Who leads"), required=False, help_text=_("Its page then shows that it leads this action.")
    )
    lead = blocks.CharBlock(
        label=_("Who else leads"), required=False, max_length=200, help_text=_("By name, who has no record here.")
    )
    partner_organizations = blocks.ListBlock(
        OrganizationBlock(label=_("Partner")),
        label=_("Partners"),
        default=[],
        help_text=_("Their pages then show that they take part in this action."),
    )
    partners = blocks.CharBlock(
        label=_("Other partners"),
        required=False,
        max_length=500,
        help_text=_("By name, who has no record here, separated by commas."),
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


class MemberBlock(OrganizationOrNameBlock):
    """A member with a record, or one by name. `part` is for the organization's page, `role` in words for this one."""

    class Part(models.TextChoices):
        LEAD = "plan_lead", ROLES["plan_lead"]
        PARTNER = "plan_partner", ROLES["plan_partner"]
        MEMBER = "network_member", ROLES["network_member"]

    organization = OrganizationBlock(
        label=_("Organization"), required=False, help_text=_("Its page then shows this plan by itself.")
    )
    name = blocks.CharBlock(
        label=_("Name"), required=False, max_length=200, help_text=_("Only if it is not in the list of organizations.")
    )
    part = blocks.ChoiceBlock(label=_("Part in the plan"), choices=Part.choices, default=Part.MEMBER)
    role = blocks.CharBlock(label=_("Role in the network"), required=False, max_length=200)
    url = blocks.URLBlock(label=_("Website"), required=False)

    class Meta:
        icon = "group"
        label = _("Member")


def action_anchor(code: str) -> str:
    return f"action-{slugify(code, allow_unicode=True)}"
