"""What editors tell search about words of a language: which mean the same, and which works answer them best."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Page

MAX_PICKS = 5


class Synonyms(models.Model):
    """Words and phrases, one in a line. Where there are `others`, `words` find those, and nothing finds `words`."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    words = models.TextField(
        _("words"),
        help_text=_("One word or phrase in each line. Whoever searches for one of them finds the others, too."),
    )
    others = models.TextField(
        _("found as well"),
        blank=True,
        help_text=_(
            "One word or phrase in each line. If there are any, the words above find these, but these do not find "
            "the words above."
        ),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "words"]

    def __str__(self) -> str:
        words = ", ".join(self.words.splitlines())
        return f"{words} → {', '.join(self.others.splitlines())}" if self.others else words


class EditorsPick(ClusterableModel):
    """Works that stand on top when somebody searches for exactly these words, in whatever form and order."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    words = models.CharField(
        _("words"),
        max_length=200,
        help_text=_("What readers search for. Other forms of the words and another order count as the same."),
    )

    class Meta:
        verbose_name = _("editors’ picks")
        verbose_name_plural = _("editors’ picks")
        ordering = ["language", "words"]

    def __str__(self) -> str:
        return self.words


class PickedWork(Orderable):
    """Any edition of the work may be chosen: readers see the one in their language."""

    pick = ParentalKey(EditorsPick, on_delete=models.CASCADE, related_name="works")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("resource"))

    class Meta(Orderable.Meta):
        verbose_name = _("resource")
