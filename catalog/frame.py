"""What surrounds every public page: menu, languages, the name of the site."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import Page

from content.models import SiteIdentity

from .kinds import footer_kinds
from .models import CatalogEntry

MAX_LINKS = 60
# The length of the tree path of a page right below a home page.
TOP_LEVEL = 3 * Page.steplen


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
    links = list(
        CatalogEntry.objects.public()
        .in_language(language)
        .filter(Q(in_menu=True) | Q(kind__in=footer_kinds()))
        .order_by("tree_path")
        .values("path", "title", "in_menu", "tree_path")[:MAX_LINKS]
    )
    return {
        "language": language,
        "bidi": get_language_info(language)["bidi"],
        "menu": [link for link in links if link["in_menu"]],
        "footer": [link for link in links if not link["in_menu"] and len(link["tree_path"]) == TOP_LEVEL],
        "languages": language_links(editions),
        "alternates": [(code, settings.WAGTAILADMIN_BASE_URL + path) for code, path in sorted(editions.items())],
        "identity": SiteIdentity.objects.first() or SiteIdentity(),
        "home_path": f"/{language}/",
        "base_url": settings.WAGTAILADMIN_BASE_URL,
    }


def language_links(editions: dict[str, str]) -> list[LanguageLink]:
    return [
        LanguageLink(
            code=code,
            name=name,
            path=editions.get(code, f"/{code}/"),
            exists=code in editions,
            bidi=get_language_info(code)["bidi"],
        )
        for code, name in settings.LANGUAGES
    ]
