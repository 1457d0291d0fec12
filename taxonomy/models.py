"""Concepts with an identifier and a label in every language, after SKOS."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from .programmes import FundingProgramme, FundingText

__all__ = [
    "Concept",
    "ConceptAlias",
    "ConceptLabel",
    "ConceptQuerySet",
    "FundingProgramme",
    "FundingText",
    "License",
    "Scheme",
    "default_license_id",
    "license_for",
]


class Scheme(models.TextChoices):
    TOPIC = "topic", _("Topic")
    TARGET_GROUP = "target_group", _("Target group")
    GOAL = "goal", _("Sustainable development goal")
    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    EDUCATION_LEVEL = "education_level", _("Educational level")
    RESOURCE_TYPE = "resource_type", _("Type of resource")
    FIELD = "field", _("Field of education")


class ConceptQuerySet(models.QuerySet["Concept"]):
    def in_scheme(self, scheme: Scheme) -> "ConceptQuerySet":
        return self.filter(scheme=scheme)

    def with_labels(self) -> "ConceptQuerySet":
        return self.prefetch_related("labels")

    def by_code(self, scheme: Scheme, codes: Iterable[str]) -> "dict[str, Concept]":
        """The concepts that these codes name, or named before they were merged; unknown codes are left out."""
        wanted = list(codes)
        found = {concept.code: concept for concept in self.filter(scheme=scheme, code__in=wanted)}
        missing = [code for code in wanted if code not in found]
        if missing:
            aliases = ConceptAlias.objects.filter(scheme=scheme, code__in=missing).select_related("concept")
            found |= {alias.code: alias.concept for alias in aliases}
        return found


class Concept(ClusterableModel):
    """One idea of one vocabulary, whatever it is called: skos:Concept."""

    scheme = models.CharField(_("vocabulary"), max_length=20, choices=Scheme.choices)
    code = models.SlugField(_("code"), max_length=100, help_text=_("Never changes once it is in use."))
    uri = models.URLField(_("identifier"), blank=True, help_text=_("The official address of this concept, if any."))
    broader = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="narrower",
        help_text=_("The wider concept that this one belongs to, as a region belongs to a country."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects = ConceptQuerySet.as_manager()
    gathered_with = ("labels",)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ["scheme", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="one_concept_per_code")]

    def __str__(self) -> str:
        return self.label()

    def clean(self) -> None:
        super().clean()
        if ConceptAlias.objects.filter(scheme=self.scheme, code=self.code).exists():
            raise ValidationError(
                {"code": _("A concept of this code was merged into another, and its addresses lead there.")}
            )
        if self.is_inside_itself():
            raise ValidationError({"broader": _("A concept cannot be part of itself or of what is part of it.")})

    def is_inside_itself(self) -> bool:
        seen = {self.pk} if self.pk else set()
        above = self.broader_id
        while above is not None:
            if above in seen:
                return True
            seen.add(above)
            above = Concept.objects.filter(pk=above).values_list("broader_id", flat=True).first()
        return False

    def label(self, language: str | None = None) -> str:
        """The label in `language` (by default the active one), else in English, else the code."""
        labels = {row.language: row.label for row in self.labels.all() if not row.is_alternative}
        return labels.get(language or get_language() or "") or labels.get("en") or self.code

    def other_labels(self, language: str) -> list[str]:
        """What else it is called in `language`."""
        return [row.label for row in self.labels.all() if row.is_alternative and row.language == language]


class ConceptLabel(models.Model):
    """A name of a concept in one language: skos:prefLabel, or skos:altLabel where `is_alternative`."""

    concept = ParentalKey(Concept, related_name="labels", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    label = models.CharField(_("label"), max_length=200)
    is_alternative = models.BooleanField(_("other name"), default=False)
    to_review = models.BooleanField(_("to be reviewed"), default=False)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        # Other names in the order in which they were given; a database may return equal rows in any.
        ordering = ["is_alternative", "language", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=models.Q(is_alternative=False),
                name="one_preferred_label_per_language",
            )
        ]

    def __str__(self) -> str:
        return self.label


class ConceptAlias(models.Model):
    """The code of a concept that was merged into another: its addresses and filters still lead there."""

    concept = models.ForeignKey(Concept, related_name="aliases", on_delete=models.CASCADE)
    scheme = models.CharField(_("vocabulary"), max_length=20, choices=Scheme.choices)
    code = models.SlugField(_("code"), max_length=100)

    class Meta:
        verbose_name = _("former code")
        verbose_name_plural = _("former codes")
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="one_alias_per_code")]

    def __str__(self) -> str:
        return self.code


class License(models.Model):
    """A licence version, known by the address of its text."""

    code = models.CharField(_("code"), max_length=40, unique=True, help_text=_("SPDX identifier where one exists."))
    uri = models.URLField(_("address"), unique=True)
    short = models.CharField(_("short name"), max_length=60)
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    names = models.JSONField(_("names by language"), default=dict, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.short

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or self.short


def license_for(code_or_uri: str) -> License | None:
    """The licence that a code ("CC-BY-4.0") or a versioned address names; None for an unknown one.

    http and https, a missing final slash and a deed's suffix name the same licence.
    """
    text = code_or_uri.strip()
    uri = text.replace("http://", "https://").split("/deed")[0].split("/legalcode")[0].rstrip("/") + "/"
    return License.objects.filter(models.Q(code__iexact=text) | models.Q(uri=uri)).first()


def default_license_id() -> int | None:
    return License.objects.filter(code=settings.OER_DEFAULT_LICENSE).values_list("pk", flat=True).first()
