"""How often readers searched for what. Nothing about who did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDay(models.Model):
    """What makes the keys of a day's searches unreadable; deleted when the day is over."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=32)


class AskedToday(models.Model):
    """A query of a day, known by a key; its text is there from the third search on. `empty` had no result."""

    day = models.DateField()
    key = models.CharField(max_length=32)
    language = models.CharField(max_length=10)
    text = models.CharField(max_length=100, blank=True)
    count = models.PositiveIntegerField()
    empty = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "key"], name="one_row_per_query_and_day")]


class AskedInMonth(models.Model):
    """A query in a month, which begins on that day. Without a text: all that was asked too rarely to be known."""

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    month = models.DateField(_("month"))
    text = models.CharField(_("words"), max_length=100, blank=True)
    count = models.PositiveIntegerField(_("searches"), default=0)
    empty = models.PositiveIntegerField(_("without results"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "language", "text"], name="one_row_per_query_and_month")
        ]
