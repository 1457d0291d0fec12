"""Plans and their progress, kept in step."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from catalog.synchronizing import mark_dirty

from .plans import ActionPlanPage
from .progress import ActionStatus, Indicator, IndicatorValue, PlanProgress


@receiver(page_published)
def plan_published(instance: ActionPlanPage, **kwargs: object) -> None:
    """Give every action and indicator of the text its row of facts; what is there already stays."""
    if not isinstance(instance, ActionPlanPage):
        return
    progress, _ = PlanProgress.objects.get_or_create(work=instance.translation_key, defaults={"title": instance.title})
    actions = set(progress.actions.values_list("code", flat=True))
    indicators = set(progress.indicators.values_list("code", flat=True))
    for order, action in enumerate(instance.actions()):
        if action["code"] not in actions:
            actions.add(action["code"])
            ActionStatus.objects.create(plan=progress, code=action["code"], sort_order=order)
        for indicator in action["indicators"]:
            if indicator["code"] not in indicators:
                indicators.add(indicator["code"])
                Indicator.objects.create(plan=progress, code=indicator["code"], sort_order=len(indicators))


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
