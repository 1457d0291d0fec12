"""Blueprints: functioning practices, described so that others can repeat them."""

from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from catalog.record import Relation
from content.fields import BlocksField
from content.publication import Section
from network.blocks import with_names
from network.involvement import Involvement, as_extra
from pages.described import tabs
from pages.describing import html_paragraphs

from .blueprint_blocks import (
    ActorBlock,
    AdoptionBlock,
    CriterionBlock,
    ResultBlock,
    StepBlock,
    render_actors,
    render_adoptions,
    render_criteria,
    render_results,
    work_of,
)
from .rendering import headed, render_steps, rich, rich_section, text_section, values
from .row_blocks import CostBlock, LinkBlock, render_costs, render_links
from .shared import ResourcePage
from .uses import ADOPTED_BY, public_editions

TEXT_FEATURES = ["bold", "italic", "ul", "ol", "link"]


def rich_field(label: str, help_text: str = "") -> RichTextField:
    return RichTextField(label, blank=True, features=TEXT_FEATURES, help_text=help_text)


class BlueprintPage(ResourcePage):
    catalog_kind = "blueprint"
    default_resource_type = "case_study"

    class Practice(models.TextChoices):
        PRACTICE = "practice", _("Practice: it has been done and observed")
        BLUEPRINT = "blueprint", _("Blueprint: a design for repeating it")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        REGULAR = "regular", _("Part of regular work")
        COMPLETED = "completed", _("Completed")

    practice = models.CharField(
        _("what it describes"), max_length=20, choices=Practice.choices, default=Practice.BLUEPRINT
    )
    state = models.CharField(_("status"), max_length=20, choices=State.choices, blank=True)
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Where it was done, as people say it: a town, a district.")
    )
    challenge = models.TextField(
        _("challenge"), blank=True, help_text=_("Which problem it answers, and for whom. Two to four sentences.")
    )
    context = rich_field(_("context"), _("What was there before: the place, the law, who was already active."))
    objectives = rich_field(_("objectives"), _("One line each, so that it can be said later whether it was reached."))
    beneficiaries = models.TextField(
        _("beneficiaries"),
        blank=True,
        help_text=_("Whom it reached and how many, for example: 75 adults, half of them women."),
    )
    collaboration_model = rich_field(
        _("collaboration model"), _("Who decides what, how often people meet, what is written down.")
    )
    actors = BlocksField([("actor", ActorBlock())], verbose_name=_("actors and roles"), blank=True)
    target_group_participation = models.TextField(
        _("participation of the target group"),
        blank=True,
        help_text=_("How migrants and refugees plan, decide and carry it, not only take part."),
    )
    society_participation = models.TextField(
        _("participation of the receiving society"),
        blank=True,
        help_text=_("How neighbours, employers, associations take part."),
    )
    steps = BlocksField(
        [("step", StepBlock())],
        verbose_name=_("steps"),
        blank=True,
        help_text=_("What somebody does who repeats it, in order."),
    )
    resources_needed = rich_field(_("resources needed"), _("Staff, time, rooms, material, skills."))
    costs = BlocksField([("cost", CostBlock())], verbose_name=_("costs"), blank=True)
    funding = models.TextField(
        _("funding"), blank=True, help_text=_("Who paid, for how long, and what is paid from where today.")
    )
    results = BlocksField([("result", ResultBlock())], verbose_name=_("results"), blank=True)
    criteria = BlocksField(
        [("criterion", CriterionBlock())],
        verbose_name=_("criteria"),
        blank=True,
        help_text=_("An honest check. “Partly met” with a reason helps others more than a row of “met”."),
    )
    success_factors = rich_field(_("what made it work"))
    obstacles = rich_field(_("obstacles"), _("What went wrong or took longer, and what was done about it."))
    lessons_learned = rich_field(_("lessons learned"), _("What you would do differently."))
    transferability = models.TextField(
        _("conditions"), blank=True, help_text=_("What must be in place elsewhere for it to work.")
    )
    adaptation = rich_field(_("how to adapt it"), _("What can be changed, and what must stay as it is."))
    sustainability = rich_field(_("sustainability"), _("How it goes on when the funding ends."))
    adopted_by = BlocksField([("adoption", AdoptionBlock())], verbose_name=_("adopted by"), blank=True)
    tools = BlocksField(
        [("tool", LinkBlock())],
        verbose_name=_("tools"),
        blank=True,
        help_text=_("Templates, forms, software: what it takes."),
    )
    video = models.URLField(
        _("video"), blank=True, help_text=_("Its address. Readers get a link: nothing is loaded from other sites.")
    )
    video_title = models.CharField(_("title of the video"), max_length=200, blank=True)
    transcript = rich_field(
        _("transcript"), _("What is said and shown in the video, for those who cannot see or hear it.")
    )

    parent_page_types = ["resources.ListingPage"]
    subpage_types: list[str] = []

    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in ("practice", "state")),
    ]

    edit_handler = tabs(
        [
            *ResourcePage.title_panels,
            FieldRowPanel([FieldPanel("practice"), FieldPanel("state")]),
            FieldPanel("place"),
            ResourcePage.period_panel,
            FieldPanel("challenge"),
            FieldPanel("context"),
            FieldPanel("objectives"),
            FieldPanel("beneficiaries"),
            FieldPanel("body"),
        ],
        ResourcePage,
        (
            _("How it is done"),
            [
                FieldPanel("collaboration_model"),
                FieldPanel("actors"),
                FieldPanel("steps"),
                MultiFieldPanel(
                    [FieldPanel("target_group_participation"), FieldPanel("society_participation")],
                    heading=_("Participation"),
                ),
                MultiFieldPanel(
                    [FieldPanel("resources_needed"), FieldPanel("costs"), FieldPanel("funding")],
                    heading=_("Resources and cost"),
                ),
                FieldPanel("tools"),
                MultiFieldPanel(
                    [FieldPanel("video"), FieldPanel("video_title"), FieldPanel("transcript")], heading=_("Video")
                ),
            ],
        ),
        (
            _("What came of it"),
            [
                FieldPanel("results"),
                FieldPanel("success_factors"),
                FieldPanel("obstacles"),
                FieldPanel("lessons_learned"),
                FieldPanel("criteria"),
                MultiFieldPanel(
                    [FieldPanel("transferability"), FieldPanel("adaptation")], heading=_("Transferability")
                ),
                FieldPanel("sustainability"),
                FieldPanel("adopted_by"),
            ],
        ),
    )

    class Meta:
        verbose_name = _("blueprint")
        verbose_name_plural = _("blueprints")

    def sections(self) -> list[Section]:
        sections = [
            text_section("challenge", _text("Challenge"), self.challenge),
            rich_section("context", _text("Context"), self.context),
            rich_section("objectives", _text("Objectives"), self.objectives),
            text_section("beneficiaries", _text("Beneficiaries"), self.beneficiaries),
            *super().sections(),
            *self.ways(),
            *self.outcomes(),
            *self.closing_sections(),
        ]
        return [section for section in sections if section.html]

    def ways(self) -> list[Section]:
        """How it is done."""
        return [
            rich_section("collaboration", _text("Collaboration model"), self.collaboration_model),
            Section(id="actors", title=_text("Actors and roles"), html=render_actors(values(self.actors))),
            Section(id="steps", title=_text("Steps"), html=render_steps(self.steps)),
            Section(
                id="participation",
                title=_text("Participation"),
                html=headed(_text("Of the target group"), html_paragraphs(self.target_group_participation))
                + headed(_text("Of the receiving society"), html_paragraphs(self.society_participation)),
            ),
            Section(
                id="resources",
                title=_text("Resources and cost"),
                html=rich(self.resources_needed)
                + render_costs(values(self.costs))
                + headed(_text("Funding"), html_paragraphs(self.funding)),
            ),
            Section(id="tools", title=_text("Tools"), html=render_links(values(self.tools))),
            Section(id="video", title=_text("Video"), html=self.video_html()),
        ]

    def outcomes(self) -> list[Section]:
        """What came of it, and what others need to know to do it too."""
        obstacles = _text("Obstacles") if rich(self.lessons_learned) else _text("Obstacles and lessons learned")
        return [
            Section(id="results", title=_text("Results"), html=render_results(values(self.results))),
            rich_section("success-factors", _text("What made it work"), self.success_factors),
            rich_section("obstacles", obstacles, self.obstacles),
            rich_section("lessons-learned", _text("Lessons learned"), self.lessons_learned),
            Section(id="criteria", title=_text("Criteria"), html=render_criteria(values(self.criteria))),
            Section(
                id="transferability",
                title=_text("Transferability"),
                html=html_paragraphs(self.transferability) + headed(_text("How to adapt it"), rich(self.adaptation)),
            ),
            rich_section("sustainability", _text("Sustainability"), self.sustainability),
            Section(id="adopted-by", title=_text("Adopted by"), html=self.adoptions_html()),
        ]

    def adoptions_html(self) -> str:
        rows, language = values(self.adopted_by), self.locale.language_code
        with_names(row["organization"] for row in rows)
        return render_adoptions(rows, language, public_editions(filter(None, map(work_of, rows)), language))

    def relations(self) -> list[Relation]:
        works = dict.fromkeys(work for row in values(self.adopted_by) if (work := work_of(row)))
        return [*super().relations(), *(Relation(name=ADOPTED_BY, work=work) for work in works)]

    def video_html(self) -> str:
        html = ""
        if self.video:
            title = self.video_title or self.video
            html = format_html('<p><a href="{}">{}</a></p>', self.video, title)
        transcript = rich(self.transcript)
        if transcript:
            html += format_html("<details><summary>{}</summary>", _text("Transcript")) + transcript + "</details>"
        return html

    def facts(self) -> list[tuple[str, str]]:
        facts = [
            (_text("What it describes"), self.practice_in_short()),
            (_text("Status"), str(self.get_state_display()) if self.state else ""),
            (_text("Place"), self.place),
            *super().facts(),
        ]
        return [(name, value) for name, value in facts if value]

    def practice_in_short(self) -> str:
        return _text("Observed practice") if self.practice == self.Practice.PRACTICE else _text("Repeatable design")

    def recommended(self) -> list[tuple[str, bool]]:
        return [
            (_text("Challenge"), bool(self.challenge.strip())),
            (_text("Steps"), bool(self.steps)),
            (_text("Countries"), bool(self.countries.all())),
        ]

    def card_facts(self) -> list[str]:
        return [fact for fact in (self.practice_in_short(), self.period()) if fact]

    def record_extra(self) -> dict:
        extra = {"practice": self.practice, "state": self.state, "place": self.place, "video": self.video}
        adopters = [row["organization"] for row in values(self.adopted_by) if row["organization"]]
        extra |= as_extra(Involvement(organization, "adopter") for organization in adopters)
        return {**super().record_extra(), **{name: value for name, value in extra.items() if value}}
