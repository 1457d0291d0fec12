"""A small site, pages in it, and the oracle: what the catalog should say."""

import io
from types import SimpleNamespace
from unittest import mock

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import DEFAULT_DB_ALIAS
from django.db.transaction import Atomic
from PIL import Image
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from content.models import File, Picture
from home.models import HomePage
from home.site_tree import make_site_tree
from news.models import NewsPage
from resources.models import BlueprintPage, ListingPage
from taxonomy.models import Concept, ConceptLabel, License
from toolkits.models import ModulePage, ToolkitPage, UnitPage

from ..rows import made_once

LANGUAGES = ("en", "sv", "ar")


@pytest.fixture(autouse=True)
def name_database_of_atomic_blocks(commit_at_once, monkeypatch):
    """`commit_at_once` knows the blocks that name their database; `transaction.atomic()` does not."""
    plain = Atomic.__init__

    def named(self, using, *args, **kwargs):
        plain(self, using or DEFAULT_DB_ALIAS, *args, **kwargs)

    monkeypatch.setattr(Atomic, "__init__", named)


@pytest.fixture(autouse=True)
def empty_cache():
    """Wagtail keeps renditions there, which are gone with the test that made them."""
    cache.clear()


@pytest.fixture
def site(db):
    """Home pages and listings in three languages, one licence, two topics."""
    made_once(make_site)
    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}


def make_site() -> None:
    License.objects.create(
        code="CC-BY-4.0", uri="https://creativecommons.org/licenses/by/4.0/", short="CC BY 4.0", names={"en": "By"}
    )
    for code in ("learning", "peers"):
        concept = Concept.objects.create(scheme="topic", code=code)
        ConceptLabel.objects.create(concept=concept, language="en", label=f"{code} in English")
    make_site_tree_in(*LANGUAGES)


def make_site_tree_in(*codes: str) -> None:
    """What setup_site makes of pages, in some of the languages."""
    languages = [language for language in settings.LANGUAGES if language[0] in codes]
    with mock.patch("home.site_tree.settings", SimpleNamespace(LANGUAGES=languages, LANGUAGE_CODE="en")):
        make_site_tree()


def listing(lists="blueprint", language="en") -> ListingPage:
    pages = ListingPage.objects.filter(lists=lists, locale__language_code=language, alias_of=None)
    return pages.order_by("path").first()


def add(page: Page, parent: Page, *, publish=True) -> Page:
    page.locale = parent.locale
    parent.refresh_from_db()
    if not publish:
        page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
    page.refresh_from_db()
    return page


def paragraph(html: str) -> list:
    return [("paragraph", RichText(html))]


def add_blueprint(name="one", *, parent=None, publish=True, html="<p>Text.</p>", **fields) -> BlueprintPage:
    page = BlueprintPage(
        title=fields.pop("title", f"Blueprint {name}"),
        slug=name,
        summary=f"Summary of {name}.",
        body=paragraph(html),
        **fields,
    )
    return add(page, parent or listing(), publish=publish)


def add_news(name="news-one", **fields) -> NewsPage:
    return add(NewsPage(title=f"News {name}", slug=name, body=paragraph("<p>News.</p>"), **fields), listing("news"))


def add_toolkit(name="kit", *, modules=2, units=2) -> ToolkitPage:
    toolkit = add(ToolkitPage(title=f"Toolkit {name}", slug=name, body=paragraph("<p>How.</p>")), listing("toolkit"))
    for number in range(1, modules + 1):
        module = add_module(toolkit, f"module-{number}")
        for unit in range(1, units + 1):
            add_unit(module, f"unit-{unit}")
    toolkit.refresh_from_db()
    return toolkit


def add_module(toolkit, name, **options) -> ModulePage:
    return add(ModulePage(title=f"{toolkit.slug} {name}", slug=name), toolkit, **options)


def add_unit(module, name, html="<p>Unit text.</p>", **options) -> UnitPage:
    return add(UnitPage(title=f"{module.slug} {name}", slug=name, body=paragraph(html)), module, **options)


def add_picture(name="picture", **fields) -> Picture:
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "PNG")
    return Picture.objects.create(title=name, file=ImageFile(io.BytesIO(content.getvalue()), f"{name}.png"), **fields)


def add_file(name="file", text="Plain text.", **fields) -> File:
    return File.objects.create(title=name, file=ContentFile(text.encode(), f"{name}.txt"), **fields)


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)
