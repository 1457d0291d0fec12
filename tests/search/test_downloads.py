"""Results sorted by how often a work was taken."""

import uuid

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.counting import count_download
from catalog.models import EntryAsset
from search.downloads import refresh_downloads
from search.models import SearchState
from search.queries import SearchQuery
from search.searching import run_search

pytestmark = pytest.mark.django_db


def titles(text="mentor", language="en", **options):
    query = SearchQuery(text=text, language=language, sort="downloads", **options)
    return [hit.title for hit in run_search(query).hits]


def take(entry, times=1, **options):
    for _ in range(times):
        count_download(f"work/{entry.work}", format_name=options.get("format_name", "pdf"), language=entry.language)


def test_works_stand_by_downloads_of_all_formats_and_editions_the_newest_of_equal_ones_first(add_entry):
    work = uuid.uuid4()
    first, second, third = (add_entry(f"Mentor {number}") for number in (1, 2, 3))
    translated = add_entry("Mentor 4", work=work)
    swedish = add_entry("Mentor fyra", language="sv", work=work)
    assert titles() == ["Mentor 4", "Mentor 3", "Mentor 2", "Mentor 1"]
    take(first, 2)
    take(first, format_name="zip")
    take(translated, 2)
    take(swedish, 2)
    take(third)
    call_command("count_downloads")
    assert titles() == titles("") == ["Mentor 4", "Mentor 1", "Mentor 3", "Mentor 2"]
    assert titles(size=2, page=2) == ["Mentor 3", "Mentor 2"]
    take(second, 5)
    assert refresh_downloads() == 1
    assert titles()[0] == "Mentor 2"
    assert refresh_downloads() == 0


def test_files_count_for_each_work_that_offers_them(add_entry):
    works = [add_entry(f"Mentor {number}") for number in (1, 2, 3)]
    for entry in works[:2]:
        EntryAsset.objects.create(entry=entry, type=EntryAsset.Type.FILE, object_id=77)
    count_download("file/77", format_name="pdf")
    count_download("file/78", format_name="pdf")
    assert refresh_downloads() == 2
    assert titles() == ["Mentor 2", "Mentor 1", "Mentor 3"]


def test_counting_asks_the_same_few_queries_and_changes_no_document(add_entry):
    for number in range(12):
        take(add_entry(f"Mentor {number}"))
    state = SearchState.objects.get()
    with CaptureQueriesContext(connection) as captured:
        assert refresh_downloads() == 12
    assert len(captured) <= 10
    assert not [query["sql"] for query in captured if "searchdocument" in query["sql"]]
    after = SearchState.objects.get()
    assert (after.token, after.mark) == (state.token, state.mark)
    assert after.counted != state.counted


def test_the_page_offers_it_and_keeps_it(add_entry, client):
    add_entry("Mentor 1", topic=["housing"])
    take(add_entry("Mentor 2"))
    add_entry("Mentor 3")
    refresh_downloads()
    html = client.get("/en/search/?q=mentor&sort=downloads").content.decode()
    assert '<span aria-current="true">Most downloaded first</span>' in html
    assert 'name="sort" value="downloads"' in html
    assert html.index("Mentor 2</a>") < html.index("Mentor 3</a>") < html.index("Mentor 1</a>")
    assert client.get("/en/search/?q=mentor&sort=best").status_code == 200
