"""An action plan as sections: what was planned from the page, how far it is from the work's progress."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.blocks import StructValue

from catalog.models import CatalogEntry
from content.money import money
from content.publication import Section
from network.blocks import linked, with_names
from network.models import Organization

from .charts import line_chart
from .plan_blocks import MemberBlock, action_anchor
from .progress import ActionStatus, Indicator, PlanProgress
from .rendering import render_table, values
from .row_blocks import link
from .uses import public_editions

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


def plan_sections(page: "ActionPlanPage", progress: PlanProgress | None) -> list[Section]:
    language = page.locale.language_code
    with_names(row.organization for row in page.involvements())
    statuses = {row.code: row for row in progress.actions.all()} if progress else {}
    indicators = {row.code: row for row in progress.indicators.all()} if progress else {}
    works = {str(action["based_on"].translation_key) for action in page.actions() if action["based_on"]}
    based_on = public_editions(works, language)
    priorities = values(page.priorities)
    sections = [Section(id="progress", title=_("Progress"), html=progress_table(priorities, statuses))]
    sections += [
        Section(
            id=f"priority-{number}",
            title=_("Priority %(number)s: %(title)s") % {"number": number, "title": priority["title"]},
            html=render_to_string(
                "resources/sections/priority.html",
                {
                    "rationale": priority["rationale"],
                    "counts": counts_in_words(priority, statuses),
                    "actions": [
                        action_context(action, statuses.get(action["code"]), indicators, based_on)
                        | parties(action, language)
                        for action in priority["actions"]
                    ],
                },
            ),
        )
        for number, priority in enumerate(priorities, start=1)
    ]
    members = render_table(
        _("The network"),
        [_("Member"), _("Role in the network")],
        [(member_name(member, language), member_role(member)) for member in values(page.network) if is_named(member)],
    )
    return [*sections, Section(id="network", title=_("The network"), html=members)]


def parties(action: StructValue, language: str) -> dict[str, SafeString]:
    """Who leads an action and who takes part: those with a page of their own are linked, others follow by name."""
    return {
        "lead": in_a_row([action["lead_organization"]], action["lead"], language),
        "partners": in_a_row(action["partner_organizations"], action["partners"], language),
    }


def in_a_row(organizations: Iterable[Organization | None], others: str, language: str) -> SafeString:
    names = [linked(organization, language) for organization in organizations if organization]
    return format_html_join(", ", "{}", ((name,) for name in [*names, others] if name))


def is_named(member: StructValue) -> bool:
    return bool(member["organization"] or member["name"])


def member_name(member: StructValue, language: str) -> SafeString | str:
    return linked(member["organization"], language) if member["organization"] else link(member["url"], member["name"])


def member_role(member: StructValue) -> str:
    """In the editor's words; what only the choice tells, in those of the list."""
    if member["role"] or member["part"] in (None, "", MemberBlock.Part.MEMBER):
        return member["role"]
    return str(dict(MemberBlock.Part.choices).get(member["part"], ""))


def counts_of(priority: StructValue, statuses: dict[str, ActionStatus]) -> Counter:
    found = (statuses.get(action["code"]) for action in priority["actions"])
    return Counter(row.status for row in found if row)


def counts_in_words(priority: StructValue, statuses: dict[str, ActionStatus]) -> list[dict]:
    counts = counts_of(priority, statuses)
    return [
        {"status": status, "label": label, "count": counts[status]}
        for status, label in ActionStatus.Status.choices
        if counts[status]
    ]


def progress_table(priorities: list[StructValue], statuses: dict[str, ActionStatus]) -> str:
    """Actions by priority and status; nothing while no progress is noted."""
    if not statuses:
        return ""
    return render_table(
        _("Actions by priority and status"),
        [_("Priority"), *(str(label) for label in ActionStatus.Status.labels)],
        [
            (
                link(f"#priority-{number}", priority["title"]),
                *(str(counts_of(priority, statuses)[status]) for status in ActionStatus.Status.values),
            )
            for number, priority in enumerate(priorities, start=1)
        ],
    )


def action_context(
    action: StructValue,
    status: ActionStatus | None,
    indicators: dict[str, Indicator],
    based_on: dict[str, CatalogEntry],
) -> dict:
    return {
        "value": action,
        "anchor": action_anchor(action["code"]),
        "based_on": based_on.get(str(action["based_on"].translation_key)) if action["based_on"] else None,
        "status": status,
        "cost": money(action["cost"], action["currency"]),
        "indicators": [indicator_context(row, indicators.get(row["code"])) for row in action["indicators"]],
    }


def indicator_context(indicator: StructValue, figures: Indicator | None) -> dict:
    dated = sorted(figures.values.all(), key=lambda row: row.date) if figures else []
    name = _("%(indicator)s: values over time") % {"indicator": indicator["label"]}
    chart = ""
    if figures:
        chart = line_chart(
            name, [(row.date, row.value) for row in dated], baseline=figures.baseline, target=figures.target
        )
    return {"value": indicator, "figures": figures, "dated": dated, "chart": chart, "name": name}
