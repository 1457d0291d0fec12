"""Which pages belong together: a work is translated, completed and first published as a whole."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from catalog.describable import Describable, Part
from catalog.kinds import kind_named
from catalog.pages import describable_models, part_models, works_with_parts
from content.page_permissions import enabled_translations


def is_translatable(page: Page) -> bool:
    return page.specific_class is not None and issubclass(page.specific_class, (Describable, Part))


def work_of(page: Page) -> Page:
    """The work that `page` is or is a part of."""
    if not issubclass(page.specific_class, Part):
        return page
    return page.get_ancestors().type(*works_with_parts()).order_by("-depth").first() or page


def parts_of(works: Iterable[Page]) -> dict[int, list[Page]]:
    """Live parts in reading order by the id of their work; one below a draft is not read, so it is left out.

    One query, whatever the number of works.
    """
    owners = {work.path: work for work in works if issubclass(work.specific_class, works_with_parts())}
    found: dict[int, list[Page]] = defaultdict(list)
    if not owners:
        return found
    below = Q()
    for path in owners:
        below |= Q(path__startswith=path)
    shown: dict[str, Page] = dict(owners)
    for part in Page.objects.type(*part_models()).filter(below, live=True).order_by("path"):
        above = shown.get(part.path[: -Page.steplen])
        if above is not None:
            shown[part.path] = part
            owner = next(owners[path] for path in owners if part.path.startswith(path))
            found[owner.pk].append(part)
    return found


def pages_of(work: Page) -> list[Page]:
    """The work itself and its live parts, in reading order."""
    return [work, *parts_of([work])[work.pk]]


def works_to_translate() -> QuerySet[Page]:
    """Published originals that readers search for, one page for each work: the one that was there first."""
    models = [model for model in describable_models() if kind_named(model.catalog_kind).searchable]
    originals = (
        Page.objects.type(*models)
        .live()
        .filter(alias_of=None)
        .exclude(Exists(enabled_translations(OuterRef("translation_key"), OuterRef("locale_id"))))
    )
    earlier = originals.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
    return originals.exclude(Exists(earlier)).select_related("locale", "content_type")
