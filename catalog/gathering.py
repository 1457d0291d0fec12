"""Reads what pages consist of and what they name for all of them together, so that each is described from memory.

The number of queries depends on how many models that concerns, not on how many pages.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from django.db import models
from django.db.models import Value
from modelcluster.models import get_all_child_m2m_relations
from wagtail.models import Locale, Page

from .references import is_seen, shown_relations


def gather(pages: Iterable[Page]) -> None:
    """Hold the rows below these pages and all that their fields and rows name in memory, as in a preview.

    Such a page is not to be saved. A model that is shown with others names these in `gathered_with`, as
    `prefetch_related` takes them.
    """
    pages = list(pages)
    gather_named([*pages, *gather_rows(pages)])
    gather_many(pages)


def gather_rows(pages: list[Page]) -> list[models.Model]:
    owners: dict[models.ManyToOneRel, list[Page]] = defaultdict(list)
    for page in pages:
        for relation in shown_relations(type(page)):
            owners[relation].append(page)
    found = []
    for relation, its_pages in owners.items():
        key = relation.field
        places = {page.pk: empty_list(page, relation.get_accessor_name()) for page in its_pages}
        # Rows that nobody put into an order stay in that in which they were added, as those of a single page do.
        in_order = relation.related_model._default_manager.order_by(*relation.related_model._meta.ordering, "pk")
        for row in in_order.filter(**{f"{key.attname}__in": list(places)}):
            places[getattr(row, key.attname)].append(row)
            found.append(row)
    return found


def gather_named(instances: Iterable[models.Model]) -> None:
    """What the foreign keys of pages and rows lead to, each model at once."""
    places: dict[type[models.Model], list[tuple[models.Model, models.ForeignKey, int]]] = defaultdict(list)
    for instance in instances:
        for field in shown_keys(type(instance)):
            named = getattr(instance, field.attname)
            if named is not None and not field.is_cached(instance):
                places[field.related_model].append((instance, field, named))
    for model, its_places in places.items():
        found = with_what_is_shown(model).in_bulk({named for *_, named in its_places})
        for instance, field, named in its_places:
            if named in found:
                field.set_cached_value(instance, found[named])


def gather_many(pages: list[Page]) -> None:
    """The relations to many, such as concepts: the links of all fields in one query, then what they lead to."""
    fields: dict[type[models.Model], list[tuple[models.Field, dict[int, list]]]] = defaultdict(list)
    for page_class, its_pages in by_class(pages).items():
        for field in get_all_child_m2m_relations(page_class):
            places = {page.pk: empty_list(page, field.name) for page in its_pages}
            fields[field.related_model].append((field, places))
    for model, its_fields in fields.items():
        links = defaultdict(list)
        first, *more = (links_of(field, list(places), number) for number, (field, places) in enumerate(its_fields))
        for number, page_id, named in first.union(*more, all=True):
            links[named].append(its_fields[number][1][page_id])
        # In the order of the model, which all lists keep.
        for instance in with_what_is_shown(model).filter(pk__in=list(links)).order_by(*model._meta.ordering):
            for place in links[instance.pk]:
                place.append(instance)


def links_of(field: models.ManyToManyField, page_ids: list[int], number: int) -> models.QuerySet:
    """(number, page id, id of what is linked) of one field."""
    page_id, named_id = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    links = field.remote_field.through._base_manager.order_by().filter(**{f"{page_id}__in": page_ids})
    return links.annotate(number=Value(number)).values_list("number", page_id, named_id)


def by_class(pages: Iterable[Page]) -> dict[type[Page], list[Page]]:
    found: dict[type[Page], list[Page]] = defaultdict(list)
    for page in pages:
        found[type(page)].append(page)
    return found


def empty_list(page: Page, name: str) -> list[models.Model]:
    """The list that stands for a relation of this page from now on, instead of what the database has."""
    manager = getattr(page, name)
    manager.set([])
    return manager.get_object_list()


def with_what_is_shown(model: type[models.Model]) -> models.QuerySet:
    return model._base_manager.prefetch_related(*getattr(model, "gathered_with", ()))


@cache
def shown_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    """The foreign keys by which describing goes on to something else."""
    keys = [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
    return [field for field in keys if field.related_model is Locale or is_seen(field)]
