"""Projects: who works together, with which funding, and what comes of it. Only the name is required."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.rich_text import expand_db_html
from wagtail_localize.fields import SynchronizedField

from catalog.record import FundingNotice, Record, Relation
from content.fields import BlocksField
from content.money import Currency, money
from content.publication import Publication, Section
from network.models import Organization
from pages.described import DescribedPage
from pages.describing import picture_notice, terms
from taxonomy.models import Concept, Scheme

from .blocks import ActivityBlock, NeedBlock, OutputBlock
from .dates import Precision, bounds, iso, shown
from .rendering import activities_section, needs_section, output_sections, partner_rows, partners_section

LOGO_FILTERS = ("max-200x120", "max-400x240")
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]
MONTH_HELP = _("If only the month or year is known, any day of it will do; say so beside it.")


class Status(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    FINISHED = "finished", _("Finished")


def precision_field() -> models.CharField:
    return models.CharField(_("known to the"), max_length=5, choices=Precision.choices, default=Precision.MONTH)


class ProjectPage(DescribedPage):
    catalog_kind = "project"

    acronym = models.CharField(_("acronym"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, blank=True)
    start_date = models.DateField(_("start"), null=True, blank=True, help_text=MONTH_HELP)
    start_precision = precision_field()
    end_date = models.DateField(_("end"), null=True, blank=True)
    end_precision = precision_field()
    website = models.URLField(_("website"), blank=True)
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Shown to readers."))

    funding_programme = models.ForeignKey(
        "taxonomy.FundingProgramme",
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who funds it. What must be said of the programme is shown in every language by itself."),
    )
    programme_name = models.CharField(
        _("another programme"), max_length=200, blank=True, help_text=_("Only if the list does not have it.")
    )
    key_action = models.CharField(_("key action"), max_length=100, blank=True, help_text=_("For example KA202."))
    action_type = models.CharField(
        _("action type"), max_length=200, blank=True, help_text=_("For example: strategic partnership for VET.")
    )
    call_year = models.PositiveSmallIntegerField(
        _("year of the call"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1980), MaxValueValidator(2100)],
    )
    grant_number = models.CharField(_("grant agreement number"), max_length=60, blank=True)
    grant_amount = models.DecimalField(
        _("grant"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    grant_currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.EUR)

    objectives = RichTextField(_("objectives"), blank=True, features=TEXT_FEATURES)
    needs = BlocksField([("need", NeedBlock())], verbose_name=_("needs of the target groups"), blank=True)
    activities = BlocksField(
        [("activity", ActivityBlock())],
        verbose_name=_("activities"),
        blank=True,
        help_text=_(
            "Once the project is published, enter planned and actual numbers for each country under "
            "“Figures of projects” in the menu. They count for all languages and may change at any time."
        ),
    )
    outputs = BlocksField([("output", OutputBlock())], verbose_name=_("outputs"), blank=True)

    coordinator = models.ForeignKey(
        Organization,
        verbose_name=_("coordinator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="coordinated_projects",
    )
    predecessor = models.ForeignKey(
        Page,
        verbose_name=_("previous project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The project that this one continues. That one shows this one by itself."),
    )

    gathered_with = ("funding_programme__texts", "funding_programme__logo__renditions")
    parent_page_types = ["resources.ListingPage"]
    subpage_types: list[str] = []

    override_translatable_fields = [
        *DescribedPage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "acronym", "status", "start_date", "start_precision", "end_date", "end_precision", "website", "contact",
                "key_action", "call_year", "grant_number", "grant_amount", "grant_currency", "coordinator",
                "funding_programme",
                "predecessor",
            )
        ),
    ]  # fmt: skip

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *DescribedPage.summary_panels,
                    FieldRowPanel([FieldPanel("acronym"), FieldPanel("status")]),
                    FieldRowPanel([FieldPanel("start_date"), FieldPanel("start_precision")]),
                    FieldRowPanel([FieldPanel("end_date"), FieldPanel("end_precision")]),
                    FieldRowPanel([FieldPanel("website"), FieldPanel("contact")]),
                    FieldPanel("objectives"),
                    FieldPanel("body"),
                    FieldPanel("needs"),
                ],
                heading=_("Text"),
            ),
            ObjectList(
                [
                    FieldPanel("coordinator"),
                    InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("funding_programme"), FieldPanel("programme_name")]),
                            FieldRowPanel([FieldPanel("key_action"), FieldPanel("action_type")]),
                            FieldRowPanel([FieldPanel("call_year"), FieldPanel("grant_number")]),
                            FieldRowPanel([FieldPanel("grant_amount"), FieldPanel("grant_currency")]),
                        ],
                        heading=_("Funding"),
                    ),
                    PageChooserPanel("predecessor", "projects.ProjectPage"),
                ],
                heading=_("Partners and funding"),
            ),
            ObjectList([FieldPanel("activities"), FieldPanel("outputs")], heading=_("Activities and outputs")),
            ObjectList([*DescribedPage.file_panels, *DescribedPage.people_panels], heading=_("Files and people")),
            ObjectList(DescribedPage.classification_panels, heading=_("What it is about")),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading=_("Address and menu")),
        ]
    )

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.start_date and self.end_date:
            earliest, _last = bounds(self.start_date, self.start_precision)
            _first, latest = bounds(self.end_date, self.end_precision)
            if latest < earliest:
                errors["end_date"] = _text("The project cannot end before it starts.")
        if self.predecessor and self.follows_itself():
            errors["predecessor"] = _text("A project cannot continue itself, nor one that continues it.")
        for name in ("activities", "outputs"):
            twice = repeated_code(getattr(self, name))
            if twice:
                errors[name] = _text("The code %(code)s stands there twice.") % {"code": twice}
        if errors:
            raise ValidationError(errors)

    def follows_itself(self) -> bool:
        """Whether the chain of earlier projects leads back here. It is as long as there are projects at most."""
        seen = {self.translation_key}
        project = self.predecessor
        while project is not None:
            if project.translation_key in seen:
                return True
            seen.add(project.translation_key)
            specific = ProjectPage.objects.filter(pk=project.pk).select_related("predecessor").first()
            project = specific.predecessor if specific else None
        return False

    def period(self) -> str:
        start, end = shown(self.start_date, self.start_precision), shown(self.end_date, self.end_precision)
        if start and end:
            return start if start == end else f"{start} – {end}"
        if start:
            return _text("since %(date)s") % {"date": start}
        return _text("until %(date)s") % {"date": end} if end else ""

    def programme(self) -> str:
        """Its name in the page's language; the one typed in where the list has none."""
        if self.funding_programme:
            return self.funding_programme.texts_in(self.locale.language_code).name
        return self.programme_name

    def funding(self, language: str) -> tuple[FundingNotice, ...]:
        if not self.funding_programme:
            return ()
        texts = self.funding_programme.texts_in(language)
        notice = FundingNotice(
            code=texts.code,
            programme=texts.name,
            acknowledgement=texts.acknowledgement,
            disclaimer=texts.disclaimer,
            project=self.title,
            number=self.grant_number,
            logo=picture_notice(self.funding_programme.logo, texts.name, LOGO_FILTERS),
        )
        return (notice,)

    def to_record(self) -> Record:
        return replace(super().to_record(), funding=self.funding(self.locale.language_code))

    def shown_assets(self) -> tuple[set[int], set[int]]:
        files, pictures = super().shown_assets()
        return files, pictures | self.logos()

    def logos(self) -> set[int]:
        """Ids of the pictures that its funding is shown with."""
        logo = self.funding_programme.logo_id if self.funding_programme else None
        return {logo} if logo else set()

    def facts(self) -> list[tuple[str, str]]:
        facts = [
            (_text("Acronym"), self.acronym),
            (_text("Status"), self.get_status_display() if self.status else ""),
            (_text("Period"), self.period()),
            (_text("Coordinator"), self.coordinator.name_in(self.locale.language_code) if self.coordinator else ""),
            (_text("Programme"), self.programme()),
            (_text("Key action"), self.key_action),
            (_text("Action type"), self.action_type),
            (_text("Year of the call"), str(self.call_year or "")),
            (_text("Grant agreement number"), self.grant_number),
            (_text("Grant"), money(self.grant_amount, self.grant_currency)),
            (_text("Contact"), self.contact),
        ]
        return [(name, str(value)) for name, value in facts if value]

    def sections(self) -> list[Section]:
        language = self.locale.language_code
        parts = [
            Section(id="objectives", title=_text("Objectives"), html=expand_db_html(self.objectives)),
            *super().sections(),
            needs_section(self.needs, language),
            partners_section(self, language),
            activities_section(self, language),
        ]
        return [*(part for part in parts if part and part.html), *output_sections(self.outputs)]

    def to_publication(self) -> Publication:
        """With the codes of the outputs by the section that shows them."""
        publication = super().to_publication()
        codes = {f"output-{number}": block.value["code"] for number, block in enumerate(self.outputs, start=1)}
        publication.extra.update({"outputs": codes, "period": self.period(), "status": str(self.get_status_display())})
        return publication

    def record_extra(self) -> dict:
        rows = partner_rows(self, self.locale.language_code)
        return {
            "acronym": self.acronym,
            "programme": self.programme(),
            "status": self.status,
            "start": iso(self.start_date, self.start_precision),
            "end": iso(self.end_date, self.end_precision),
            "website": self.website,
            "coordinator": self.coordinator.name_in(self.locale.language_code) if self.coordinator else "",
            "partner_countries": list(dict.fromkeys(row["country"].code for row in rows if row["country"])),
            "organizations": {row["slug"]: row["role"] for row in reversed(rows)},
        }

    def relations(self) -> list[Relation]:
        before = self.predecessor
        named = [Relation(name="predecessor", work=str(before.translation_key))] if before else []
        return [*super().relations(), *named]

    def terms_by_scheme(self, language: str) -> dict:
        """Also by the countries of the partners and the groups whose needs it names."""
        found = super().terms_by_scheme(language)
        groups = {block.value["target_group"] for block in self.needs}
        concepts = Concept.objects.with_labels().by_code(Scheme.TARGET_GROUP, groups).values()
        countries = [row["country"] for row in partner_rows(self, language) if row["country"]]
        for scheme, more in ((Scheme.TARGET_GROUP, list(concepts)), (Scheme.COUNTRY, countries)):
            known = {term.code: term for term in found.get(scheme, ())}
            for term in terms(more, language):
                known.setdefault(term.code, term)
            if known:
                found[scheme] = tuple(known.values())
        return found


def repeated_code(rows: StreamValue) -> str:
    seen: set[str] = set()
    for block in rows:
        code = block.value["code"].casefold()
        if code in seen:
            return block.value["code"]
        seen.add(code)
    return ""
