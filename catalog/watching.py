"""Hears of everything that can change what readers may see, and marks the pages it concerns."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import page_slug_changed, post_page_move

from content.models import File, Picture
from taxonomy.models import Concept, ConceptLabel, License

from .models import CatalogEntry, EntryAsset, EntryFacet
from .synchronizing import mark_dirty, mark_subtree_dirty


@receiver([post_save, post_delete])
def page_changed(sender: type[models.Model], instance: models.Model, **kwargs: object) -> None:
    """Heard without a sender: Wagtail saves pages both as themselves and as plain pages."""
    if isinstance(instance, Page) and not kwargs.get("raw"):
        mark_dirty([instance])


@receiver(post_page_move)
def page_moved(instance: Page, url_path_before: str, url_path_after: str, **kwargs: object) -> None:
    page = Page.objects.get(pk=instance.pk)
    mark_subtree_dirty(page)
    if url_path_before != url_path_after:
        mark_pages_linking_into(page)


@receiver(page_slug_changed)
def page_renamed(instance: Page, **kwargs: object) -> None:
    mark_subtree_dirty(instance)
    mark_pages_linking_into(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **kwargs: object) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        mark_subtree_dirty(page)


@receiver(m2m_changed, sender=PageViewRestriction.groups.through)
def restriction_groups_changed(instance: models.Model, reverse: bool, action: str, **kwargs: object) -> None:
    if action.startswith("post_") and not reverse:
        restriction_changed(instance)


@receiver([post_save, post_delete], sender=Site)
def site_changed(instance: Site, **kwargs: object) -> None:
    """Another root page changes every address."""
    mark_dirty(Page.objects.filter(depth__gt=1).only("pk", "path").iterator(chunk_size=500))


@receiver([post_save, pre_delete], sender=File)
def file_changed(instance: File, **kwargs: object) -> None:
    mark_entries(entries_showing(EntryAsset.Type.FILE, instance.pk))


@receiver([post_save, pre_delete], sender=Picture)
def picture_changed(instance: Picture, **kwargs: object) -> None:
    mark_entries(entries_showing(EntryAsset.Type.PICTURE, instance.pk))


@receiver([post_save, pre_delete], sender=Concept)
def concept_changed(instance: Concept, **kwargs: object) -> None:
    mark_entries(entries_with(instance.scheme, instance.code))


@receiver([post_save, post_delete], sender=ConceptLabel)
def label_changed(instance: ConceptLabel, **kwargs: object) -> None:
    concept = Concept.objects.filter(pk=instance.concept_id).first()
    if concept:
        concept_changed(concept)


@receiver([post_save], sender=License)
def license_changed(instance: License, **kwargs: object) -> None:
    mark_entries(entries_with("license", instance.code))


def entries_showing(asset_type: EntryAsset.Type, object_id: int) -> QuerySet[CatalogEntry]:
    return CatalogEntry.objects.filter(assets__type=asset_type, assets__object_id=object_id)


def entries_with(facet: str, value: str) -> QuerySet[CatalogEntry]:
    return CatalogEntry.objects.filter(pk__in=EntryFacet.objects.filter(name=facet, value=value).values("entry_id"))


def mark_entries(entries: QuerySet[CatalogEntry]) -> None:
    page_ids = entries.values("page_id")
    mark_dirty(Page.objects.filter(pk__in=page_ids).only("pk", "path").iterator(chunk_size=500))


def mark_pages_linking_into(page: Page) -> None:
    """Published texts carry the addresses they link to: rewrite those that lead below `page`."""
    moved = Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True)
    mark_pages_referring_to(Page, [str(pk) for pk in moved])


def mark_pages_referring_to(model: type[models.Model], object_ids: list[str]) -> None:
    """Mark the pages whose fields or texts refer to these objects, as Wagtail's reference index has it."""
    page_type = ContentType.objects.get_for_model(Page)
    for start in range(0, len(object_ids), 500):
        references = ReferenceIndex.objects.filter(
            base_content_type=page_type,
            to_content_type=ContentType.objects.get_for_model(model),
            to_object_id__in=object_ids[start : start + 500],
        )
        page_ids = {int(pk) for pk in references.values_list("object_id", flat=True).distinct()}
        mark_dirty(Page.objects.filter(pk__in=page_ids).only("pk", "path"))
