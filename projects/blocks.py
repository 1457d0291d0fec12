"""The rows of a project: whom it is for, what is done, and what comes of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from content.blocks import CodeBlock
from taxonomy.blocks import ConceptCodeBlock
from taxonomy.models import Scheme

OUTPUT_TYPES = [
    ("blueprints", _("Blueprints")),
    ("toolkit", _("Toolkit or learning materials")),
    ("plan", _("Regional action plans")),
    ("platform", _("Platform or software")),
    ("report", _("Report or study")),
    ("training", _("Training")),
    ("policy", _("Recommendations")),
    ("other", _("Other")),
]


class NeedBlock(blocks.StructBlock):
    target_group = ConceptCodeBlock(Scheme.TARGET_GROUP, label=_("Target group"))
    text = blocks.TextBlock(label=_("What they need"))

    class Meta:
        icon = "group"
        label = _("Need")


class ActivityBlock(blocks.StructBlock):
    code = CodeBlock(
        label=_("Code"),
        max_length=20,
        help_text=_("For example A1. The same in every language; figures are kept under it."),
    )
    title = blocks.CharBlock(label=pgettext_lazy("of a project", "Activity"), max_length=255)
    unit = blocks.CharBlock(
        label=_("What is counted"), max_length=60, required=False, help_text=_("For example: dinners, participants.")
    )

    class Meta:
        icon = "task"
        label = pgettext_lazy("of a project", "Activity")


class OutputBlock(blocks.StructBlock):
    code = CodeBlock(
        label=_("Code"),
        max_length=20,
        help_text=_("For example IO1. The same in every language; resources are shown under it."),
    )
    type = blocks.ChoiceBlock(label=_("Type"), choices=OUTPUT_TYPES, required=False)
    title = blocks.CharBlock(label=_("Output"), max_length=255)
    description = blocks.TextBlock(label=_("Description"), required=False)

    class Meta:
        icon = "success"
        label = _("Output")
