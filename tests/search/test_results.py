"""Results to take along: the same works in the same order as on the page, in files that others read."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from catalog.models import CatalogEntry

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def library(add_entry):
    add_entry("Mentor at school", "mentor", topic=["housing"], license="CC-BY-4.0")
    add_entry("=HYPERLINK mentor", "mentor mentor", summary="+1 mentor")
    add_entry("Mentor i skolan", language="sv")
    add_entry("Something else")


def read(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return response, b"".join(response.streaming_content if response.streaming else [response.content]).decode()


def titles_on_page(client) -> list[str]:
    return [hit["title"] for hit in client.get("/en/search/?q=mentor&format=json").json()["results"]]


def test_the_table_has_every_result_in_order_and_no_formula(library, client):
    response, text = read(client, "/en/search/results.csv?q=mentor")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["title"].removeprefix("'") for row in rows] == titles_on_page(client)
    assert {row["title"] for row in rows} >= {"'=HYPERLINK mentor"}
    assert {row["summary"] for row in rows} >= {"'+1 mentor"}
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    assert response["Content-Disposition"] == 'attachment; filename="results.csv"'


def test_programs_and_reference_managers_read_them(library, client):
    expected = titles_on_page(client)
    _, text = read(client, "/en/search/results.json?q=mentor")
    assert [row["title"] for row in json.loads(text)] == expected
    assert json.loads(text)[expected.index("Mentor at school")]["topics"] == ["housing"]
    _, text = read(client, "/en/search/results.ris?q=mentor")
    assert [line[6:].strip() for line in text.splitlines() if line.startswith("TI  - ")] == expected
    assert text.count("TY  - ") == text.count("ER  - ") == len(expected)
    _, text = read(client, "/en/search/results.bib?q=mentor")
    assert text.count("\n@") + text.startswith("@") == len(expected)


def test_filters_and_pages_of_the_address_mean_the_same_here(library, client):
    _, text = read(client, "/en/search/results.json?q=mentor&topic=housing&page=7&size=1")
    assert [row["title"] for row in json.loads(text)] == ["Mentor at school"]
    _, text = read(client, "/en/search/results.json?q=nothing")
    assert json.loads(text) == []


def test_the_feed_has_the_newest_first_and_knows_what_did_not_change(library, client):
    response, text = read(client, "/en/search/results.atom?q=mentor")
    feed = ElementTree.fromstring(text)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        "=HYPERLINK mentor", "Mentor at school", "Mentor i skolan",
    ]  # fmt: skip
    assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith("/en/search/results.atom?q=mentor")
    assert (
        client.get("/en/search/results.atom?q=mentor", headers={"if-none-match": response["ETag"]}).status_code == 304
    )


def test_what_was_withdrawn_a_moment_ago_is_in_no_file(library, client):
    CatalogEntry.objects.filter(title="Mentor at school").update(withdrawn_at=timezone.now())
    for extension in ("csv", "json", "ris", "bib", "atom"):
        _, text = read(client, f"/en/search/results.{extension}?q=mentor")
        assert "Mentor at school" not in text
        assert "Mentor i skolan" in text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/search/results.xml?q=a", 404),
        ("/en/search/results.csv?q=%00", 400),
        ("/en/search/results.csv?q=a&page=-1", 400),
        ("/en/search/results.atom?language=xx", 400),
    ],
)
def test_what_cannot_be_answered_is_refused(library, client, address, status):
    assert client.get(address).status_code == status


def test_files_are_read_in_chunks(library, client, add_entry, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("pages.results.CHUNK", 2)
    for number in range(5):
        add_entry(f"Mentor {number}")
    with django_assert_max_num_queries(12):
        _, text = read(client, "/en/search/results.json?q=mentor")
    assert len(json.loads(text)) == 8
