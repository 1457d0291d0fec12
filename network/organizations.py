"""Organizations: one record for each, whatever the languages and spellings of its name."""

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
from taxonomy.fields import ConceptsField
from taxonomy.models import Concept, Scheme

from .fields import ConceptKey, LanguagesField, PicField, RorField
from .identifiers import ROR_ADDRESS
from .slugs import free_slug


class Organization(index.Indexed, ClusterableModel):
    """`aliases` are other spellings, one a line: importers and editors find it by them, readers do not see them."""

    class Type(models.TextChoices):
        ASSOCIATION = "association", _("Association")
        MUNICIPALITY = "municipality", _("Municipality or region")
        COMPANY = "company", _("Company")
        UNIVERSITY = "university", _("University or school")
        PUBLIC_BODY = "public_body", _("Public body")
        NGO = "ngo", _("Non-governmental organization")

    slug = models.SlugField(
        _("address"), max_length=100, unique=True, blank=True, help_text=_("Made from the name if you leave it empty.")
    )
    name = models.CharField(_("name"), max_length=255, help_text=_("In its own language, or as it is best known."))
    aliases = models.TextField(
        _("other spellings"),
        blank=True,
        help_text=_("One a line: abbreviations and former names under which it may be looked for."),
    )
    type = models.CharField(_("type"), max_length=20, choices=Type.choices, blank=True)
    ror = RorField(
        _("ROR identifier"),
        max_length=9,
        blank=True,
        help_text=_("From ror.org, such as 02mhbdp94; the whole address is fine, too."),
    )
    pic = PicField(
        _("PIC"), max_length=9, blank=True, help_text=_("Nine digits: its number in programmes of the European Union.")
    )
    address = models.TextField(_("postal address"), max_length=300, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = ConceptKey(
        Concept,
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        limit_choices_to={"scheme": Scheme.COUNTRY},
        related_name="+",
    )
    region = ConceptKey(
        Concept,
        verbose_name=_("region (NUTS)"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        limit_choices_to={"scheme": Scheme.REGION},
        related_name="+",
    )
    website = models.URLField(_("website"), blank=True)
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Shown to readers: an office, not a person."))
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    logo_alt = models.CharField(
        _("alternative text"), max_length=300, blank=True, help_text=_("What the logo says, such as the name on it.")
    )
    languages = LanguagesField(_("languages"), default=list, blank=True, help_text=_("In which one may write to it."))
    expertise = ConceptsField(
        Concept,
        verbose_name=_("expertise"),
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": Scheme.TOPIC},
        help_text=_("What it knows most about. Three to five are enough."),
    )
    seeks_partners = models.BooleanField(
        _("looking for partners"), default=False, help_text=_("Says so on its page and in the list of organizations.")
    )
    is_listed = models.BooleanField(
        _("always listed"),
        default=False,
        help_text=_("Also while nothing that is published names it. What is named is listed by itself."),
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("aliases"),
        index.AutocompleteField("aliases"),
        index.RelatedFields("other_names", [index.SearchField("name"), index.AutocompleteField("name")]),
    ]

    gathered_with = ("other_names",)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["ror"], condition=~Q(ror=""), name="one_organization_per_ror"),
            models.UniqueConstraint(fields=["pic"], condition=~Q(pic=""), name="one_organization_per_pic"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.aliases = "\n".join(dict.fromkeys(filter(None, map(str.strip, self.aliases.splitlines()))))
        errors = {}
        for field in ("ror", "pic"):
            value = getattr(self, field)
            other = Organization.objects.filter(**{field: value}).exclude(pk=self.pk).first() if value else None
            if other:
                errors[field] = _("%(name)s has this identifier already. Are the two one?") % {"name": other.name}
        if errors:
            raise ValidationError(errors)

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or free_slug(Organization, self.name, fallback="organization")
        super().save(*args, **kwargs)

    def name_in(self, language: str) -> str:
        """The name in `language` where the organization has one, else its own."""
        return next((row.name for row in self.other_names.all() if row.language == language and row.name), self.name)

    def description_in(self, language: str) -> tuple[str, str]:
        """The description and its language: `language`, else English, else whichever there is."""
        texts = {row.language: row.description for row in self.other_names.all() if row.description}
        best = next((code for code in (language, "en", *texts) if code in texts), language)
        return texts.get(best, ""), best

    def path_in(self, language: str) -> str:
        """Its page, which readers may see as soon as something that is published names it."""
        return f"/{language}/organizations/{self.slug}/"

    @property
    def identifier(self) -> str:
        return f"{ROR_ADDRESS}{self.ror}" if self.ror else ""

    def as_agent(self, role: str, language: str) -> Agent:
        return Agent(
            name=self.name_in(language),
            role=role,
            url=self.website,
            identifier=self.identifier,
            path=self.path_in(language),
        )


class OrganizationName(Orderable):
    """What an organization is called and how it is described in one language; either may be empty."""

    organization = ParentalKey(Organization, related_name="other_names", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(
        _("name"), max_length=255, blank=True, help_text=_("Only if it has one of its own in this language.")
    )
    description = models.TextField(
        _("description"), max_length=2000, blank=True, help_text=_("Two or three sentences: what it does, for whom.")
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "language"],
                name="one_organization_name_per_language",
                violation_error_message=_("There is a row for this language already."),
            )
        ]

    def clean(self) -> None:
        if not (self.name or self.description):
            raise ValidationError(_("Give a name or a description in this language, or delete the row."))
