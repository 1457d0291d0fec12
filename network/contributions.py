"""Who made a page, as what."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from catalog.record import Agent

from .organizations import Organization
from .people import Person


class Contribution(Orderable):
    """An organization, somebody with a record of their own, or a person by name only.

    Where several are filled in, the person counts.
    """

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
    known_person = models.ForeignKey(
        Person,
        verbose_name=_("person with a record"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
        help_text=_("With ORCID or a page of their own."),
    )
    person = models.CharField(
        _("person"), max_length=200, blank=True, help_text=_("A name is enough for somebody without a record.")
    )

    panels = [
        FieldRowPanel([FieldPanel("organization"), FieldPanel("known_person")]),
        FieldRowPanel([FieldPanel("person"), FieldPanel("role")]),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False) | Q(known_person__isnull=False) | ~Q(person=""),
                name="contribution_names_someone",
                violation_error_message=_("Name an organization or a person."),
            )
        ]

    def as_agent(self, language: str) -> Agent:
        if self.known_person_id:
            return self.known_person.as_agent(self.role, language)
        if self.person:
            return Agent(name=self.person, role=self.role, is_person=True)
        return self.organization.as_agent(self.role, language)
