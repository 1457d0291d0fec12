"""What every page of the site has."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField

from accounts.models import User

from .edit_forms import PageForm
from .page_permissions import LanguagePermissionTester


class OwnField(BaseTranslatableField):
    """A field of each edition's own: neither a text to translate nor copied from the source."""


class SitePage(Page):
    """Abstract: summary, picture, and rights by language.

    `external_id` is the identifier that an import gave; all editions of a work share it.
    """

    summary = models.TextField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences: what it is and what a reader can do with it. Shown in lists and search."),
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it. Empty only for decoration."),
    )
    external_id = models.CharField(max_length=200, blank=True, editable=False, db_index=True)

    override_translatable_fields = [SynchronizedField("external_id", overridable=False), OwnField("slug")]

    summary_panels = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture")),
    ]
    content_panels = summary_panels
    base_form_class = PageForm

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> LanguagePermissionTester:
        return LanguagePermissionTester(user, self)
