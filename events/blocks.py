"""Rows of an event's programme."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SpeakerBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=200)
    role = blocks.CharBlock(
        label=_("Role"), required=False, max_length=200, help_text=_("For example: moderator, project manager.")
    )
    organization = blocks.CharBlock(label=_("Organization"), required=False, max_length=200)

    class Meta:
        icon = "user"
        label = _("Speaker")


class AgendaItemBlock(blocks.StructBlock):
    day = blocks.DateBlock(
        label=_("Day"), required=False, help_text=_("Only for the first item of each day, if there are several days.")
    )
    time = blocks.TimeBlock(label=_("Time"), required=False, help_text=_("For example 09:30."))
    title = blocks.CharBlock(label=_("Title"), max_length=255, help_text=_("For example: Welcome and introduction."))
    speaker = blocks.CharBlock(label=_("Who"), required=False, max_length=255)

    class Meta:
        icon = "time"
        label = _("Agenda item")
