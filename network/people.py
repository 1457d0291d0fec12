"""People who contribute. Nobody has a public page unless they agreed to it."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from catalog.record import Agent

from .fields import OrcidField
from .identifiers import ORCID_ADDRESS
from .organizations import Organization
from .slugs import free_slug


class Person(index.Indexed, ClusterableModel):
    """`is_listed` records consent: without it, readers see the name on works and nothing else."""

    slug = models.SlugField(
        _("address"), max_length=100, unique=True, blank=True, help_text=_("Made from the name if you leave it empty.")
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("As it is to be read, for example Amal Haddad."))
    sort_name = models.CharField(
        _("name for sorting"),
        max_length=200,
        blank=True,
        help_text=_("For example Haddad, Amal. Made from the name if you leave it empty."),
    )
    orcid = OrcidField(
        _("ORCID"),
        max_length=19,
        blank=True,
        help_text=_("From orcid.org, such as 0000-0002-1825-0097; the whole address is fine, too."),
    )
    affiliation = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    website = models.URLField(_("website"), blank=True)
    contact = models.EmailField(_("contact"), blank=True)
    picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    is_listed = models.BooleanField(
        _("has agreed to a public page"),
        default=False,
        help_text=_("Without it, readers see the name on works only: no page, no contact, no picture, no website."),
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.AutocompleteField("sort_name")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name"]
        constraints = [models.UniqueConstraint(fields=["orcid"], condition=~Q(orcid=""), name="one_person_per_orcid")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        other = Person.objects.filter(orcid=self.orcid).exclude(pk=self.pk).first() if self.orcid else None
        if other:
            raise ValidationError({"orcid": _("%(name)s has this ORCID already.") % {"name": other.name}})

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or free_slug(Person, self.name, fallback="person")
        self.sort_name = self.sort_name or last_name_first(self.name)
        super().save(*args, **kwargs)

    def texts_in(self, language: str) -> "PersonText | None":
        """Role and biography in `language`, else in English, else in any."""
        rows = {row.language: row for row in self.texts.all()}
        return next((rows[code] for code in (language, "en", *rows) if code in rows), None)

    def path_in(self, language: str) -> str:
        """Their public page; empty without their consent."""
        return f"/{language}/people/{self.slug}/" if self.is_listed else ""

    @property
    def identifier(self) -> str:
        return f"{ORCID_ADDRESS}{self.orcid}" if self.orcid else ""

    def as_agent(self, role: str, language: str) -> Agent:
        return Agent(
            name=self.name,
            role=role,
            url=self.website if self.is_listed else "",
            identifier=self.identifier,
            path=self.path_in(language),
            is_person=True,
        )


def last_name_first(name: str) -> str:
    """A guess that an editor may correct: the last word first."""
    first, _separator, last = name.strip().rpartition(" ")
    return f"{last}, {first}" if first else last


class PersonText(Orderable):
    person = ParentalKey(Person, related_name="texts", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    role = models.CharField(_("role"), max_length=200, blank=True, help_text=_("For example: trainer, researcher."))
    bio = models.TextField(_("about the person"), max_length=2000, blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "language"],
                name="one_text_of_a_person_per_language",
                violation_error_message=_("There is a row for this language already."),
            )
        ]
