"""What the site calls itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


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
