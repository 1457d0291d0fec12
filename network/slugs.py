"""The part of an address that stands for an organization or a person."""

from django.db import models
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

MAX_LENGTH = 80


def free_slug(model: type[models.Model], name: str, *, fallback: str) -> str:
    """Made of the name in Latin letters; with a number where another has it already."""
    base = slugify(string_to_ascii(name))[:MAX_LENGTH].strip("-") or fallback
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{base}-{number}") not in taken)
