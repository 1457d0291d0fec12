"""Under which page an edition belongs."""

from wagtail.models import Page

from catalog.models import CatalogEntry
from home.models import HomePage
from home.site_tree import SLUGS, make_site_tree, skeleton
from resources.models import ListingPage

from .page_types import PAGE_TYPES
from .refusals import Refused
from .slugs import free_slug


class UnknownParent(Exception):
    """No page is what `--parent` names."""


class Parents:
    """Finds a parent for each kind and language, and keeps it until `forget` is called.

    `chosen` is the page that `--parent` names: for other languages its edition in that language counts.
    """

    def __init__(self, chosen: Page | None = None, *, may_make: bool = True) -> None:
        self.chosen = chosen
        self.may_make = may_make
        self._found: dict[tuple[str, str], Page | None] = {}

    def forget(self) -> None:
        self._found.clear()

    def parent_for(self, kind: str, language: str) -> Page | None:
        """None where the listing would have to be made and must not be. Raises `Refused`."""
        key = (kind, language)
        if key not in self._found:
            self._found[key] = self.chosen_for(kind, language) if self.chosen else self.listing_for(kind, language)
        return self._found[key]

    def chosen_for(self, kind: str, language: str) -> Page:
        page = self.chosen
        if page.locale.language_code != language:
            page = Page.objects.filter(
                translation_key=page.translation_key, locale__language_code=language, alias_of=None
            ).first()
            if page is None:
                raise Refused(f'The parent "{self.chosen.title[:100]}" has no edition in the language "{language}".')
        page = page.specific
        if PAGE_TYPES[kind] not in page.specific_class.allowed_subpage_models():
            raise Refused(f'No {kind} can stand under the page "{page.title[:100]}".')
        return page

    def listing_for(self, kind: str, language: str) -> Page | None:
        listing = (
            ListingPage.objects.filter(lists=kind, locale__language_code=language, alias_of=None)
            .order_by("-live", "path")
            .select_related("locale")
            .first()
        )
        return listing or (make_listing(kind, language) if self.may_make else None)


def make_listing(kind: str, language: str) -> ListingPage:
    """The listing that the site began with; the language's home page too, if it is missing."""
    home = HomePage.objects.filter(locale__language_code=language, depth=2).select_related("locale").first()
    if home is None:
        make_site_tree()
        return ListingPage.objects.select_related("locale").get(lists=kind, locale__language_code=language)
    texts = skeleton()[language][kind]
    listing = ListingPage(
        title=texts["title"],
        summary=texts["summary"],
        slug=free_slug(home, SLUGS[kind]),
        lists=kind,
        locale=home.locale,
        show_in_menus=True,
    )
    source = ListingPage.objects.filter(lists=kind, alias_of=None).order_by("path").first()
    if source:
        listing.translation_key = source.translation_key
    home.add_child(instance=listing)
    listing.save_revision().publish()
    return listing


def page_named(name: str) -> Page:
    """The page with this id, or with this address on the site. Raises `UnknownParent`."""
    pages = Page.objects.filter(depth__gt=1).select_related("locale")
    if name.isascii() and name.isdigit() and len(name) < 18:
        page = pages.filter(pk=int(name)).first()
    else:
        path = "/" + name.strip("/") + "/"
        entry = CatalogEntry.objects.public().filter(path=path).only("page_id").first()
        page = pages.filter(pk=entry.page_id).first() if entry else None
    if page is None:
        raise UnknownParent(f'There is no page "{name}". Give its id, or its address such as /en/blueprints/.')
    return page
