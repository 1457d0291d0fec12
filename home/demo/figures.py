"""What the demonstration's projects planned and did, entered once for each project."""

from projects.models import ActivityFigures, Count

from .vocabulary import country
from .works import Work


def fill_figures(work: Work) -> None:
    """The rows appear when a project is published; nothing where somebody has entered counts already."""
    rows = {row.code: row for row in ActivityFigures.objects.filter(project__work=work.key)}
    if Count.objects.filter(activity__in=rows.values()).exists():
        return
    for number, activity in enumerate(work.edition(work.data["source"])["activities"], start=1):
        row = rows.get(activity["code"] or f"A{number}")
        if row and (activity["planned"] is not None or activity["actual"] is not None):
            Count.objects.create(
                activity=row,
                country=country(activity["country"]),
                planned=activity["planned"],
                done=activity["actual"],
            )
