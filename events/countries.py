"""Names of countries, from CLDR, for the form of a registration."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language, to_locale


@cache
def _territories(language: str) -> dict[str, str]:
    names = Locale.parse(to_locale(language)).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY}


# Groups and private codes of CLDR.
NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def country_choices() -> list[tuple[str, str]]:
    """In the active language, by name."""
    return sorted(_territories(get_language() or "en").items(), key=lambda item: item[1].casefold())


def country_name(code: str) -> str:
    return _territories(get_language() or "en").get(code, code)
