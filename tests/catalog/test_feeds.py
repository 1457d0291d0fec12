"""Atom feeds, against RFC 4287 as far as a program can read it."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import etree

from catalog.models import CatalogEntry

from ..exports.conftest import add_entry, withdraw  # noqa: F401
from .test_query_counts import queries_of

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def parsed(response) -> etree._Element:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def texts(feed, path: str) -> list[str]:
    return [str(found) for found in feed.xpath(path, namespaces=ATOM)]


def test_feed_has_what_the_standard_asks_for(add_entry, client, site_tree):  # noqa: F811
    entry = add_entry("T & <b>t\x0b", topics=("e-learning",))
    feed = parsed(client.get("/en/feed/"))
    assert etree.QName(feed).namespace == ATOM["a"]
    for required in ("a:id", "a:title", "a:updated", "a:author/a:name", "a:entry/a:id", "a:entry/a:updated"):
        assert len(texts(feed, f"{required}/text()")) == 1, required
    assert texts(feed, "a:link[@rel='self']/@href") == ["http://127.0.0.1:8000/en/feed/"]
    assert texts(feed, "a:entry/a:title/text()") == ["T & <b>t"]
    assert texts(feed, "a:entry/a:author/a:name/text()") == ["City of Lund & Partners"]
    assert texts(feed, "a:entry/a:link[@rel='alternate']/@href") == [f"http://127.0.0.1:8000{entry.path}"]
    assert texts(feed, "a:entry/a:category/@term") == ["blueprint", "e-learning"]
    for moment in texts(feed, "//a:updated/text()") + texts(feed, "//a:published/text()"):
        assert datetime.fromisoformat(moment).tzinfo == UTC
    uuid.UUID(texts(feed, "a:entry/a:id/text()")[0])


def test_id_stays_when_the_page_moves_and_differs_by_language(add_entry, client, site_tree):  # noqa: F811
    entry = add_entry()
    add_entry(language="sv", work=entry.work)
    (before,), (swedish,) = (texts(parsed(client.get(f"/{c}/feed/")), "a:entry/a:id/text()") for c in ("en", "sv"))
    CatalogEntry.objects.filter(pk=entry.pk).update(path="/en/elsewhere/")
    assert texts(parsed(client.get("/en/feed/")), "a:entry/a:id/text()") == [before]
    assert before != swedish


def test_feeds_of_kinds_topics_and_languages(add_entry, client, site_tree):  # noqa: F811
    add_entry("Blueprint", topics=("e-learning",))
    add_entry("Toolkit", kind="toolkit")
    add_entry("Svensk", language="sv", kind="toolkit")
    add_entry("About", kind="page")

    def titles(address):
        return set(texts(parsed(client.get(address)), "a:entry/a:title/text()"))

    assert titles("/en/feed/") == {"Blueprint", "Toolkit"}
    assert titles("/en/feed/toolkit/") == {"Toolkit"}
    assert titles("/sv/feed/toolkit/") == {"Svensk"}
    assert titles("/en/feed/topic/e-learning/") == {"Blueprint"}
    assert titles("/fi/feed/") == set()
    for unknown in ("/en/feed/nothing/", "/en/feed/page/", "/en/feed/topic/nothing/", "/en/feed/home/"):
        assert client.get(unknown).status_code == 404, unknown
    assert client.post("/en/feed/").status_code == 405


def test_what_is_not_public_is_not_in_it(add_entry, client, site_tree):  # noqa: F811
    withdraw(add_entry("Withdrawn"))
    expired = add_entry("Expired")
    CatalogEntry.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert texts(parsed(client.get("/en/feed/")), "a:entry/a:title/text()") == []


def test_unchanged_feed_is_not_sent_again(add_entry, client, site_tree):  # noqa: F811
    add_entry()
    first = client.get("/en/feed/")
    assert client.get("/en/feed/", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get("/en/feed/", headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    add_entry()
    assert client.get("/en/feed/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_newest_fifty_in_constant_queries(add_entry, client, site_tree):  # noqa: F811
    add_entry(topics=("e-learning",))
    for address in ("/en/feed/", "/en/feed/blueprint/", "/en/feed/topic/e-learning/"):
        queries_of(client, address)
    few = [len(queries_of(client, a)) for a in ("/en/feed/", "/en/feed/blueprint/", "/en/feed/topic/e-learning/")]
    for number in range(60):
        add_entry(f"Entry {number}", topics=("e-learning",))
    many = [len(queries_of(client, a)) for a in ("/en/feed/", "/en/feed/blueprint/", "/en/feed/topic/e-learning/")]
    assert few == many
    assert max(many) <= 4
    titles = texts(parsed(client.get("/en/feed/")), "a:entry/a:title/text()")
    assert len(titles) == 50
    assert titles[0] == "Entry 59"


def test_pages_name_their_feeds(site_tree, client):
    listing = client.get("/sv/toolkits/").content.decode()
    assert 'type="application/atom+xml"' in listing
    assert 'href="/sv/feed/"' in listing
    assert 'href="/sv/feed/toolkit/"' in listing
    assert 'href="/en/feed/"' in client.get("/en/nothing/").content.decode()
