"""What is named shows its new name, and what has a page of its own is linked, wherever it is named."""

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver

from catalog.watching import mark_pages_referring_to

from .models import Organization, OrganizationName, Person


@receiver(post_save, sender=Organization)
@receiver(post_save, sender=Person)
def record_changed(sender: type, instance: Organization | Person, created: bool, **kwargs: object) -> None:
    if not created:
        mark_pages_referring_to(sender, [str(instance.pk)])


@receiver(pre_delete, sender=Organization)
def organization_goes(instance: Organization, **kwargs: object) -> None:
    """Blocks do not keep a record from being deleted; what they show without it is found when that has happened."""
    mark_pages_referring_to(Organization, [str(instance.pk)])


@receiver([post_save, post_delete], sender=OrganizationName)
def organization_name_changed(instance: OrganizationName, **kwargs: object) -> None:
    mark_pages_referring_to(Organization, [str(instance.organization_id)])
