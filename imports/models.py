"""What came in by import, so that the next run knows it again."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from network.models import Organization

LOG_ACTION = "imports.import"


class Imported(models.Model):
    """Abstract: one record of the input, in one language, as an import last wrote it.

    `published` says that the import made it public, as finished work of people. `open_links` name works that have
    not come in yet.
    """

    import_id = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    published = models.BooleanField(default=False)
    open_links = models.JSONField(default=list)
    imported_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.import_id} ({self.language})"


class ImportedEdition(Imported):
    """`revision_id` is the revision that the import made: a later one means that somebody has edited the page here.

    `page` is empty once the page has been deleted here.
    """

    page = models.OneToOneField(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    revision_id = models.BigIntegerField()
    is_source = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("imported edition")
        verbose_name_plural = _("imported editions")
        constraints = [
            models.UniqueConstraint(fields=["import_id", "language"], name="one_import_per_edition"),
            models.UniqueConstraint(
                fields=["import_id"], condition=models.Q(is_source=True), name="one_source_per_work"
            ),
        ]


class ImportedOrganization(Imported):
    """`written` has the values that the import gave: what differs from them was edited here.

    `organization` is empty once it has been deleted here. `open_links` are projects of which it is not said what the
    organization does there.
    """

    organization = models.ForeignKey(Organization, null=True, on_delete=models.SET_NULL, related_name="+")
    written = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("imported organization")
        verbose_name_plural = _("imported organizations")
        constraints = [
            models.UniqueConstraint(fields=["import_id", "language"], name="one_import_per_organization"),
        ]
