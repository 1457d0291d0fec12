"""What surrounds every public page: menu, languages, the name of the site."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language_info

from content.models import SiteIdentity

from .models import CatalogEntry, Place
from .prepared import PreparedQuery

MAX_LINKS = 60

PLACED_LINKS = PreparedQuery(
    lambda now, language: (
        CatalogEntry.objects.public(now)
        .in_language(language)
        .filter(place__in=Place.values)
        .order_by("tree_path")
        .values_list("place", "path", "title")[:MAX_LINKS]
    ),
    datetime,
    str,
)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One choice of the language switcher; `exists` is False where the page has no such edition."""

    code: str
    name: str
    path: str
    exists: bool
    bidi: bool


def frame(request: HttpRequest, language: str, editions: dict[str, str]) -> dict:
    """Template context for the frame of a page in `language`.

    `editions` maps the languages in which this very page exists to their paths. A language that is
    missing there leads to that language's home page, and the switcher says so.
    """
    places: dict[str, list] = {place: [] for place in Place.values}
    for place, path, title in PLACED_LINKS(timezone.now(), language):
        places[place].append({"path": path, "title": title})
    return {
        "language": language,
        "bidi": is_bidi(language),
        "menu": places[Place.MENU],
        "footer": places[Place.FOOTER],
        "languages": language_links(editions),
        "alternates": [(code, settings.WAGTAILADMIN_BASE_URL + path) for code, path in sorted(editions.items())],
        "identity": SiteIdentity.current(),
        "home_path": f"/{language}/",
        "search_path": f"/{language}/search/",
        "base_url": settings.WAGTAILADMIN_BASE_URL,
    }


def language_links(editions: dict[str, str]) -> list[LanguageLink]:
    return [
        LanguageLink(
            code=code,
            name=name,
            path=editions.get(code, f"/{code}/"),
            exists=code in editions,
            bidi=is_bidi(code),
        )
        for code, name in settings.LANGUAGES
    ]


@cache
def is_bidi(language: str) -> bool:
    """Whether the language is written from right to left. Cached: Django translates the language's name on the way."""
    return get_language_info(language)["bidi"]
