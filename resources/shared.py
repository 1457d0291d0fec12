"""What all resources share: licence, people, classification, files, relations."""

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from catalog.describable import Describable
from catalog.record import Record, Relation
from content.blocks import BodyBlock
from content.fields import BlocksField
from content.models import File
from content.pages import SitePage
from content.publication import Publication, Section
from network.models import Organization
from taxonomy.models import Concept, License, Scheme, default_license_id

from .body import asset_ids, body_sections
from .describing import CARD_FILTERS, PAGE_FILTERS, file_notice, license_notice, page_path, picture_notice, terms
from .widgets import FilterableCheckboxes


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


def concepts_field(scheme: Scheme, label: str, help_text: str = "") -> ParentalManyToManyField:
    return ParentalManyToManyField(
        Concept,
        verbose_name=label,
        blank=True,
        related_name="+",
        limit_choices_to={"scheme": scheme},
        help_text=help_text,
    )


class DescribedPage(Describable, SitePage):
    """Abstract: a page with body, files, contributors and classification, and its way into the catalog."""

    body = BlocksField(BodyBlock(), verbose_name=_("text"), blank=True)
    topics = concepts_field(Scheme.TOPIC, _("topics"), _("What it is about. Two or three are enough."))
    countries = concepts_field(Scheme.COUNTRY, _("countries"), _("Where it was done, or where it applies."))
    target_groups = concepts_field(Scheme.TARGET_GROUP, _("target groups"), _("Whom it is meant to reach."))
    goals = concepts_field(Scheme.GOAL, _("sustainable development goals"))

    search_fields = [*Page.search_fields, index.SearchField("summary")]
    concept_fields = ("topics", "target_groups", "goals", "countries")
    override_translatable_fields = [
        *SitePage.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in concept_fields),
    ]

    file_panels = [
        InlinePanel(
            "attached_files",
            heading=_("Files"),
            label=_("File"),
            help_text=_("Readers download them one by one or all together. Each has its own language and licence."),
        ),
        InlinePanel("related_works", heading=_("Related resources"), label=_("Resource")),
    ]
    people_panels = [
        InlinePanel("contributions", heading=_("Authors and contributors"), label=_("Contributor")),
    ]
    classification_panels = [
        FieldPanel("topics", widget=FilterableCheckboxes),
        FieldPanel("target_groups", widget=FilterableCheckboxes),
        FieldPanel("countries", widget=FilterableCheckboxes),
        FieldPanel("goals", widget=FilterableCheckboxes),
    ]

    class Meta:
        abstract = True

    def sections(self) -> list[Section]:
        """The reading order; kinds with more than a body put theirs around it."""
        return body_sections(self.body)

    def facts(self) -> list[tuple[str, str]]:
        """Name and plain text of what is shown beside the text."""
        return []

    def license_of_work(self) -> License | None:
        return None

    def publishing_organization(self) -> Organization | None:
        return None

    def record_extra(self) -> dict:
        """What lists show of this kind only."""
        return {}

    def relations(self) -> list[Relation]:
        return [
            Relation(name="related", work=str(row.target.translation_key))
            for row in self.related_works.all()
            if row.target_id
        ]

    def to_record(self) -> Record:
        language = self.locale.language_code
        publisher = self.publishing_organization()
        return Record(
            work=str(self.translation_key),
            language=language,
            kind=self.catalog_kind,
            title=self.title,
            summary=self.summary,
            path=page_path(self),
            identifier=self.external_id,
            published=self.first_published_at.isoformat() if self.first_published_at else "",
            modified=self.last_published_at.isoformat() if self.last_published_at else "",
            license=license_notice(self.license_of_work(), language),
            agents=tuple(row.as_agent(language) for row in self.contributions.all()),
            publisher=publisher.as_agent("publisher", language) if publisher else None,
            concepts=self.terms_by_scheme(language),
            picture=picture_notice(self.image, self.image_alt, PAGE_FILTERS),
            card_picture=picture_notice(self.image, "", CARD_FILTERS),
            files=tuple(file_notice(row.file, language) for row in self.attached_files.all()),
            relations=tuple(self.relations()),
            extra=self.record_extra(),
        )

    def terms_by_scheme(self, language: str) -> dict:
        found: dict[str, list[Concept]] = {}
        for name in self.concept_fields:
            for concept in getattr(self, name).all().prefetch_related("labels"):
                found.setdefault(concept.scheme, []).append(concept)
        return {scheme: terms(concepts, language) for scheme, concepts in found.items()}

    def to_publication(self) -> Publication:
        return Publication(
            work=str(self.translation_key),
            language=self.locale.language_code,
            kind=self.catalog_kind,
            title=self.title,
            summary=self.summary,
            sections=tuple(self.sections()),
            facts=tuple(self.facts()),
        )

    def shown_assets(self) -> tuple[set[int], set[int]]:
        files, pictures = asset_ids(self)
        files |= {row.file_id for row in self.attached_files.all()}
        if self.image_id:
            pictures.add(self.image_id)
        return files, pictures


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


def tabs(content: list, page_class: type[DescribedPage]) -> TabbedInterface:
    """The edit form of a described page, in the order in which a person fills it in."""
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Text")),
            ObjectList(page_class.file_panels, heading=_("Files and relations")),
            ObjectList(page_class.classification_panels, heading=_("What it is about")),
            ObjectList(page_class.people_panels, heading=_("People and licence")),
            ObjectList(Page.promote_panels, heading=_("Address and menu")),
        ]
    )
