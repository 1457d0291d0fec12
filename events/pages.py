"""Event pages: what takes place, when and where, for whom, and what came of it."""

from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from catalog.record import Record, Relation
from content.blocks import BodyBlock
from content.fields import BlocksField
from content.models import File
from content.publication import Section
from network.fields import LanguagesField
from network.involvement import Involvement, as_extra
from network.models import Organization
from pages.body import body_html
from pages.described import DescribedPage
from pages.describing import file_notice, html_paragraphs
from projects.made_by import MadeByProject

from .blocks import AgendaItemBlock, SpeakerBlock
from .panels import RegistrationPanel
from .times import DEFAULT_TIME_ZONE, EventTimes, time_zone_choices


class Status(models.TextChoices):
    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Takes place")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class Mode(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


OUTCOMES = "event-outcomes"


class EventPage(MadeByProject, DescribedPage):
    catalog_kind = "event"

    objectives = models.TextField(
        _("objectives"), blank=True, help_text=_("What participants will know, decide or have met whom afterwards.")
    )
    start_date = models.DateField(_("first day"))
    start_time = models.TimeField(
        _("begins at"), null=True, blank=True, help_text=_("For example 09:30. Empty: all day, or not known yet.")
    )
    end_date = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: the same day."))
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        choices=time_zone_choices,
        default=DEFAULT_TIME_ZONE,
        help_text=_("Of the place where it is held; for an event online, that in which you announce the times."),
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.CONFIRMED,
        help_text=_("Do not delete an event that is cancelled: say so here, and calendars will show it."),
    )
    mode = models.CharField(_("how to take part"), max_length=20, choices=Mode.choices, default=Mode.ON_SITE)
    venue = models.CharField(
        _("venue"), max_length=255, blank=True, help_text=_("For example: Committee of the Regions, room JDE 52.")
    )
    address = models.CharField(
        _("address"), max_length=500, blank=True, help_text=_("For example: Rue Belliard 99–101, 1040 Brussels.")
    )
    online_link = models.URLField(_("link to the online meeting"), max_length=500, blank=True)
    online_link_is_private = models.BooleanField(
        _("send the link only to participants"),
        default=True,
        help_text=_("It then goes by mail to people whose place is confirmed. Otherwise everybody sees it here."),
    )
    organizer = models.ForeignKey(
        Organization,
        verbose_name=_("organizer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    host = models.CharField(
        _("host"), max_length=255, blank=True, help_text=_("Who lends the room or receives the guests, with thanks.")
    )
    audience = models.CharField(
        _("for whom"), max_length=300, blank=True, help_text=_("For example: staff of municipalities and employers.")
    )
    languages = LanguagesField(_("languages of the event"), default=list, blank=True)
    accessibility = models.TextField(
        _("accessibility"),
        blank=True,
        help_text=_("Step-free access, hearing loop, interpretation, captions, quiet room; and whom to ask."),
    )
    speakers = BlocksField([("speaker", SpeakerBlock())], verbose_name=_("speakers"), blank=True)
    agenda = BlocksField([("item", AgendaItemBlock())], verbose_name=_("agenda"), blank=True)
    agenda_file = models.ForeignKey(
        File, verbose_name=_("agenda as a file"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    flyer = models.ForeignKey(
        File, verbose_name=_("flyer"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    previous_event = models.ForeignKey(
        Page,
        verbose_name=_("previous event"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The one that this one follows in a series."),
    )
    outcomes = BlocksField(
        BodyBlock(),
        verbose_name=_("outcomes"),
        blank=True,
        help_text=_("What was said, decided and learned. Shown first once the event is over, and not before."),
    )
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Shown to readers."))

    parent_page_types = ["resources.ListingPage"]
    subpage_types: list[str] = []

    override_translatable_fields = [
        *DescribedPage.override_translatable_fields,
        *MadeByProject.project_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "start_date", "start_time", "end_date", "end_time", "time_zone", "status", "mode",
                "online_link", "online_link_is_private", "organizer", "languages", "previous_event", "contact",
            )
        ),
        SynchronizedField("address"),
        SynchronizedField("agenda_file"),
        SynchronizedField("flyer"),
    ]  # fmt: skip

    event_panels = [
        *DescribedPage.summary_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("start_time")]),
                FieldRowPanel([FieldPanel("end_date"), FieldPanel("end_time")]),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("status")]),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("mode"),
                FieldRowPanel([FieldPanel("venue"), FieldPanel("address")]),
                FieldRowPanel([FieldPanel("online_link"), FieldPanel("online_link_is_private")]),
            ],
            heading=_("Where"),
        ),
        FieldRowPanel([FieldPanel("organizer"), FieldPanel("host"), FieldPanel("contact")]),
    ]
    programme_panels = [
        FieldPanel("objectives"),
        FieldPanel("audience"),
        FieldPanel("body"),
        FieldPanel("speakers"),
        FieldPanel("agenda"),
        FieldRowPanel([FieldPanel("agenda_file"), FieldPanel("flyer")]),
        FieldPanel("languages"),
        FieldPanel("accessibility"),
    ]
    afterwards_panels = [FieldPanel("outcomes"), PageChooserPanel("previous_event", ["events.EventPage"])]

    edit_handler = TabbedInterface(
        [
            ObjectList(event_panels, heading=_("Event")),
            ObjectList(programme_panels, heading=_("Programme")),
            ObjectList([RegistrationPanel()], heading=_("Registration")),
            ObjectList(afterwards_panels, heading=_("Afterwards")),
            ObjectList([MadeByProject.project_panel, *DescribedPage.file_panels], heading=_("Files and relations")),
            ObjectList(DescribedPage.classification_panels, heading=_("What it is about")),
            ObjectList(DescribedPage.people_panels, heading=_("People")),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading=_("Address and menu")),
        ]
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def clean(self) -> None:
        super().clean()
        if self.start_date is None:
            return
        errors = {}
        if self.end_date and self.end_date < self.start_date:
            errors["end_date"] = _text("The last day is before the first one.")
        if self.end_time and self.start_time is None:
            errors["start_time"] = _text("Say when it begins, too, or leave both times empty.")
        elif self.end_time and self.end_date in (None, self.start_date) and self.end_time <= self.start_time:
            errors["end_time"] = _text(
                "It ends before it begins. Give a later time, or the next day as the last one if it goes past midnight."
            )
        if errors:
            raise ValidationError(errors)

    def times(self) -> EventTimes:
        return EventTimes(
            start_date=self.start_date,
            start_time=self.start_time,
            end_date=self.end_date or self.start_date,
            end_time=self.end_time,
            time_zone=self.time_zone,
        )

    def sections(self) -> list[Section]:
        parts = [
            Section(id="event-objectives", title=_text("Objectives"), html=html_paragraphs(self.objectives)),
            *super().sections(),
            self._rows("event-speakers", _text("Speakers"), "events/sections/speakers.html", self.speakers),
            self._rows("event-agenda", _text("Agenda"), "events/sections/agenda.html", self.agenda),
            Section(id="event-access", title=_text("Accessibility"), html=html_paragraphs(self.accessibility)),
            Section(id=OUTCOMES, title=_text("Outcomes"), html=body_html(self.outcomes, anchor=OUTCOMES)),
        ]
        return [section for section in parts if section.html]

    def _rows(self, anchor: str, title: str, template: str, rows: BlocksField) -> Section:
        items = [block.value for block in rows]
        return Section(id=anchor, title=title, html=render_to_string(template, {"items": items}) if items else "")

    def facts(self) -> list[tuple[str, str]]:
        language = self.locale.language_code
        known = dict(settings.LANGUAGES)
        facts = [
            (_text("When"), self.times().text()),
            (_text("Where"), ", ".join(part for part in (self.venue, self.address) if part)),
            (_text("How to take part"), str(self.get_mode_display())),
            (_text("Organizer"), self.organizer.name_in(language) if self.organizer else ""),
            (_text("With thanks to the host"), self.host),
            (_text("For whom"), self.audience),
            (_text("Languages of the event"), ", ".join(known[code] for code in self.languages if code in known)),
            (_text("Contact"), self.contact),
        ]
        return [fact for fact in facts if fact[1]]

    def record_extra(self) -> dict:
        """`when` and `notice` are for people, in lists; a link that only participants get is not part of it."""
        return {
            **self.times().as_extra(),
            "when": self.times().text(),
            "notice": str(self.get_status_display()) if self.status in (Status.CANCELLED, Status.POSTPONED) else "",
            "status": self.status,
            "mode": self.mode,
            "venue": self.venue,
            "address": self.address,
            "online_link": "" if self.online_link_is_private else self.online_link,
            "contact": self.contact,
            **(as_extra([Involvement(self.organizer, "organizer")]) if self.organizer else {}),
        }

    def relations(self) -> list[Relation]:
        before = [Relation("previous_event", str(self.previous_event.translation_key))] if self.previous_event else []
        return [*before, *super().relations()]

    def to_record(self) -> Record:
        """Agenda and flyer are files like the others, so that they are checked and listed like them."""
        record, language = super().to_record(), self.locale.language_code
        files = {file.pk: file_notice(file, language) for file in (self.agenda_file, self.flyer) if file}
        files |= {notice.id: notice for notice in record.files}
        return replace(record, files=tuple(files.values()))

    def shown_assets(self) -> tuple[set[int], set[int]]:
        files, pictures = super().shown_assets()
        return files | {pk for pk in (self.agenda_file_id, self.flyer_id) if pk}, pictures
