"""A renamed organization shows its new name wherever it is named."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from catalog.watching import mark_pages_referring_to

from .models import Organization, OrganizationName


@receiver(post_save, sender=Organization)
def organization_changed(instance: Organization, created: bool, **kwargs: object) -> None:
    if not created:
        mark_pages_referring_to(Organization, [str(instance.pk)])


@receiver([post_save, post_delete], sender=OrganizationName)
def organization_name_changed(instance: OrganizationName, **kwargs: object) -> None:
    mark_pages_referring_to(Organization, [str(instance.organization_id)])
