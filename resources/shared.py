"""What all resources share: licence, publisher, period, versions, sources; and the rows of files and relations."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page
from wagtail_localize.fields import SynchronizedField

from catalog.record import Agent, Source
from catalog.together import once
from content.fields import BlocksField
from content.models import File, SiteIdentity
from content.publication import Section
from network.models import Organization
from pages.described import DescribedPage, concepts_field
from pages.describing import html_paragraphs, license_notice, terms
from pages.widgets import FilterableCheckboxes
from projects.made_by import MadeByProject
from taxonomy.models import Concept, License, Scheme, default_license_id

from .codes import AccessibilityFeature, AccessMode, CodesField
from .forms import ResourceForm, split_keywords
from .rendering import headed, values
from .row_blocks import ChangeBlock, SourceBlock, render_changes, render_sources


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
            [
                "resources.BlueprintPage",
                "resources.ActionPlanPage",
                "toolkits.ToolkitPage",
                "projects.ProjectPage",
                "events.EventPage",
                "news.NewsPage",
            ],
        )
    ]


@once
def resource_types(code: str) -> list[Concept]:
    """One or none, with its labels."""
    return list(Concept.objects.in_scheme(Scheme.RESOURCE_TYPE).filter(code=code).with_labels())


class ResourcePage(MadeByProject, DescribedPage):
    """Abstract: a described page that may be taken along, so it carries a licence and a publisher.

    `default_resource_type` is the code of the concept that stands for the kind where an editor chose none.
    """

    default_resource_type = ""

    alternative_title = models.CharField(
        _("alternative title"),
        max_length=255,
        blank=True,
        help_text=_("Another name under which people know it, for example an abbreviation or the original title."),
    )
    keywords = models.TextField(
        _("keywords"),
        blank=True,
        help_text=_("Words that people search for and that are not in the text, separated by commas."),
    )
    version = models.CharField(_("version"), max_length=20, blank=True, help_text=_("For example 1.1"))
    change_log = BlocksField(
        [("change", ChangeBlock())],
        verbose_name=_("versions so far"),
        blank=True,
        help_text=_("One row for each version, the newest first."),
    )
    created = models.DateField(
        _("written on"),
        null=True,
        blank=True,
        help_text=_("When it was written, if long before it was published here."),
    )
    license = models.ForeignKey(
        License,
        verbose_name=_("licence"),
        default=default_license_id,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What others may do with the text. Files carry their own."),
    )
    copyright_holder = models.CharField(
        _("copyright holder"), max_length=255, blank=True, help_text=_("Empty: the authors hold the rights.")
    )
    copyright_year = models.PositiveSmallIntegerField(
        _("year of the copyright"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2200)],
    )
    based_on = BlocksField(
        [("source", SourceBlock())],
        verbose_name=_("based on works of others"),
        blank=True,
        help_text=_("What was adapted, translated or quoted at length. Most licences ask for this."),
    )
    publisher = models.ForeignKey(
        Organization,
        verbose_name=_("publisher"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    regions = concepts_field(
        Scheme.REGION, _("regions"), _("Only if it belongs to regions rather than whole countries.")
    )
    education_levels = concepts_field(Scheme.EDUCATION_LEVEL, _("educational levels"))
    fields_of_education = concepts_field(Scheme.FIELD, _("fields of education"))
    resource_types = concepts_field(
        Scheme.RESOURCE_TYPE, _("types of resource"), _("Empty: what is usual for this kind of page.")
    )
    audience = models.CharField(
        _("audience"),
        max_length=255,
        blank=True,
        help_text=_("Who uses it, in your own words, for example: teachers who lead a class for the first time"),
    )
    age_from = models.PositiveSmallIntegerField(
        _("age from"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True, validators=[MaxValueValidator(120)])
    access_modes = CodesField(verbose_name=_("how the content is perceived"), codes=AccessMode)
    accessibility_features = CodesField(verbose_name=_("what helps people to use it"), codes=AccessibilityFeature)
    accessibility_summary = models.TextField(
        _("accessibility in words"),
        blank=True,
        max_length=1000,
        help_text=_("What works and what does not, for example: the two PDF files are not tagged."),
    )
    period_start = models.DateField(_("from"), null=True, blank=True)
    period_end = models.DateField(_("until"), null=True, blank=True)
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Shown to readers."))

    base_form_class = ResourceForm
    concept_fields = (
        *DescribedPage.concept_fields,
        "regions",
        "education_levels",
        "fields_of_education",
        "resource_types",
    )
    override_translatable_fields = [
        *DescribedPage.override_translatable_fields,
        *MadeByProject.project_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "license", "publisher", "version", "copyright_holder", "access_modes", "accessibility_features",
                "regions", "education_levels", "fields_of_education", "resource_types",
            )
        ),
    ]  # fmt: skip

    title_panels = [
        DescribedPage.summary_panels[0],
        FieldPanel("alternative_title"),
        *DescribedPage.summary_panels[1:],
    ]
    file_panels = [MadeByProject.project_panel, *DescribedPage.file_panels, FieldPanel("based_on")]
    classification_panels = [
        *DescribedPage.classification_panels[:3],
        FieldPanel("regions", widget=FilterableCheckboxes),
        *DescribedPage.classification_panels[3:],
        FieldPanel("keywords"),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to")]),
                FieldPanel("education_levels", widget=FilterableCheckboxes),
                FieldPanel("fields_of_education", widget=FilterableCheckboxes),
                FieldPanel("resource_types", widget=FilterableCheckboxes),
            ],
            heading=_("Who learns with it"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("access_modes"),
                FieldPanel("accessibility_features"),
                FieldPanel("accessibility_summary"),
            ],
            heading=_("Accessibility of the content"),
        ),
    ]
    people_panels = [
        *DescribedPage.people_panels,
        FieldPanel("publisher"),
        FieldPanel("contact"),
        FieldPanel("license"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("copyright_holder"), FieldPanel("copyright_year")])], heading=_("Copyright")
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("version"), FieldPanel("created")]), FieldPanel("change_log")],
            heading=_("Versions"),
        ),
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

    def publishing_agent(self, language: str) -> Agent | None:
        """The publisher; the site where neither one nor an author is named, so that an attribution names somebody."""
        publisher = super().publishing_agent(language)
        if publisher or self.contributions.all():
            return publisher
        identity = SiteIdentity.current()
        return Agent(name=identity.publisher or identity.name, role="publisher")

    def keyword_list(self) -> list[str]:
        return split_keywords(self.keywords)

    def version_name(self) -> str:
        return self.version

    def sources(self, language: str) -> list[Source]:
        rows = values(self.based_on)
        licenses = License.objects.in_bulk({row["license"] for row in rows if row["license"]}, field_name="code")
        return [
            Source(
                title=row["title"],
                creator=row["creator"] or "",
                url=row["url"] or "",
                license=license_notice(licenses.get(row["license"]), language),
                changes=row["changes"] or "",
            )
            for row in rows
        ]

    def terms_by_scheme(self, language: str) -> dict:
        found = super().terms_by_scheme(language)
        if Scheme.RESOURCE_TYPE in found or not self.default_resource_type:
            return found
        usual = terms(resource_types(self.default_resource_type), language)
        return {**found, Scheme.RESOURCE_TYPE: usual} if usual else found

    def recommended(self) -> list[tuple[str, bool]]:
        """Labels of this kind's own fields that should not be empty, and whether they are filled in."""
        return []

    def period(self) -> str:
        start = date_format(self.period_start, "YEAR_MONTH_FORMAT") if self.period_start else ""
        end = date_format(self.period_end, "YEAR_MONTH_FORMAT") if self.period_end else ""
        return start if start == end else f"{start} – {end}".strip(" –")

    def ages(self) -> str:
        if self.age_from is not None and self.age_to is not None:
            return f"{self.age_from}–{self.age_to}"
        if self.age_from is not None:
            return _text("%(age)s and older") % {"age": self.age_from}
        return _text("up to %(age)s") % {"age": self.age_to} if self.age_to is not None else ""

    def facts(self) -> list[tuple[str, str]]:
        copyright_line = " ".join(filter(None, [str(self.copyright_year or ""), self.copyright_holder]))
        facts = [
            (_text("Also called"), self.alternative_title),
            (_text("Period"), self.period()),
            (_text("Audience"), self.audience),
            (_text("Age"), self.ages()),
            (_text("Written on"), date_format(self.created, "DATE_FORMAT") if self.created else ""),
            (_text("Version"), self.version),
            (_text("Copyright"), f"© {copyright_line}" if copyright_line else ""),
            (_text("Contact"), self.contact),
        ]
        return [(name, value) for name, value in facts if value]

    def closing_sections(self) -> list[Section]:
        """What is said about the text rather than in it; empty ones are left out."""
        sections = [
            Section(id="accessibility", title=_text("Accessibility"), html=self.accessibility_html()),
            Section(id="based-on", title=_text("Based on"), html=render_sources(values(self.based_on))),
            Section(id="versions", title=_text("Versions"), html=render_changes(values(self.change_log))),
        ]
        return [section for section in sections if section.html]

    def accessibility_html(self) -> str:
        lists = [
            (_text("How the content is perceived"), self._meta.get_field("access_modes").labels(self.access_modes)),
            (
                _text("What helps people to use it"),
                self._meta.get_field("accessibility_features").labels(self.accessibility_features),
            ),
        ]
        html = "".join(
            headed(
                title, format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((label,) for label in labels)))
            )
            for title, labels in lists
            if labels
        )
        return html + html_paragraphs(self.accessibility_summary)

    def record_extra(self) -> dict:
        """Besides what lists show: `copyright`, `ages`, `created` (ISO 8601) and accessibility as schema.org has it."""
        said = {
            "alternate_title": self.alternative_title,
            "audience": self.audience,
            "ages": [self.age_from, self.age_to] if self.ages() else [],
            "created": self.created.isoformat() if self.created else "",
            "copyright": {"holder": self.copyright_holder, "year": self.copyright_year}
            if self.copyright_holder or self.copyright_year
            else {},
            "period": [day.isoformat() if day else "" for day in (self.period_start, self.period_end)]
            if self.period_start or self.period_end
            else [],
            "access_modes": self.access_modes,
            "accessibility_features": self.accessibility_features,
            "accessibility_summary": self.accessibility_summary,
        }
        return {**super().record_extra(), **{name: value for name, value in said.items() if value}}
