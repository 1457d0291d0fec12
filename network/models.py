"""Organizations, and what they and people contribute to a page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable
from wagtail.search import index

from catalog.record import Agent
from taxonomy.models import Concept, Scheme


class Organization(index.Indexed, ClusterableModel):
    class Type(models.TextChoices):
        ASSOCIATION = "association", _("Association")
        MUNICIPALITY = "municipality", _("Municipality or region")
        COMPANY = "company", _("Company")
        UNIVERSITY = "university", _("University or school")
        PUBLIC_BODY = "public_body", _("Public body")
        NGO = "ngo", _("Non-governmental organization")

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=255, help_text=_("In its own language, or as it is best known."))
    type = models.CharField(_("type"), max_length=20, choices=Type.choices, blank=True)
    country = models.ForeignKey(
        Concept,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        limit_choices_to={"scheme": Scheme.COUNTRY},
        related_name="+",
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """The name in `language` where the organization has one, else its own."""
        return next((row.name for row in self.other_names.all() if row.language == language), self.name)

    def as_agent(self, role: str, language: str) -> Agent:
        return Agent(name=self.name_in(language), role=role, url=self.website)


class OrganizationName(Orderable):
    organization = ParentalKey(Organization, related_name="other_names", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=255)

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "language"], name="one_organization_name_per_language")
        ]


class Contribution(Orderable):
    """Who made a page, as what: an organization or a person by name."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        EDITOR = "editor", _("Editor")
        TRANSLATOR = "translator", _("Translator")
        REVIEWER = "reviewer", _("Reviewer")
        ILLUSTRATOR = "illustrator", _("Illustrator")

    page = ParentalKey("wagtailcore.Page", related_name="contributions", on_delete=models.CASCADE)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.AUTHOR)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    person = models.CharField(_("person"), max_length=200, blank=True)

    panels = [FieldRowPanel([FieldPanel("organization"), FieldPanel("person"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | ~Q(person=""),
                name="contribution_names_someone",
                violation_error_message=_("Name an organization or a person."),
            )
        ]

    def as_agent(self, language: str) -> Agent:
        if self.person:
            return Agent(name=self.person, role=self.role)
        return self.organization.as_agent(self.role, language)
