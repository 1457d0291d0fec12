"""Rows of a blueprint, and their way into HTML."""

from collections.abc import Iterable, Mapping

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from catalog.models import CatalogEntry
from content.blocks import PageBlock
from network.blocks import OrganizationBlock, OrganizationOrNameBlock, linked

from .rendering import render_table
from .row_blocks import link


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=200)
    text = blocks.TextBlock(label=_("What is done, by whom"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")


class ResultBlock(blocks.StructBlock):
    indicator = blocks.CharBlock(label=_("What was measured"), max_length=200)
    value = blocks.CharBlock(label=_("Result"), max_length=200)
    source = blocks.CharBlock(label=_("How it is known"), required=False, max_length=200)

    class Meta:
        icon = "success"
        label = _("Result")


class ActorBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("Actor"), max_length=200, help_text=_("An organization or a group, for example: vocational schools")
    )
    role = blocks.CharBlock(label=_("What it does"), required=False, max_length=300)
    contributes = blocks.CharBlock(
        label=_("What it brings"), required=False, max_length=300, help_text=_("Staff, rooms, money, contacts…")
    )

    class Meta:
        icon = "group"
        label = _("Actor")


class Criterion(models.TextChoices):
    RELEVANCE = "relevance", _("Relevance: it answers a real need")
    PARTICIPATION = "participation", _("Participation: those concerned help to decide")
    EFFECTIVENESS = "effectiveness", _("Effectiveness: it reaches its aims")
    EFFICIENCY = "efficiency", _("Efficiency: the effort is in proportion")
    TRANSFERABILITY = "transferability", _("Transferability: it can be done elsewhere")
    SUSTAINABILITY = "sustainability", _("Sustainability: it goes on when the funding ends")
    DIVERSITY = "diversity", _("Gender and diversity: it works for different people")
    COOPERATION = "cooperation", _("Cooperation: several actors share the work")
    OPENNESS = "openness", _("Openness: it is documented so that others can use it")
    INNOVATION = "innovation", _("Innovation: it does something in a new way")


class Met(models.TextChoices):
    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT = "not", _("Not met")


class CriterionBlock(blocks.StructBlock):
    criterion = blocks.ChoiceBlock(label=_("Criterion"), choices=Criterion.choices)
    met = blocks.ChoiceBlock(label=_("Is it met?"), choices=Met.choices)
    note = blocks.CharBlock(label=_("Why"), required=False, max_length=500)

    class Meta:
        icon = "check"
        label = _("Criterion")


class AdoptionBlock(OrganizationOrNameBlock):
    """Who does it, too: an organization with a record, or somebody by name; and the plan or project it became."""

    organization = OrganizationBlock(
        label=_("Organization"), required=False, help_text=_("Its page then shows this blueprint by itself.")
    )
    who = blocks.CharBlock(
        label=_("Who"), required=False, max_length=200, help_text=_("Only if it is not in the list of organizations.")
    )
    work = PageBlock(
        label=_("In which plan or project"),
        required=False,
        page_type=["resources.ActionPlanPage", "projects.ProjectPage"],
        help_text=_("If it is on this site. Its page then leads here, too."),
    )
    where = blocks.CharBlock(label=_("Where"), required=False, max_length=200)
    year = blocks.IntegerBlock(label=_("Since which year"), required=False, min_value=1900, max_value=2200)
    url = blocks.URLBlock(label=_("Link"), required=False, help_text=_("To a page that tells of it."))

    name_field = "who"

    class Meta:
        icon = "site"
        label = _("Adopted by")


def render_results(rows: Iterable[blocks.StructValue]) -> str:
    return render_table(
        _text("Results"),
        [_text("What was measured"), _text("Result"), _text("How it is known")],
        [(row["indicator"], row["value"], row["source"]) for row in rows],
    )


def render_actors(rows: Iterable[blocks.StructValue]) -> str:
    return render_table(
        _text("Actors and roles"),
        [_text("Actor"), _text("What it does"), _text("What it brings")],
        [(row["name"], row["role"], row["contributes"]) for row in rows],
    )


def render_criteria(rows: Iterable[blocks.StructValue]) -> str:
    criteria, met = dict(Criterion.choices), dict(Met.choices)
    return render_table(
        _text("Criteria"),
        [_text("Criterion"), _text("Is it met?"), _text("Why")],
        [
            (
                str(criteria.get(row["criterion"], row["criterion"])),
                format_html('<span class="status status-{}">{}</span>', row["met"], met.get(row["met"], row["met"])),
                row["note"],
            )
            for row in rows
        ],
    )


def render_adoptions(rows: Iterable[blocks.StructValue], language: str, works: Mapping[str, CatalogEntry]) -> str:
    """`works`: by work, what readers may see of the plans and projects that the rows name."""
    return render_table(
        _text("Adopted by"),
        [_text("Who"), _text("Where"), _text("Since"), _text("Plan or project")],
        [
            (
                linked(row["organization"], language) if row["organization"] else link(row["url"], row["who"]),
                row["where"],
                str(row["year"] or ""),
                link_to_work(works.get(work_of(row))),
            )
            for row in rows
            if row["organization"] or row["who"]
        ],
    )


def work_of(row: blocks.StructValue) -> str:
    return str(row["work"].translation_key) if row["work"] else ""


def link_to_work(entry: CatalogEntry | None) -> SafeString | str:
    if entry is None:
        return ""
    return format_html(
        '<a href="{}" hreflang="{}" lang="{}">{}</a>', entry.path, entry.language, entry.language, entry.title
    )
