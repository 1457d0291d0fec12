"""Plans and their progress, kept in step."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from catalog.synchronizing import mark_dirty
from content.models import SiteIdentity

from .blueprints import BlueprintPage
from .plans import ActionPlanPage
from .progress import ActionStatus, Indicator, IndicatorValue, PlanProgress


@receiver(page_published)
def plan_published(instance: ActionPlanPage, **kwargs: object) -> None:
    """Give every action and indicator of the text its row of facts; what is there already stays."""
    if not isinstance(instance, ActionPlanPage):
        return
    progress, _ = PlanProgress.objects.get_or_create(work=instance.translation_key, defaults={"title": instance.title})
    renames = is_original(instance)
    actions = {row.code: row for row in progress.actions.all()}
    indicators = {row.code: row for row in progress.indicators.all()}
    for action in instance.actions():
        names = {"label": action["title"][:255]}
        keep_row(ActionStatus, progress, actions, action["code"], names, renames=renames)
        for indicator in action["indicators"]:
            names = {"label": indicator["label"][:255], "unit": (indicator["unit"] or "")[:60]}
            keep_row(Indicator, progress, indicators, indicator["code"], names, renames=renames)


def is_original(page: ActionPlanPage) -> bool:
    """Whether its text gives the names: the edition that was there first, not one that was made from it."""
    return not ActionPlanPage.objects.filter(translation_key=page.translation_key, pk__lt=page.pk).exists()


def keep_row(
    model: type[ActionStatus] | type[Indicator],
    plan: PlanProgress,
    known: dict[str, ActionStatus | Indicator],
    code: str,
    names: dict[str, str],
    *,
    renames: bool,
) -> None:
    """Add the row of a new code; give a known one its name as the text has it now."""
    row = known.get(code)
    if row is None:
        known[code] = model.objects.create(plan=plan, code=code, sort_order=len(known), **names)
    elif (renames or not row.label) and any(getattr(row, name) != value for name, value in names.items()):
        model.objects.filter(pk=row.pk).update(**names)


@receiver([post_save, post_delete], sender=PlanProgress)
@receiver([post_save, post_delete], sender=ActionStatus)
@receiver([post_save, post_delete], sender=Indicator)
@receiver([post_save, post_delete], sender=IndicatorValue)
def progress_changed(instance: PlanProgress | ActionStatus | Indicator | IndicatorValue, **kwargs: object) -> None:
    """Every edition of the plan shows the new figures."""
    if isinstance(instance, IndicatorValue):
        instance = Indicator.objects.filter(pk=instance.indicator_id).first()
    plan = (
        instance
        if isinstance(instance, PlanProgress)
        else PlanProgress.objects.filter(pk=getattr(instance, "plan_id", None)).first()
    )
    if plan:
        mark_dirty(ActionPlanPage.objects.filter(translation_key=plan.work).only("pk", "path"))


@receiver([post_save, post_delete], sender=SiteIdentity)
def site_renamed(**kwargs: object) -> None:
    """Works without author and publisher are attributed to the site."""
    for model in (BlueprintPage, ActionPlanPage):
        mark_dirty(model.objects.filter(publisher=None, contributions=None).only("pk", "path"))
