"""Every published event has a desk, whose dates are those of the event."""

from django.dispatch import receiver
from wagtail.signals import page_published

from .desks import RegistrationDesk
from .pages import EventPage


@receiver(page_published)
def event_published(instance: EventPage, **kwargs: object) -> None:
    if not isinstance(instance, EventPage) or instance.alias_of_id:
        return
    times = instance.times()
    facts = {"starts_at": times.starts_at(), "ends_at": times.ends_at(), "time_zone": times.time_zone}
    desk, is_new = RegistrationDesk.objects.get_or_create(
        work=instance.translation_key,
        defaults={**facts, "title": instance.title, "language": instance.locale.language_code},
    )
    if not is_new:
        title = {"title": instance.title} if desk.language == instance.locale.language_code else {}
        RegistrationDesk.objects.filter(pk=desk.pk).update(**facts, **title)
