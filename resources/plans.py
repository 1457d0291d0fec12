"""Regional action plans: priorities, their actions, and the indicators that show progress."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from catalog.record import Relation
from content.fields import BlocksField
from content.publication import Section
from network.involvement import Involvement, as_extra
from network.models import Organization
from pages.described import tabs
from pages.describing import terms
from taxonomy.models import Concept, Scheme

from .blueprints import rich_field
from .forms import PlanForm
from .plan_blocks import MemberBlock, PriorityBlock, action_anchor
from .plan_rendering import overall_progress, plan_sections, progress_of
from .progress import ActionStatus, PlanProgress
from .rendering import rich_section, text_section, values
from .row_blocks import EndorsementBlock, render_endorsements
from .shared import ResourcePage
from .uses import BASED_ON, use


class ActionPlanPage(ResourcePage):
    catalog_kind = "plan"
    default_resource_type = "text"

    region = models.CharField(
        _("region (NUTS code)"), max_length=5, blank=True, help_text=_("For example DEE09 for the Harz district.")
    )
    territory = models.CharField(_("territory"), max_length=200, help_text=_("The region's name, as people say it."))
    policy_context = rich_field(_("policy context"), _("Laws, strategies and programmes that the plan follows."))
    needs = rich_field(_("needs"), _("What was found out before planning: figures, interviews, gaps."))
    vision = models.TextField(
        _("vision"), blank=True, help_text=_("What will be different at the end, in two or three sentences.")
    )
    priorities = BlocksField([("priority", PriorityBlock())], verbose_name=_("priorities"), blank=True)
    network = BlocksField([("member", MemberBlock())], verbose_name=_("network"), blank=True)
    governance = rich_field(_("governance"), _("Who decides, who coordinates, how often people meet."))
    monitoring = rich_field(_("monitoring"), _("Who collects the figures, how often, and where they are discussed."))
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopting_organization = models.ForeignKey(
        Organization,
        verbose_name=_("adopted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Its page then shows this plan by itself."),
    )
    adopted_by = models.CharField(
        _("adopting body"),
        max_length=200,
        blank=True,
        help_text=_("For example: the district council. By name, if it has no record here."),
    )
    endorsements = BlocksField([("endorsement", EndorsementBlock())], verbose_name=_("endorsements"), blank=True)

    base_form_class = PlanForm
    parent_page_types = ["resources.ListingPage"]
    subpage_types: list[str] = []

    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("region", overridable=False),
        SynchronizedField("adopting_organization", overridable=False),
    ]

    edit_handler = tabs(
        [
            *ResourcePage.title_panels,
            FieldRowPanel([FieldPanel("territory"), FieldPanel("region")]),
            ResourcePage.period_panel,
            FieldPanel("policy_context"),
            FieldPanel("needs"),
            FieldPanel("vision"),
            FieldPanel("body"),
        ],
        ResourcePage,
        (_("Priorities and actions"), [FieldPanel("priorities")]),
        (
            _("Network"),
            [
                FieldPanel("network"),
                FieldPanel("governance"),
                FieldPanel("monitoring"),
                MultiFieldPanel(
                    [
                        FieldPanel("adopted_on"),
                        FieldRowPanel([FieldPanel("adopting_organization"), FieldPanel("adopted_by")]),
                        FieldPanel("endorsements"),
                    ],
                    heading=_("Adoption"),
                ),
            ],
        ),
    )

    class Meta:
        verbose_name = _("regional action plan")
        verbose_name_plural = _("regional action plans")

    @property
    def progress(self) -> PlanProgress | None:
        """Read once for the life of the page object."""
        if not hasattr(self, "_progress"):
            self._progress = progress_of(self.translation_key)
        return self._progress

    def sections(self) -> list[Section]:
        sections = [
            rich_section("policy-context", _text("Policy context"), self.policy_context),
            rich_section("needs", _text("Needs"), self.needs),
            text_section("vision", _text("Vision"), self.vision),
            *super().sections(),
            *plan_sections(self, self.progress),
            rich_section("governance", _text("Governance"), self.governance),
            rich_section("monitoring", _text("Monitoring"), self.monitoring),
            Section(
                id="endorsements",
                title=_text("Endorsements"),
                html=render_endorsements(values(self.endorsements)),
            ),
            *self.closing_sections(),
        ]
        return [section for section in sections if section.html]

    def facts(self) -> list[tuple[str, str]]:
        adopted = date_format(self.adopted_on, "DATE_FORMAT") if self.adopted_on else ""
        facts = [
            (_text("Territory"), f"{self.territory} ({self.region})" if self.region else self.territory),
            (_text("Adopted"), ", ".join(filter(None, [adopted, *self.adopters()]))),
            *super().facts(),
        ]
        return [(name, value) for name, value in facts if value]

    def adopters(self) -> list[str]:
        record = self.adopting_organization
        return [name for name in (record.name_in(self.locale.language_code) if record else "", self.adopted_by) if name]

    def recommended(self) -> list[tuple[str, bool]]:
        return [(_text("Priorities"), bool(self.priorities)), (_text("Network"), bool(self.network))]

    def card_facts(self) -> list[str]:
        counts = overall_progress(self.progress)
        done, planned = counts[ActionStatus.Status.DONE], sum(counts.values())
        progress = ngettext("%(done)s of %(count)s action done", "%(done)s of %(count)s actions done", planned) % {
            "done": done,
            "count": planned,
        }
        return [fact for fact in (self.territory, progress if planned else "") if fact]

    def record_extra(self) -> dict:
        uses = [
            use(str(action["based_on"].translation_key), action["title"], f"#{action_anchor(action['code'])}")
            for action in self.actions()
            if action["based_on"]
        ]
        extra = {
            "region": self.region,
            "adopted": [self.adopted_on.isoformat() if self.adopted_on else "", ", ".join(self.adopters())]
            if self.adopted_on or self.adopters()
            else [],
            **as_extra(self.involvements()),
            "uses": uses,
        }
        return {
            **super().record_extra(),
            "territory": self.territory,
            "progress": overall_progress(self.progress),
            **{name: value for name, value in extra.items() if value},
        }

    def terms_by_scheme(self, language: str) -> dict:
        """Also by the region that it is for."""
        found = super().terms_by_scheme(language)
        own = Concept.objects.with_labels().by_code(Scheme.REGION, {self.region}) if self.region else {}
        regions = {term.code: term for term in (*terms(own.values(), language), *found.get(Scheme.REGION, ()))}
        return {**found, Scheme.REGION: tuple(regions.values())} if regions else found

    def relations(self) -> list[Relation]:
        named = {str(row["based_on"].translation_key) for row in self.actions() if row["based_on"]}
        return [*super().relations(), *(Relation(name=BASED_ON, work=work) for work in sorted(named))]

    def involvements(self) -> list[Involvement]:
        """Which organizations take part, as what; in an action of which title and anchor, or in the plan."""
        own = [(self.adopting_organization, "adopting_body", "", "")]
        own += [(row["organization"], row["part"] or MemberBlock.Part.MEMBER, "", "") for row in values(self.network)]
        in_actions = [
            (organization, role, action["title"], f"#{action_anchor(action['code'])}")
            for action in self.actions()
            for role, organizations in (
                ("action_lead", [action["lead_organization"]]),
                ("action_partner", action["partner_organizations"]),
            )
            for organization in organizations
        ]
        return [Involvement(*row) for row in (*own, *in_actions) if row[0]]

    def actions(self) -> list[blocks.StructValue]:
        return [action for priority in self.priorities for action in priority.value["actions"]]
