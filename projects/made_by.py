"""What a project made says so: which project, as which of its outputs, and with whose money."""

from dataclasses import replace

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from catalog.models import CatalogEntry
from catalog.record import FundingNotice, Record, Relation


class MadeByProject(models.Model):
    """Mixin before a described page. The project's own page shows this one by itself, under the output it names."""

    project = models.ForeignKey(
        "projects.ProjectPage",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Which project made it. What must be said of its funding is then shown by itself."),
    )
    project_output = models.CharField(
        _("output"), max_length=20, blank=True, help_text=_("The code that it has in the project, for example IO1.")
    )

    project_fields = [
        SynchronizedField("project", overridable=False),
        SynchronizedField("project_output", overridable=False),
    ]
    project_panel = MultiFieldPanel(
        [FieldRowPanel([FieldPanel("project"), FieldPanel("project_output")])], heading=_("Made by a project")
    )

    class Meta:
        abstract = True

    def to_record(self) -> Record:
        record = super().to_record()
        if self.project is None:
            return record
        relation = Relation(name="project", work=str(self.project.translation_key))
        extra = {**record.extra, "output": self.project_output} if self.project_output else record.extra
        return replace(record, funding=self.funding_notices(), relations=(*record.relations, relation), extra=extra)

    def funding_notices(self) -> tuple[FundingNotice, ...]:
        """Without the project's name and number as long as readers may not see the project."""
        notices = self.project.funding(self.locale.language_code)
        if CatalogEntry.objects.public().filter(work=self.project.translation_key).exists():
            return notices
        return tuple(replace(notice, project="", number="") for notice in notices)

    def shown_assets(self) -> tuple[set[int], set[int]]:
        files, pictures = super().shown_assets()
        return files, pictures | (self.project.logos() if self.project else set())
