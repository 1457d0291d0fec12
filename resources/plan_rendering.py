"""An action plan as sections: what was planned from the page, how far it is from the work's progress."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from catalog.models import CatalogEntry
from catalog.showing import nearest_editions
from content.publication import Section

from .progress import ActionStatus, PlanProgress

if TYPE_CHECKING:
    from .plans import ActionPlanPage


def progress_of(work: UUID) -> PlanProgress | None:
    return (
        PlanProgress.objects.filter(work=work).prefetch_related("actions", "indicators", "indicators__values").first()
    )


def overall_progress(progress: PlanProgress | None) -> dict[str, int]:
    """How many actions there are in each status."""
    counts = dict.fromkeys(ActionStatus.Status.values, 0)
    for action in progress.actions.all() if progress else ():
        counts[action.status] += 1
    return counts


def public_editions(page: "ActionPlanPage") -> dict[str, CatalogEntry]:
    """The blueprints that actions are based on, as far as readers may see them: by work, the nearest edition."""
    works = {str(action["based_on"].translation_key) for action in page.actions() if action["based_on"]}
    entries = CatalogEntry.objects.public().without_publication().filter(work__in=works)
    return {str(entry.work): entry for entry in nearest_editions(list(entries), page.locale.language_code)}


def plan_sections(page: "ActionPlanPage", progress: PlanProgress | None) -> list[Section]:
    statuses = {row.code: row for row in progress.actions.all()} if progress else {}
    indicators = {row.code: row for row in progress.indicators.all()} if progress else {}
    based_on = public_editions(page)
    sections = [
        Section(
            id=f"priority-{number}",
            title=_("Priority %(number)s: %(title)s") % {"number": number, "title": block.value["title"]},
            html=render_to_string(
                "resources/sections/priority.html",
                {
                    "rationale": block.value["rationale"],
                    "actions": [
                        {
                            "value": action,
                            "based_on": based_on.get(str(action["based_on"].translation_key))
                            if action["based_on"]
                            else None,
                            "status": statuses.get(action["code"]),
                            "indicators": [
                                {"value": indicator, "figures": indicators.get(indicator["code"])}
                                for indicator in action["indicators"]
                            ],
                        }
                        for action in block.value["actions"]
                    ],
                },
            ),
        )
        for number, block in enumerate(page.priorities, start=1)
    ]
    if page.network:
        members = [block.value for block in page.network]
        html = render_to_string("resources/sections/network.html", {"items": members})
        sections.append(Section(id="network", title=_("The network"), html=html))
    return sections
