"""Files and pictures in collections that only some readers may open."""

from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection, CollectionViewRestriction

from .together import once


def private_collections() -> QuerySet[Collection]:
    """Restricted collections and all that lie inside them."""
    condition = Q(pk__in=[])
    for path in restricted_paths():
        condition |= Q(path__startswith=path)
    return Collection.objects.filter(condition)


@once
def restricted_paths() -> list[str]:
    """Tree paths of the collections that have a restriction of their own."""
    return list(CollectionViewRestriction.objects.values_list("collection__path", flat=True).distinct())


def in_private_collections(items: QuerySet) -> QuerySet:
    return items.filter(collection__in=private_collections())


def private_ids(model: type[Model], ids: set[int]) -> set[int]:
    if not ids or not restricted_paths():
        return set()
    return set(in_private_collections(model._default_manager.filter(pk__in=ids)).values_list("pk", flat=True))
