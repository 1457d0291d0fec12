"""How people register for an event: facts of the work, the same for all its languages."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _


class Approval(models.TextChoices):
    AT_ONCE = "at_once", _("Whoever registers has a place, as long as there are places")
    BY_TEAM = "by_team", _("The team confirms each registration")


class RegistrationDesk(models.Model):
    """One row for each event, whatever its languages; made when the event is first published.

    `taken` counts the places of confirmed people and is changed by `places` only, in the statement that
    checks it. `starts_at` and `ends_at` repeat the event's, for what happens when the page is gone;
    `title` repeats that of the edition in `language`, for lists in the admin.
    `facts` are what people who registered were last told of time, place and status, in the form of a record's `extra`
    (`announcing.facts_of`); `is_off` while the event is cancelled or not published; `sequence` counts the changes.
    `kept_counts` says how many registrations there were in which state once they have been deleted.
    """

    work = models.UUIDField(unique=True, editable=False)
    title = models.CharField(max_length=255, editable=False)
    language = models.CharField(max_length=10, editable=False)
    starts_at = models.DateTimeField(editable=False, db_index=True)
    ends_at = models.DateTimeField(editable=False)
    time_zone = models.CharField(max_length=50, editable=False)
    taken = models.PositiveIntegerField(default=0, editable=False)
    kept_counts = models.JSONField(default=dict, editable=False)
    facts = models.JSONField(default=dict, editable=False)
    is_off = models.BooleanField(default=False, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    is_open = models.BooleanField(
        _("people can register here"), default=False, help_text=_("Readers then see a button on the event’s page.")
    )
    opens_at = models.DateTimeField(
        _("from"), null=True, blank=True, help_text=_("Empty: at once. In the time zone of the event.")
    )
    closes_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until the event begins."))
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text=_("For example 80. Empty: no limit."),
    )
    approval = models.CharField(
        _("who gets a place"), max_length=20, choices=Approval.choices, default=Approval.AT_ONCE
    )
    waiting_list = models.BooleanField(
        _("waiting list"), default=True, help_text=_("When all places are taken, people may wait for one.")
    )
    consent_text = models.TextField(
        _("what people agree to"),
        blank=True,
        max_length=2000,
        help_text=_("Empty: a sentence in each reader’s language that says what the data are for and when they go."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days until the data are deleted"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Counted from the end of the event. Names and addresses are then deleted, numbers are kept."),
    )
    organizer_email = models.EmailField(
        _("organizer’s mail address"),
        blank=True,
        help_text=_("Answers to mails go there, and so do notices of registrations that wait for a decision."),
    )

    # Never written by `save()`: a form that was open for a while must not undo what others did.
    COUNTED = (
        "taken", "kept_counts", "facts", "is_off", "sequence", "title", "starts_at", "ends_at", "time_zone",
    )  # fmt: skip

    class Meta:
        verbose_name = _("registration for an event")
        verbose_name_plural = _("registrations for events")
        ordering = ["-starts_at"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        errors = {}
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            errors["closes_at"] = _text("Registration would end before it begins.")
        if self.pk and self.capacity is not None:
            taken = type(self).objects.values_list("taken", flat=True).get(pk=self.pk)
            if self.capacity < taken:
                errors["capacity"] = _text(
                    "%(taken)s places are taken already. Cancel registrations first, or give at least this number."
                ) % {"taken": taken}
        if errors:
            raise ValidationError(errors)

    def save(self, *args: object, update_fields: list[str] | None = None, **kwargs: object) -> None:
        if update_fields is None and not self._state.adding:
            update_fields = [
                field.name
                for field in self._meta.concrete_fields
                if not field.primary_key and field.name not in self.COUNTED
            ]
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def first_day(self) -> date:
        """Where the event takes place."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def places_left(self) -> int | None:
        """None stands for no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def deletion_at(self) -> datetime:
        return self.ends_at + timedelta(days=self.retention_days)
