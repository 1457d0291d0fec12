"""The part of an address that stands for one page."""

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii
from wagtail.models import Page

MAX_SLUG = 80


def slugs_for(title: str, import_id: str) -> list[str]:
    """Made of the title in Latin letters; with the import id behind it where another page has that title."""
    name, identifier = bounded(slugify(string_to_ascii(title))), bounded(slugify(string_to_ascii(import_id)))
    slugs = [name, f"{name}-{identifier}".strip("-")]
    return [slug for slug in slugs if slug] or ["edition"]


def bounded(slug: str) -> str:
    """Cut between two words where there are several."""
    return slug if len(slug) <= MAX_SLUG else slug[: MAX_SLUG + 1].rpartition("-")[0] or slug[:MAX_SLUG]


def free_slug(parent: Page, *slugs: str) -> str:
    """The first that no page below `parent` has; if all are taken, the last with a number."""
    siblings = Page.objects.child_of(parent)
    for slug in slugs:
        if not siblings.filter(slug=slug).exists():
            return slug
    taken = set(siblings.filter(slug__startswith=f"{slugs[-1]}-").values_list("slug", flat=True))
    return next(name for number in range(2, len(taken) + 3) if (name := f"{slugs[-1]}-{number}") not in taken)
