"""A work stands in the results once, in the edition that its reader can read best."""

import re
import uuid

import pytest
from django.utils import timezone

from catalog.models import CatalogEntry
from search.queries import SearchQuery
from search.searching import run_search

pytestmark = pytest.mark.django_db


@pytest.fixture
def add_work(add_entry):
    def add(**titles):
        work = uuid.uuid4()
        return {language: add_entry(title, language=language, work=work) for language, title in titles.items()}

    return add


def hits(text, language, **options):
    return [
        (hit.title, hit.language, hit.found_in)
        for hit in run_search(SearchQuery(text=text, language=language, **options)).hits
    ]


def test_words_of_another_edition_lead_to_the_readers_own_below_what_has_them_itself(add_work):
    work = add_work(sv="Krukmakarens verkstad", de="Werkstatt der Töpfer", en="The pottery")
    add_work(de="Verkstad ist Schwedisch")
    assert hits("verkstad", "de") == [("Verkstad ist Schwedisch", "de", ""), ("Werkstatt der Töpfer", "de", "sv")]
    (hit,) = run_search(SearchQuery(text="krukmakare", language="de")).hits
    assert (hit.found_in, hit.editions) == ("sv", {"en": work["en"].path, "sv": work["sv"].path})
    assert "<mark>" not in hit.highlight


def test_where_there_is_no_own_edition_the_nearest_language_is_shown(add_work):
    add_work(fi="Savenvalajan paja", sv="Krukmakeri", en="Pottery")
    assert hits("savenvalaja", "nb") == [("Krukmakeri", "sv", "fi")]
    assert hits("savenvalaja", "ar") == [("Pottery", "en", "fi")]
    add_work(fi="Savenvalajan pyörä", uk="Гончарне коло")
    assert ("Savenvalajan pyörä", "fi", "") in hits("savenvalaja", "ar")


def test_words_in_the_shown_edition_need_no_other(add_work):
    add_work(fi="Agora agora agora", en="An agora among many other things that make it long")
    assert [found_in for _, _, found_in in hits("agora", "de")] == [""]


def test_an_edition_that_the_filters_leave_out_is_not_shown(add_entry):
    work = uuid.uuid4()
    add_entry("Krukmakeri", language="sv", work=work, country=["SE"])
    add_entry("Töpferei", language="de", work=work)
    assert hits("krukmakeri", "de") == [("Töpferei", "de", "sv")]
    assert hits("krukmakeri", "de", filters={"country": ("SE",)}) == [("Krukmakeri", "sv", "")]
    assert hits("krukmakeri", "de", filters={"language": ("sv",)}) == [("Krukmakeri", "sv", "")]


def test_hidden_editions_are_neither_shown_nor_linked(add_work):
    work = add_work(sv="Krukmakeri", de="Töpferei", en="Pottery", fr="Poterie")
    CatalogEntry.objects.filter(pk__in=[work["de"].pk, work["fr"].pk]).update(withdrawn_at=timezone.now())
    (hit,) = run_search(SearchQuery(text="krukmakeri", language="de")).hits
    assert (hit.title, set(hit.editions)) == ("Pottery", {"sv"})
    CatalogEntry.objects.filter(pk=work["sv"].pk).update(withdrawn_at=timezone.now())
    assert hits("krukmakeri", "de") == []


def test_pages_have_each_work_once(add_work):
    for number in range(7):
        add_work(sv=f"Krukmakeri {number}", fi=f"Krukmakeri {number}", de=f"Töpferei {number}")
    pages = [hits("krukmakeri", "de", page=page, size=3) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({hit for page in pages for hit in page}) == 7


def test_the_page_marks_languages_and_links_the_other_editions(add_work, client):
    work = add_work(sv="Krukmakeri", ar="الفخار", en="Pottery")
    html = client.get("/de/search/?q=krukmakeri").content.decode()
    (hit,) = re.findall(r'<li class="hit".*?</li>', html, re.DOTALL)
    assert 'lang="en"' in hit
    found, also = re.findall(r'<p class="(?:from-file|also-in)" lang="de" dir="ltr">(.*?)</p>', hit)
    assert re.findall(r'href="([^"]+)" lang="(\w+)" hreflang', found) == [(work["sv"].path, "sv")]
    assert re.findall(r'href="([^"]+)" lang="(\w+)" hreflang', also) == [(work["ar"].path, "ar")]
    assert "also-in" not in client.get("/de/search/?q=nothing").content.decode()
