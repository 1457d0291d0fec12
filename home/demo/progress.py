"""How far a plan of the demonstration is: facts of the work, entered once."""

from datetime import date

from resources.models import ActionStatus, Indicator, IndicatorValue, PlanProgress

from .works import Work


def make_progress(work: Work) -> None:
    """Nothing where the plan has progress already: editors may have changed it."""
    if PlanProgress.objects.filter(work=work.key).exists():
        return
    title = work.edition(work.data["source"])["title"]
    progress = PlanProgress.objects.create(work=work.key, title=title)
    ActionStatus.objects.bulk_create(
        ActionStatus(plan=progress, code=code, status=status, sort_order=order)
        for order, (code, status) in enumerate(work.data["progress"]["actions"].items())
    )
    for order, (code, figures) in enumerate(work.data["progress"]["indicators"].items()):
        indicator = Indicator.objects.create(
            plan=progress, code=code, baseline=figures["baseline"], target=figures["target"], sort_order=order
        )
        IndicatorValue.objects.bulk_create(
            IndicatorValue(indicator=indicator, date=date.fromisoformat(day), value=value, sort_order=position)
            for position, (day, value) in enumerate(figures["values"])
        )
