"""Every published event has a desk, which says what the event says, whatever way that changes."""

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from .announcing import keep_up
from .pages import EventPage


@receiver([page_published, page_unpublished])
def event_published_or_not(instance: Page, **kwargs: object) -> None:
    if isinstance(instance, EventPage) and not instance.alias_of_id:
        keep_up(instance.translation_key)


@receiver(post_delete, sender=EventPage)
def event_deleted(instance: EventPage, **kwargs: object) -> None:
    """Only now: while Wagtail says that it unpublishes what it deletes, the page is still there."""
    if not instance.alias_of_id:
        keep_up(instance.translation_key)
