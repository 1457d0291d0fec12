"""Bad input on every public address: an answer that says something, never a 500."""

from urllib.parse import quote

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

LONG = "n" * 3_000
WORDS = " ".join(f"word{number}" for number in range(10_000))
TEXTS = {
    "null byte": "a\x00b",
    "blanks": "   ",
    "nothing": "",
    "unbalanced quote": 'one "two',
    "quotes only": '"""',
    "apostrophe": "l'",
    "operators": "AND OR NOT NEAR(a b) a* ^b -c +d {e} col:f (",
    "SQL": "'; DROP TABLE catalog_catalogentry; --",
    "HTML": "<script>alert(1)</script>",
    "long word": "x" * 1_900,
    "too long": "y" * 2_500,
    "10,000 words": WORDS,
    "800 words": " ".join(f"w{n}" for n in range(800))[:1_990],
    "lone surrogate": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "emoji": "👩🏽‍🏫 🇺🇦",
    "right-to-left marks": "\u202eabc\u2066",
    "combining marks": "e" + "\u0301" * 500,
    "percent": "%s %(x)s %",
    "backslash": "\\' \\",
}
NUMBERS = ["0", "-1", "1.5", "x", "", "99999999999999999999", "١", "1e3", "\x00", "00001", "100000"]


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("form", ["html", "json"])
def test_any_search_text_gets_an_answer(site_tree, reader, name, form):
    response = reader.get("/en/search/", {"q": TEXTS[name], "format": form})
    assert response.status_code in (200, 400), response.status_code
    if form == "json" and response.status_code == 200:
        assert set(response.json()) == {"total", "results", "facets", "did_you_mean", "degraded"}
    if response.status_code == 400:
        assert len(response.content) > 20


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", ["page", "size"])
def test_odd_numbers_are_answered_with_what_is_allowed(site_tree, reader, name, number):
    for address in ("/en/search/", "/ar/search/", "/en/blueprints/"):
        response = reader.get(address, {name: number})
        assert response.status_code in (200, 400)
    answer = reader.get("/en/search/", {name: "-1", "format": "json"})
    assert answer.status_code == 400
    assert "whole numbers" in answer.json()["error"]


@pytest.mark.parametrize("facet", ["kind", "topic", "country", "target_group", "license", "language"])
@pytest.mark.parametrize("value", ["nothing-such", "' OR 1=1", LONG, "\x00", "é"])
def test_unknown_filter_values_find_nothing_or_are_refused(site_tree, reader, facet, value):
    response = reader.get("/sv/search/", {facet: value, "format": "json"})
    assert response.status_code in (200, 400)
    if response.status_code == 200:
        assert response.json()["total"] == 0


def test_many_filters_and_repeated_ones_are_bounded(site_tree, reader):
    response = reader.get("/en/search/", {"topic": [f"topic-{n}" for n in range(900)], "format": "json"})
    assert response.status_code == 200


ADDRESSES = [
    "/xx/", "/EN/", "/en-GB/", "/en", "/en//", "/en/../../etc/passwd/", f"/en/{LONG}/", f"/{LONG}", "/en/%00/", "/en/\ufffe/",
    "/en/blueprints/" + quote("مدينة") + "/", "/en/download/not-a-uuid/", "/en/download/00000000-0000-0000-0000-000000000000/",
    "/xx/search/?q=a", "/en/search/extra/", "/documents/0/x", "/documents/99999999999999999999999/x.pdf", f"/documents/1/{LONG}",
    "/documents/-1/x", "/media/", f"/media/images/{LONG}.jpg", "/media/images/../../manage.py", "/media/images/%2e%2e/x.jpg",
    "/media/documents/x.pdf", "/media/original_images/x.jpg", f"/media/original_images/{LONG}", "/media/images/a%00b.jpg",
    "/static/../manage.py", "/en/_util/authenticate_with_password/1/1/", "/en/_util/login/?next=//evil.example",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES, ids=range(len(ADDRESSES)))
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
def test_odd_addresses_and_methods_are_refused_not_failed(site_tree, reader, address, method):
    response = getattr(reader, method)(address)
    assert response.status_code < 500, response.content[:300]


@pytest.mark.parametrize("header", ["xx", "*", "ar;q=x", ",,,", "en-" * 2_000, "\x00"])
def test_front_door_understands_any_language_wish(site_tree, reader, header):
    response = reader.get("/", headers={"accept-language": header})
    assert response.status_code == 302
    assert reader.get(response.headers["Location"]).status_code == 200


def test_refusals_are_in_the_language_of_the_page(site_tree, reader):
    page = reader.get("/ar/search/", {"page": "x"})
    assert page.status_code == 400
    assert 'lang="ar"' in page.content.decode()
    assert 'role="alert"' in page.content.decode()


def test_unknown_host_is_refused(site_tree, reader):
    assert reader.get("/en/", headers={"host": "evil.example"}).status_code == 400
