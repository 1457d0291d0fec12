"""Parents of many pages, read together."""

from collections.abc import Iterable

from wagtail.models import Page


def know_parents(pages: Iterable[Page]) -> None:
    """Read the parents of all these pages in one query; a chooser says where each page is."""
    pages = list(pages)
    paths = {page.path[: -page.steplen] for page in pages}
    parents = {parent.path: parent for parent in Page.objects.filter(path__in=paths)} if paths else {}
    for page in pages:
        page._cached_parent_obj = parents.get(page.path[: -page.steplen])
