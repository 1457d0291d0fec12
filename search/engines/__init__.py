"""Search engines. Settings choose one by its dotted path."""

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from .base import SearchEngine


@lru_cache(maxsize=1)
def current_engine() -> SearchEngine:
    return import_string(settings.OER_SEARCH_ENGINE)()


__all__ = ["SearchEngine", "current_engine"]
