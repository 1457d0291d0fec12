"""Hears of everything that can change what readers may see, and marks the pages it concerns."""

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site, get_page_models
from wagtail.signals import page_slug_changed, post_page_move

from content.models import File, Picture
from taxonomy.models import Concept, ConceptLabel, FundingProgramme, FundingText, License
from taxonomy.signals import references_moved

from .marking import pages_referring_to
from .models import CatalogEntry, EntryAsset, EntryFacet
from .references import label_of
from .synchronizing import mark_dirty, mark_subtree_dirty


def page_changed(sender: type[models.Model], instance: Page, **kwargs: object) -> None:
    if not kwargs.get("raw"):
        mark_dirty([instance])


# Wagtail saves pages both as themselves and as plain pages. A receiver of every model's signals would do, too,
# but then Django reads the rows of every table before it deletes them.
for page_model in {Page, *get_page_models()}:
    post_save.connect(page_changed, sender=page_model)
    post_delete.connect(page_changed, sender=page_model)


@receiver(post_page_move)
def page_moved(instance: Page, parent_page_before: Page, **kwargs: object) -> None:
    """The work that a part left is concerned, too; and what stood behind it has another place in the tree."""
    mark_subtree_dirty(Page.objects.get(pk=instance.pk))
    mark_dirty([parent_page_before])
    bring_places_up_to_date()


@receiver(page_slug_changed)
def page_renamed(instance: Page, **kwargs: object) -> None:
    mark_subtree_dirty(instance)


@receiver(pre_save, sender=PageViewRestriction)
@receiver(pre_save, sender=Concept)
@receiver(pre_save, sender=License)
def remember_state_before(sender: type[models.Model], instance: models.Model, **kwargs: object) -> None:
    """What entries still say of it once it has changed. On its row for the handlers of `post_save`."""
    instance._state_before = sender.objects.filter(pk=instance.pk).first() if instance.pk else None


def with_state_before(instance: models.Model) -> list[models.Model]:
    before = getattr(instance, "_state_before", None)
    return [instance, before] if before else [instance]


@receiver([post_save, post_delete], sender=PageViewRestriction)
def restriction_changed(instance: PageViewRestriction, **kwargs: object) -> None:
    for page in Page.objects.filter(pk__in={state.page_id for state in with_state_before(instance)}):
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
    for state in with_state_before(instance):
        mark_entries(entries_with(state.scheme, state.code))


@receiver([post_save, post_delete], sender=ConceptLabel)
def label_changed(instance: ConceptLabel, **kwargs: object) -> None:
    concept = Concept.objects.filter(pk=instance.concept_id).first()
    if concept:
        mark_entries(entries_with(concept.scheme, concept.code))


@receiver(references_moved)
def concepts_were_merged(
    model: type[models.Model], object_ids: list[int], page_ids: set[int], **kwargs: object
) -> None:
    """Rows were changed past their signals: pages themselves, or something that pages refer to."""
    mark_dirty(Page.objects.filter(pk__in=page_ids).only("pk", "path").iterator(chunk_size=500))
    if not issubclass(model, Page):
        mark_dirty(pages_referring_to(label_of(model), object_ids))


@receiver([post_save, pre_delete], sender=FundingProgramme)
def programme_changed(instance: FundingProgramme, **kwargs: object) -> None:
    mark_dirty(pages_referring_to(label_of(FundingProgramme), [instance.pk]))


@receiver([post_save, post_delete], sender=FundingText)
def programme_text_changed(instance: FundingText, **kwargs: object) -> None:
    mark_dirty(pages_referring_to(label_of(FundingProgramme), [instance.programme_id]))


@receiver(post_save, sender=License)
def license_changed(instance: License, **kwargs: object) -> None:
    for state in with_state_before(instance):
        mark_entries(entries_with("license", state.code))
    mark_entries(entries_showing_any(EntryAsset.Type.FILE, File.objects.filter(license=instance)))


@receiver([post_save, post_delete], sender=CollectionViewRestriction)
def collection_restricted(instance: CollectionViewRestriction, **kwargs: object) -> None:
    collection_changed(instance.collection)


@receiver(post_save, sender=Collection)
def collection_changed(instance: Collection, **kwargs: object) -> None:
    inside = Collection.objects.filter(path__startswith=instance.path)
    for asset_type, model in zip(EntryAsset.Type, (File, Picture), strict=True):
        mark_entries(entries_showing_any(asset_type, model.objects.filter(collection__in=inside)))


def entries_showing(asset_type: EntryAsset.Type, object_id: int) -> QuerySet[CatalogEntry]:
    return CatalogEntry.objects.filter(assets__type=asset_type, assets__object_id=object_id)


def entries_showing_any(asset_type: EntryAsset.Type, items: QuerySet) -> QuerySet[CatalogEntry]:
    return CatalogEntry.objects.filter(assets__type=asset_type, assets__object_id__in=items.values("pk"))


def entries_with(facet: str, value: str) -> QuerySet[CatalogEntry]:
    return CatalogEntry.objects.filter(pk__in=EntryFacet.objects.filter(name=facet, value=value).values("entry_id"))


def mark_entries(entries: QuerySet[CatalogEntry]) -> None:
    page_ids = entries.values("page_id")
    mark_dirty(Page.objects.filter(pk__in=page_ids).only("pk", "path").iterator(chunk_size=500))


def mark_pages_referring_to(model: type[models.Model], object_ids: list[str]) -> None:
    """Mark the pages whose published fields or texts refer to these objects."""
    mark_dirty(pages_referring_to(label_of(model), [int(pk) for pk in object_ids]))


def bring_places_up_to_date() -> None:
    """A move shifts its neighbours in the tree; entries keep the place for their order only, so this is all."""
    place = Page.objects.filter(pk=OuterRef("page_id")).values("path")
    entries = CatalogEntry.objects.filter(withdrawn_at=None, page_id__in=Page.objects.values("pk"))
    entries.exclude(tree_path=Subquery(place)).update(tree_path=Subquery(place))
