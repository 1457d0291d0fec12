"""Rows of modules and units, and their way into HTML."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class Setting(models.TextChoices):
    ALONE = "alone", _("Alone")
    PAIRS = "pairs", _("In pairs")
    GROUPS = "groups", _("In small groups")
    ALL = "all", _("All together")


class ActivityBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Activity"), max_length=200, help_text=_("For example: interview your neighbour"))
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=10_000)
    setting = blocks.ChoiceBlock(label=_("Who works together"), required=False, choices=Setting.choices)
    text = blocks.TextBlock(label=_("What is done"), required=False)

    class Meta:
        icon = "group"
        label = _("Activity")


class PracticeBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Blueprint"), page_type="resources.BlueprintPage")
    text = blocks.CharBlock(label=_("What it is used for"), required=False, max_length=300)

    class Meta:
        icon = "doc-full"
        label = _("Blueprint")


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    is_right = blocks.BooleanBlock(label=_("This one is right"), required=False)


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=500)
    options = blocks.ListBlock(OptionBlock(), label=_("Answers"), min_num=2)
    feedback = blocks.TextBlock(label=_("Feedback"), required=False, help_text=_("Shown with the right answer."))

    class Meta:
        icon = "help"
        label = _("Question")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not any(option["is_right"] for option in cleaned["options"]):
            message = ValidationError(_("Mark at least one answer as right."), code="no_right_answer")
            raise StructBlockValidationError(block_errors={"options": message})
        return cleaned


def render_activities(rows: Iterable[blocks.StructValue]) -> str:
    settings = dict(Setting.choices)
    activities = [
        {
            "title": row["title"],
            "text": row["text"],
            "notes": [
                note
                for note in (
                    minutes_in_words(row["minutes"]) if row["minutes"] else "",
                    str(settings.get(row["setting"], "")),
                )
                if note
            ],
        }
        for row in rows
    ]
    return render_to_string("toolkits/sections/activities.html", {"activities": activities}) if activities else ""


def render_questions(rows: Iterable[blocks.StructValue], anchor: str) -> str:
    questions = list(rows)
    if not questions:
        return ""
    return render_to_string("toolkits/sections/questions.html", {"questions": questions, "anchor": anchor})


def minutes_in_words(minutes: int) -> str:
    if minutes < 120:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(count)s hour", "about %(count)s hours", hours) % {"count": hours}
