"""Rows of modules and units, and their way into HTML."""

from collections.abc import Iterable

from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks

from content.blocks import PageBlock


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
    page = PageBlock(label=_("Blueprint"), page_type="resources.BlueprintPage")
    text = blocks.CharBlock(label=_("What it is used for"), required=False, max_length=300)

    class Meta:
        icon = "doc-full"
        label = _("Blueprint")


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


def minutes_in_words(minutes: int) -> str:
    if minutes < 120:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(count)s hour", "about %(count)s hours", hours) % {"count": hours}
