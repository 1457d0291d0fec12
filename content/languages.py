"""The site's languages by name."""

from django.conf import settings


def own_name(code: str) -> str:
    """The language's name in itself; the code for a language the site does not have."""
    return dict(settings.LANGUAGES).get(code, code)
