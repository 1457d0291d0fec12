"""The progress of an action plan: facts of the work, the same in every language's edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


class PlanProgress(ClusterableModel):
    """One row for each plan, whatever its languages. `title` repeats the plan's own, for lists in the admin."""

    work = models.UUIDField(unique=True, editable=False)
    title = models.CharField(_("plan"), max_length=255, editable=False)

    class Meta:
        verbose_name = _("progress of a plan")
        verbose_name_plural = _("progress of plans")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Named(models.Model):
    """Abstract: what the plan's newest text calls an action or indicator, so that nobody has to know its code."""

    label = models.CharField(_("name"), max_length=255, blank=True, editable=False)

    class Meta:
        abstract = True


class ActionStatus(Named, Orderable):
    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    plan = ParentalKey(PlanProgress, related_name="actions", on_delete=models.CASCADE)
    code = models.CharField(_("planned action"), max_length=20)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.PLANNED)

    def __str__(self) -> str:
        return f"{self.code} {self.label}".strip()

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_status_per_action")]


class Indicator(Named, Orderable, ClusterableModel):
    """What is measured. All values are in the unit that the plan's text names for this code."""

    plan = ParentalKey(PlanProgress, related_name="indicators", on_delete=models.CASCADE)
    code = models.CharField(_("indicator"), max_length=20)
    unit = models.CharField(_("unit"), max_length=60, blank=True, editable=False)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="one_indicator_per_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.label}".strip()

    @property
    def latest(self) -> "IndicatorValue | None":
        return max(self.values.all(), key=lambda row: row.date, default=None)

    @property
    def percent(self) -> int | None:
        """How far the latest value is on the way from baseline to target, 0 to 100; None if that cannot be said."""
        if self.latest is None or self.target is None:
            return None
        start = self.baseline or 0
        if self.target == start:
            return None
        return max(0, min(100, round(100 * (self.latest.value - start) / (self.target - start))))


class IndicatorValue(Orderable):
    indicator = ParentalKey(Indicator, related_name="values", on_delete=models.CASCADE)
    date = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["indicator", "date"], name="one_value_per_day")]
