"""The sitemap and what else search engines read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from catalog import sitemap
from catalog.models import CatalogEntry, EntryPart

from ..exports.conftest import add_entry, withdraw  # noqa: F401
from .conftest import add_blueprint, add_toolkit

pytestmark = pytest.mark.django_db
NAMES = {"s": sitemap.SITEMAP, "x": "http://www.w3.org/1999/xhtml"}
HOST = "http://127.0.0.1:8000"


def parsed(client, address: str):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(response.getvalue())


def listed(client) -> dict[str, dict[str, str]]:
    """The alternates by address, over all pages that the index names."""
    found = {}
    for address in parsed(client, "/sitemap.xml").xpath("//s:loc/text()", namespaces=NAMES):
        for url in parsed(client, str(address).removeprefix(HOST)).xpath("//s:url", namespaces=NAMES):
            links = url.xpath("x:link", namespaces=NAMES)
            (loc,) = url.xpath("s:loc/text()", namespaces=NAMES)
            assert str(loc) not in found
            found[str(loc)] = {link.get("hreflang"): link.get("href") for link in links}
    return found


def test_sitemap_lists_every_public_page_and_part_with_its_languages(site, client):
    page = add_blueprint("one")
    page.copy_for_translation(site["sv"].locale, copy_parents=True).save_revision().publish()
    add_toolkit("kit", modules=1, units=1)
    add_blueprint("draft", publish=False)
    found = listed(client)
    expected = {HOST + path for path in CatalogEntry.objects.public().values_list("path", flat=True)}
    expected |= {HOST + path for path in EntryPart.objects.values_list("path", flat=True)}
    assert set(found) == expected
    assert f"{HOST}/en/toolkits/kit/module-1/unit-1/" in found
    both = {"en": f"{HOST}/en/blueprints/one/", "sv": f"{HOST}/sv/blueprints/one/"}
    assert found[both["en"]] == found[both["sv"]] == both


def test_editions_across_the_end_of_a_page_know_each_other(add_entry, client, site_tree, monkeypatch):  # noqa: F811
    monkeypatch.setattr(sitemap, "PER_PAGE", 5)
    entries = [add_entry() for _ in range(4)]
    for entry in entries:
        for language in ("sv", "ar"):
            add_entry(language=language, work=entry.work)
    found = listed(client)
    assert len(found) == CatalogEntry.objects.public().count()
    for entry in entries:
        assert set(found[HOST + entry.path]) == {"en", "sv", "ar"}


def test_withdrawn_pages_are_left_out(add_entry, client, site_tree):  # noqa: F811
    entry = add_entry()
    assert HOST + entry.path in listed(client)
    withdraw(entry)
    assert HOST + entry.path not in listed(client)


def test_pages_of_the_sitemap_cost_the_same_queries(add_entry, client, site_tree):  # noqa: F811
    def queries():
        counts = []
        for address in ("/sitemap.xml", "/sitemap-pages-1.xml"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).getvalue()
            counts.append(len(captured.captured_queries))
        return counts

    add_entry()
    client.get("/sitemap-pages-1.xml").getvalue()
    few = queries()
    for _ in range(30):
        add_entry()
    assert queries() == few
    assert max(few) <= 4


@pytest.mark.parametrize(
    "page", ["pages-0", "pages-2", "pages-99999999999999999999999", "others-1", "pages-x", "parts-1"]
)
def test_pages_that_there_are_not(client, site_tree, page):
    assert client.get(f"/sitemap-{page}.xml", follow=True).status_code == 404


def test_robots_are_told_the_sitemap_and_what_to_leave(client, site_tree):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {HOST}/sitemap.xml" in lines
    for path in ("/admin/", "/en/search/", "/ar/search/", "/sv/download/"):
        assert f"Disallow: {path}" in lines


def test_pages_name_one_canonical_address(site, client):
    add_blueprint("one")
    for address, canonical in (
        ("/en/blueprints/one/?x=1", "/en/blueprints/one/"),
        ("/en/blueprints/", "/en/blueprints/"),
    ):
        page = client.get(address).content.decode()
        assert page.count('rel="canonical"') == 1
        assert f'<link rel="canonical" href="{HOST}{canonical}">' in page
    assert 'rel="canonical"' not in client.get("/en/nothing/").content.decode()
