"""Says at start when the chosen engine cannot be loaded."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from .engines.base import SearchEngine


@register
def check_engine(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    try:
        engine = import_string(settings.OER_SEARCH_ENGINE)
    except ImportError as error:
        return [Error(f"OER_SEARCH_ENGINE cannot be loaded: {error}", id="search.E001")]
    if not issubclass(engine, SearchEngine):
        return [Error(f"OER_SEARCH_ENGINE {settings.OER_SEARCH_ENGINE} is no search engine.", id="search.E002")]
    return []
