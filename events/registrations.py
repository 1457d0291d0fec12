"""People who registered. What is here is personal data: never shown in public, deleted after the event."""

from enum import StrEnum
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .countries import country_name
from .desks import RegistrationDesk


class State(models.TextChoices):
    UNVERIFIED = "unverified", _("Mail address not confirmed yet")
    PENDING = "pending", _("Waits for the team’s decision")
    CONFIRMED = "confirmed", _("Has a place")
    WAITLISTED = "waitlisted", _("On the waiting list")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Registration cancelled")
    ATTENDED = "attended", _("Took part")


# Of these, there is one for each desk and mail address.
LIVE = (State.UNVERIFIED, State.PENDING, State.CONFIRMED, State.WAITLISTED, State.ATTENDED)
WITH_A_PLACE = (State.CONFIRMED, State.ATTENDED)


class Registration(models.Model):
    """`key` is what the signed links in mails name; `email_key` is the address as it is compared.

    `verified_at` gives the order of the waiting list.
    """

    desk = models.ForeignKey(RegistrationDesk, on_delete=models.CASCADE, related_name="registrations")
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("mail address"))
    email_key = models.CharField(max_length=254, editable=False)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    access_needs = models.TextField(_("what they need to take part"), blank=True)
    consent_text = models.TextField(_("agreed to"))
    consented_at = models.DateTimeField(_("agreed on"))
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.UNVERIFIED)
    created_at = models.DateTimeField(_("registered on"), default=timezone.now, editable=False)
    verified_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["desk", "state", "verified_at", "id"], name="registration_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "email_key"], condition=Q(state__in=LIVE), name="one_registration_per_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_state_display()})"

    def country_name(self) -> str:
        return country_name(self.country)


class MailKind(StrEnum):
    VERIFY = "verify"
    KNOWN = "known"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    MOVED_UP = "moved_up"
    DECLINED = "declined"
    FULL = "full"
    CANCELLED = "cancelled"
    CANCELLED_BY_TEAM = "cancelled_by_team"
    TO_DECIDE = "to_decide"
    EVENT_CANCELLED = "event_cancelled"
    EVENT_CHANGED = "event_changed"
    EVENT_BACK = "event_back"


ABOUT_THE_EVENT = (MailKind.EVENT_CANCELLED, MailKind.EVENT_CHANGED, MailKind.EVENT_BACK)


class RegistrationMail(models.Model):
    """A mail that is to be sent: written in the transaction of what it tells, tried until it went out.

    `error` says why the last attempt failed; `due_at` is when the next one may begin.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=30)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail about a registration")
        verbose_name_plural = _("mails about registrations")
        indexes = [models.Index(fields=["due_at"], name="mails_to_send", condition=Q(sent_at=None))]


class AttemptCount(models.Model):
    """How often somebody sent the form within an hour; `key` is a keyed hash, no address."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="one_attempt_count_per_hour")]
