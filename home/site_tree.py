"""The skeleton of the site: in every language a home page and one listing of each kind."""

import json
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection, Locale, Page, Site

from resources.models import ListingPage

from .models import HomePage

DATA = Path(__file__).parent / "data" / "skeleton.json"
KINDS = ("blueprint", "toolkit", "plan", "project", "event", "news")


def skeleton() -> dict[str, dict]:
    """Titles and summaries of the home page and listings, by language."""
    return json.loads(DATA.read_text(encoding="utf-8"))


@transaction.atomic
def make_site_tree() -> None:
    """Make what is missing of locales, home pages and listings. What editors changed stays as it is."""
    texts = skeleton()
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    root.refresh_from_db()
    source_home = None
    for code, locale in locales.items():
        home = HomePage.objects.filter(locale=locale, depth=2).first()
        if home is None:
            home = HomePage(
                title=texts[code]["home"]["title"],
                summary=texts[code]["home"]["summary"],
                slug="home" if code == settings.LANGUAGE_CODE else f"home-{code}",
                locale=locale,
            )
            if source_home:
                home.translation_key = source_home.translation_key
            root.refresh_from_db()
            add_live(root, home)
        source_home = source_home or home
        make_site(source_home)
        make_listings(home, source_home, texts[code])


def make_listings(home: HomePage, source_home: HomePage, texts: dict) -> None:
    sources = {page.lists: page for page in ListingPage.objects.child_of(source_home)}
    existing = {page.lists for page in ListingPage.objects.child_of(home)}
    for kind in KINDS:
        if kind in existing:
            continue
        listing = ListingPage(
            title=texts[kind]["title"],
            summary=texts[kind]["summary"],
            slug=SLUGS[kind],
            lists=kind,
            locale=home.locale,
            show_in_menus=True,
        )
        if kind in sources:
            listing.translation_key = sources[kind].translation_key
        home.refresh_from_db()
        add_live(home, listing)


def add_live(parent: Page, page: Page) -> None:
    """Live from the start and without a revision: nobody has written anything yet, and 84 revisions cost seconds."""
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)


SLUGS = {
    "blueprint": "blueprints",
    "toolkit": "toolkits",
    "plan": "action-plans",
    "project": "projects",
    "event": "events",
    "news": "news",
}


def make_site(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)
    elif site.root_page_id != home.pk and site.root_page.specific_class is not HomePage:
        site.root_page = home
        site.save()
