"""Who carries a project out together."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from network.fields import ConceptKey
from network.models import Organization
from taxonomy.models import Concept, Scheme


class Partner(Orderable):
    """`country` and `website` are given where they differ from the organization's own: a branch, a project's site."""

    class Role(models.TextChoices):
        PARTNER = "partner", _("Partner")
        ASSOCIATED = "associated_partner", _("Associated partner")
        TRAINER = "trainer", _("Trainer")
        EVALUATOR = "evaluator", _("Evaluator")
        HOST = "host", _("Host")
        FUNDER = "funder", _("Funder")

    page = ParentalKey("projects.ProjectPage", related_name="partners", on_delete=models.CASCADE)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="partnerships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.PARTNER)
    country = ConceptKey(
        "taxonomy.Concept",
        verbose_name=_("country, if not its own"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        limit_choices_to={"scheme": Scheme.COUNTRY},
        related_name="+",
    )
    website = models.URLField(_("website, if not its own"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("organization"), FieldPanel("role")]),
        FieldRowPanel([FieldPanel("country"), FieldPanel("website")]),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["page", "organization"],
                name="one_partnership_per_organization",
                violation_error_message=_("This organization is among the partners already."),
            )
        ]

    @property
    def shown_country(self) -> Concept | None:
        return self.country or self.organization.country
