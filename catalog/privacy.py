"""Files and pictures in collections that only some readers may open."""

from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection, CollectionViewRestriction


def private_collections() -> QuerySet[Collection]:
    """Restricted collections and all that lie inside them."""
    paths = CollectionViewRestriction.objects.values_list("collection__path", flat=True).distinct()
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return Collection.objects.filter(condition)


def in_private_collections(items: QuerySet) -> QuerySet:
    return items.filter(collection__in=private_collections())


def private_ids(model: type[Model], ids: set[int]) -> set[int]:
    if not ids:
        return set()
    return set(in_private_collections(model._default_manager.filter(pk__in=ids)).values_list("pk", flat=True))
