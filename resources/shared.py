"""What all resources share: licence, publisher, period; and the rows of files and relations."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField

from content.models import File
from network.models import Organization
from pages.described import DescribedPage
from taxonomy.models import License, default_license_id


class AttachedFile(Orderable):
    page = ParentalKey("wagtailcore.Page", related_name="attached_files", on_delete=models.CASCADE)
    file = models.ForeignKey(File, verbose_name=_("file"), on_delete=models.CASCADE, related_name="attachments")

    panels = [FieldPanel("file")]


class RelatedWork(Orderable):
    """A link to another work, whichever edition of it was chosen."""

    page = ParentalKey("wagtailcore.Page", related_name="related_works", on_delete=models.CASCADE)
    target = models.ForeignKey(Page, verbose_name=_("resource"), on_delete=models.CASCADE, related_name="+")

    panels = [
        PageChooserPanel(
            "target",
            ["resources.BlueprintPage", "resources.ActionPlanPage", "toolkits.ToolkitPage", "news.NewsPage"],
        )
    ]


class ResourcePage(DescribedPage):
    """Abstract: a described page that may be taken along, so it carries a licence and a publisher."""

    license = models.ForeignKey(
        License,
        verbose_name=_("licence"),
        default=default_license_id,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What others may do with the text. Files carry their own."),
    )
    publisher = models.ForeignKey(
        Organization,
        verbose_name=_("publisher"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    period_start = models.DateField(_("from"), null=True, blank=True)
    period_end = models.DateField(_("until"), null=True, blank=True)
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Shown to readers."))

    override_translatable_fields = [
        *DescribedPage.override_translatable_fields,
        SynchronizedField("license", overridable=False),
        SynchronizedField("publisher", overridable=False),
    ]

    people_panels = [
        *DescribedPage.people_panels,
        FieldPanel("publisher"),
        FieldPanel("license"),
        FieldPanel("contact"),
    ]
    period_panel = MultiFieldPanel(
        [FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")])], heading=_("Period")
    )

    class Meta:
        abstract = True

    def license_of_work(self) -> License | None:
        return self.license

    def publishing_organization(self) -> Organization | None:
        return self.publisher

    def facts(self) -> list[tuple[str, str]]:
        start = date_format(self.period_start, "YEAR_MONTH_FORMAT") if self.period_start else ""
        end = date_format(self.period_end, "YEAR_MONTH_FORMAT") if self.period_end else ""
        facts = []
        if start or end:
            facts.append((_text("Period"), f"{start} – {end}".strip(" –")))
        if self.contact:
            facts.append((_text("Contact"), self.contact))
        return facts
