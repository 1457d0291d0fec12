"""People who sign in, and the teams that say what they may do in which language."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

# With it, source texts go live in languages that the holder has no right to.
HELD_BY_NOBODY = frozenset({"wagtail_localize.submit_translation"})


class User(AbstractUser):
    """An account. Readers have none."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Some permissions pass over the teams: they are refused to superusers too, so nothing offers their use."""
        return perm not in HELD_BY_NOBODY and super().has_perm(perm, obj)


class Role(models.TextChoices):
    EDITOR = "editor", _("Editor")
    REVIEWER = "reviewer", _("Reviewer")
    TRANSLATOR = "translator", _("Translator")
    COORDINATOR = "coordinator", _("Coordinator")


class Team(models.Model):
    """People who hold one role in one language, or in every language where `language` is empty."""

    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Leave empty for a team that works in every language."),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="teams", blank=True, verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["role", "language"]
        constraints = [models.UniqueConstraint(fields=["role", "language"], name="one_team_per_role_and_language")]

    def __str__(self) -> str:
        language = self.get_language_display() if self.language else _("all languages")
        return f"{self.get_role_display()}: {language}"
