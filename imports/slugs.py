"""The part of an address that stands for one page."""

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

MAX_SLUG = 80


def slug_for(title: str, import_id: str) -> str:
    """Made of the title in Latin letters; of the import id where the title has no letters or digits."""
    for text in (title, import_id):
        slug = slugify(string_to_ascii(text))
        if slug:
            return slug if len(slug) <= MAX_SLUG else slug[: MAX_SLUG + 1].rpartition("-")[0] or slug[:MAX_SLUG]
    return "edition"
