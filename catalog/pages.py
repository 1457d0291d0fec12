"""Which pages readers may see, asked of Wagtail's own tables."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page, Site, get_page_models

from .describable import Describable, Part


@lru_cache(maxsize=1)
def describable_models() -> tuple[type[Page], ...]:
    return tuple(model for model in get_page_models() if issubclass(model, Describable))


@lru_cache(maxsize=1)
def works_with_parts() -> tuple[type[Page], ...]:
    return tuple(model for model in describable_models() if model.has_parts)


@lru_cache(maxsize=1)
def part_models() -> tuple[type[Page], ...]:
    return tuple(model for model in get_page_models() if issubclass(model, Part))


def public_pages() -> QuerySet[Page]:
    """Pages with an entry of their own that everybody may see at this moment, at an address of the site.

    An alias is left out: it repeats another page's text, in the language of that page.
    """
    return (
        Page.objects.type(*describable_models())
        .filter(unexpired(), below_a_site(), live=True, alias_of=None, depth__gt=1)
        .public()
    )


def readable_parts() -> QuerySet[Page]:
    """Parts that everybody may read: public themselves, below a live part or right below their work."""
    parent_path = Substr(OuterRef("path"), Value(1), Length(OuterRef("path")) - Page.steplen)
    parents = Page.objects.filter(unexpired(), path=parent_path, live=True)
    return Page.objects.type(*part_models()).filter(unexpired(), Exists(parents), live=True).public()


def unexpired() -> Q:
    """Expiry by the clock: Wagtail unpublishes such pages only when `publish_scheduled` runs."""
    return Q(expire_at=None) | Q(expire_at__gt=timezone.now())


def below_a_site() -> Q:
    condition = Q(pk__in=[])
    for root_path in sorted({root.root_path for root in Site.get_site_root_paths()}):
        condition |= Q(url_path__startswith=root_path)
    return condition


def paths_above(tree_paths: Iterable[str]) -> set[str]:
    """The tree paths of everything above these pages, the root left out."""
    return {path[:end] for path in tree_paths for end in range(Page.steplen * 2, len(path), Page.steplen)}


def works_above(tree_paths: Iterable[str]) -> set[int]:
    """Ids of the works that pages at these places are, or would be, parts of."""
    paths: Sequence[str] = sorted(paths_above(tree_paths))
    found: set[int] = set()
    for start in range(0, len(paths), 500):
        works = Page.objects.filter(path__in=paths[start : start + 500]).type(*works_with_parts())
        found |= set(works.values_list("pk", flat=True))
    return found
