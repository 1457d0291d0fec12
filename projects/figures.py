"""What a project planned and what it has done: facts of the work, the same in every language's edition.

They are kept beside the pages, as the progress of plans is, because counts go on changing when the texts are long
translated: a synchronised field would have to be carried into each edition by hand, and published there.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from network.fields import ConceptKey
from taxonomy.models import Scheme


class ProjectFigures(ClusterableModel):
    """One row for each project, whatever its languages. `title` repeats the project's own, for lists in the admin."""

    work = models.UUIDField(unique=True, editable=False)
    title = models.CharField(_("project"), max_length=255, editable=False)

    class Meta:
        verbose_name = _("figures of a project")
        verbose_name_plural = _("figures of projects")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class ActivityFigures(Orderable, ClusterableModel):
    """An activity of the project's text, by its code. `title` repeats the text's, for the form."""

    project = ParentalKey(ProjectFigures, related_name="activities", on_delete=models.CASCADE)
    code = models.CharField(_("activity"), max_length=20)
    title = models.CharField(_("title"), max_length=255, blank=True, editable=False)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="one_activity_per_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class Count(Orderable):
    """How many in one country; without a country, wherever it is. What is not known yet is empty."""

    activity = ParentalKey(ActivityFigures, related_name="counts", on_delete=models.CASCADE)
    country = ConceptKey(
        "taxonomy.Concept",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to={"scheme": Scheme.COUNTRY},
        related_name="+",
    )
    planned = models.PositiveIntegerField(_("planned"), null=True, blank=True)
    done = models.PositiveIntegerField(_("done"), null=True, blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "country"],
                name="one_count_per_country",
                violation_error_message=_("There is a row for this country already."),
            )
        ]

    def clean(self) -> None:
        if self.planned is None and self.done is None:
            raise ValidationError(_("Say how many are planned or done, or delete the row."))
