"""What the site calls itself."""

from django.core.cache import cache
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

CACHE_KEY = "site-identity"
CACHE_SECONDS = 60


@register_setting(icon="home")
class SiteIdentity(BaseSiteSetting):
    name = models.CharField(_("name of the site"), max_length=100, default="Inclusion Commons")
    publisher = models.CharField(
        _("publisher"),
        max_length=200,
        blank=True,
        help_text=_("The organization that answers for the site; shown at the foot of every page."),
    )
    contact = models.EmailField(_("contact"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("publisher"), FieldPanel("contact")]

    class Meta:
        verbose_name = _("site identity")

    @classmethod
    def current(cls) -> "SiteIdentity":
        """What every page shows; up to a minute old in other processes than the one that changed it."""
        return cache.get_or_set(CACHE_KEY, lambda: cls.objects.first() or cls(), CACHE_SECONDS)


@receiver([post_save, post_delete], sender=SiteIdentity)
def forget(**kwargs: object) -> None:
    cache.delete(CACHE_KEY)
