"""A project's structured fields as sections, once, when it is published or its figures change."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from content.publication import Section
from network.models import Organization
from taxonomy.models import Concept, Scheme

from .blocks import OUTPUT_TYPES
from .counting import tallies, total
from .figures import ActivityFigures

if TYPE_CHECKING:
    from .pages import ProjectPage


def needs_section(needs: StreamValue, language: str) -> Section | None:
    if not needs:
        return None
    codes = {block.value["target_group"] for block in needs}
    concepts = Concept.objects.with_labels().by_code(Scheme.TARGET_GROUP, codes)
    labels = {code: concept.label(language) for code, concept in concepts.items()}
    items = [
        {"group": labels.get(block.value["target_group"], block.value["target_group"]), "text": block.value["text"]}
        for block in needs
    ]
    html = render_to_string("projects/sections/needs.html", {"items": items})
    return Section(id="needs", title=_("What the target groups need"), html=html)


def partner_rows(page: "ProjectPage", language: str) -> list[dict]:
    """The coordinator first, then the partners in their order, each once; countries may be None."""
    partners = list(page.partners.all())
    prefetch_related_objects(partners, "country__labels", "organization__other_names", "organization__country__labels")
    rows = [
        partner_row(row.organization, language)
        | {
            "role": row.role,
            "role_label": row.get_role_display(),
            "country": row.shown_country,
            "website": row.website or row.organization.website,
        }
        for row in partners
        if row.organization_id != page.coordinator_id
    ]
    if page.coordinator:
        prefetch_related_objects([page.coordinator], "other_names", "country__labels")
        own = next((row for row in partners if row.organization_id == page.coordinator_id), None)
        coordinator = partner_row(page.coordinator, language) | {"role": "coordinator", "role_label": _("Coordinator")}
        if own:
            coordinator |= {"country": own.shown_country, "website": own.website or page.coordinator.website}
        rows.insert(0, coordinator)
    for row in rows:
        row["country_label"] = row["country"].label(language) if row["country"] else ""
    return rows


def partner_row(organization: Organization, language: str) -> dict:
    return {
        "slug": organization.slug,
        "name": organization.name_in(language),
        "path": organization.path_in(language),
        "city": organization.city,
        "country": organization.country,
        "website": organization.website,
    }


def partners_section(page: "ProjectPage", language: str) -> Section | None:
    rows = partner_rows(page, language)
    if not rows:
        return None
    html = render_to_string("projects/sections/partners.html", {"items": rows})
    return Section(id="partners", title=_("Partners"), html=html)


def figures_of(work: UUID) -> dict[str, ActivityFigures]:
    """By the activities' codes."""
    rows = ActivityFigures.objects.filter(project__work=work).prefetch_related("counts__country__labels")
    return {row.code: row for row in rows}


def activities_section(page: "ProjectPage", language: str) -> Section | None:
    if not page.activities:
        return None
    figures = figures_of(page.translation_key)
    items = []
    for block in page.activities:
        rows = tallies(figures.get(block.value["code"]), language)
        items.append({"value": block.value, "rows": rows, "total": total(rows) if len(rows) > 1 else None})
    with_progress = any(row.percent is not None for item in items for row in item["rows"])
    html = render_to_string("projects/sections/activities.html", {"items": items, "with_progress": with_progress})
    return Section(id="activities", title=_("Activities: planned and done"), html=html)


def output_sections(outputs: StreamValue) -> list[Section]:
    """One for each output, below a heading of their own; what has been published of it is added when it is read."""
    if not outputs:
        return []
    sections = [Section(id="outputs", title=_("Outputs"), html="")]
    for number, block in enumerate(outputs, start=1):
        value = block.value
        label = dict(OUTPUT_TYPES).get(value["type"], "")
        html = render_to_string("projects/sections/output.html", {"value": value, "type": label})
        title = f"{value['code']}: {value['title']}"
        sections.append(Section(id=f"output-{number}", title=title, html=html, level=3))
    return sections
