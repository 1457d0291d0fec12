"""Pages as forms show them: many read together, with their parents."""

from collections.abc import Iterable

from wagtail.models import Page


def pages_by_id(model: type[Page], ids: Iterable[int]) -> dict[int, Page]:
    """Three queries for all; a chooser says where each page is, so each knows its parent."""
    pages = list(model.objects.filter(pk__in=ids).specific(defer=True))
    paths = {page.path[: -page.steplen] for page in pages}
    parents = {parent.path: parent for parent in Page.objects.filter(path__in=paths)} if paths else {}
    for page in pages:
        page._cached_parent_obj = parents.get(page.path[: -page.steplen])
    return {page.pk: page for page in pages}
