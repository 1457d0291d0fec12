"""Programmes that pay for works, and what must then be said of them in every language."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


@dataclass(frozen=True, slots=True)
class ProgrammeTexts:
    """What a programme says of itself; `language` is the one that these texts are in.

    `to_review`: our own wording, to be replaced by the programme's official text.
    """

    code: str
    language: str
    name: str
    acknowledgement: str
    disclaimer: str
    to_review: bool = False


class FundingProgramme(ClusterableModel):
    code = models.SlugField(_("code"), max_length=60, unique=True, help_text=_("Never changes once it is in use."))
    name = models.CharField(_("name"), max_length=200, help_text=_("As the programme is best known."))
    url = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The programme's emblem, as its rules ask for it. Shown beside the acknowledgement."),
    )

    gathered_with = ("texts", "logo__renditions")

    class Meta:
        verbose_name = _("funding programme")
        verbose_name_plural = _("funding programmes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def texts_in(self, language: str) -> ProgrammeTexts:
        """The texts in `language`, else the English ones, else only the name."""
        rows = {row.language: row for row in self.texts.all()}
        row = rows.get(language) or rows.get("en")
        if row is None:
            return ProgrammeTexts(code=self.code, language=language, name=self.name, acknowledgement="", disclaimer="")
        return ProgrammeTexts(
            code=self.code,
            language=row.language,
            name=row.name or self.name,
            acknowledgement=row.acknowledgement,
            disclaimer=row.disclaimer,
            to_review=row.to_review,
        )


class FundingText(models.Model):
    """What is said of a programme in one language."""

    programme = ParentalKey(FundingProgramme, related_name="texts", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("In this language, where it has another name.")
    )
    acknowledgement = models.TextField(
        _("acknowledgement"), max_length=2000, help_text=_("Says who paid, as the programme's rules want it said.")
    )
    disclaimer = models.TextField(
        _("disclaimer"),
        max_length=2000,
        blank=True,
        help_text=_("Says that the programme does not answer for the content."),
    )
    to_review = models.BooleanField(
        _("to be replaced by the programme's official text"),
        default=False,
        help_text=_("Take the mark away once the official wording in this language stands here."),
    )

    class Meta:
        verbose_name = _("text of a programme")
        verbose_name_plural = _("texts of programmes")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["programme", "language"], name="one_funding_text_per_language")]

    def __str__(self) -> str:
        return self.name or self.language
