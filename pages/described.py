"""What every page with contributors, files and classification shares, whatever app it belongs to.

The rows that hang on it (`attached_files`, `related_works`) are models of the resources app.
"""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from catalog.describable import Describable
from catalog.record import Agent, Record, Relation, Source
from content.blocks import BodyBlock
from content.fields import BlocksField
from content.pages import SitePage
from content.publication import Publication, Section
from network.models import Organization
from taxonomy.fields import ConceptsField
from taxonomy.models import Concept, License, Scheme

from .body import asset_ids, body_sections
from .describing import file_notice, license_notice, page_and_card_picture, page_path, terms
from .widgets import FilterableCheckboxes


def concepts_field(scheme: Scheme, label: str, help_text: str = "") -> ConceptsField:
    return ConceptsField(
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

    def publishing_agent(self, language: str) -> Agent | None:
        publisher = self.publishing_organization()
        return publisher.as_agent("publisher", language) if publisher else None

    def keyword_list(self) -> list[str]:
        return []

    def version_name(self) -> str:
        return ""

    def sources(self, language: str) -> list[Source]:
        """Works of others that this one is based on."""
        return []

    def card_facts(self) -> list[str]:
        """What cards in lists say of this kind, in the language of the edition."""
        return []

    def record_extra(self) -> dict:
        """What lists and other systems are told of this kind only. `facets` maps further filters to their codes."""
        return {"card": facts} if (facts := self.card_facts()) else {}

    def relations(self) -> list[Relation]:
        return [
            Relation(name="related", work=str(row.target.translation_key))
            for row in self.related_works.all()
            if row.target_id
        ]

    def to_record(self) -> Record:
        language = self.locale.language_code
        picture, card_picture = page_and_card_picture(self.image, self.image_alt)
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
            publisher=self.publishing_agent(language),
            concepts=self.terms_by_scheme(language),
            picture=picture,
            card_picture=card_picture,
            files=tuple(file_notice(row.file, language) for row in self.attached_files.all()),
            relations=tuple(self.relations()),
            based_on=tuple(self.sources(language)),
            keywords=tuple(self.keyword_list()),
            version=self.version_name(),
            extra=self.record_extra(),
        )

    def terms_by_scheme(self, language: str) -> dict:
        concepts = [concept for name in self.concept_fields for concept in getattr(self, name).all()]
        prefetch_related_objects(concepts, "labels")
        found: dict[str, list[Concept]] = {}
        for concept in concepts:
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


def tabs(content: list, page_class: type[DescribedPage], *more: tuple[str, list]) -> TabbedInterface:
    """The edit form of a described page, in the order in which a person fills it in.

    `more` are further tabs after the text, each with its heading.
    """
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Text")),
            *(ObjectList(panels, heading=heading) for heading, panels in more),
            ObjectList(page_class.file_panels, heading=_("Files and relations")),
            ObjectList(page_class.classification_panels, heading=_("What it is about")),
            ObjectList(
                page_class.people_panels,
                heading=_("People and licence") if hasattr(page_class, "license") else _("People"),
            ),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading=_("Address and menu")),
        ]
    )
