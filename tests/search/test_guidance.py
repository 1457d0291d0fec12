"""What editors tell search: synonyms and picks."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from accounts.models import Role
from search.guidance import EditorsPick, PickedWork, Synonyms
from search.guidance_forms import checked_lines
from search.queries import SearchQuery
from search.searching import run_search

from ..admin.conftest import editor, signed_in  # noqa: F401
from ..catalog.conftest import add_blueprint, name_database_of_atomic_blocks, site  # noqa: F401

pytestmark = pytest.mark.django_db


def titles(text, language="en", **options):
    return [hit.title for hit in run_search(SearchQuery(text=text, language=language, **options)).hits]


def same(*words, others=(), language="en") -> Synonyms:
    return Synonyms.objects.create(language=language, words="\n".join(words), others="\n".join(others))


# Synonyms


def test_a_synonym_is_found_in_every_form_below_the_word_itself(add_entry):
    add_entry("Automobiles", "automobiles")
    add_entry("Cars and much more that makes the text longer", "a car")
    add_entry("Neither")
    assert titles("automobile") == ["Automobiles"]
    row = same("car", "automobile")
    assert titles("automobiles") == ["Automobiles", "Cars and much more that makes the text longer"]
    assert titles("cars") == ["Cars and much more that makes the text longer", "Automobiles"]
    assert "<mark>" in run_search(SearchQuery(text="car", language="en")).hits[1].highlight
    row.delete()
    assert titles("cars") == ["Cars and much more that makes the text longer"]


def test_synonyms_in_a_title_do_not_push_the_word_down(add_entry):
    add_entry("A car")
    add_entry("Automobile, automobiles and vehicles", "a car among many words that say something else")
    add_entry("Automobile")
    same("car", "automobile", "vehicle")
    assert titles("car") == ["A car", "Automobile, automobiles and vehicles", "Automobile"]


def test_synonyms_of_one_way_and_of_another_language_do_not_find_the_word(add_entry):
    add_entry("Vehicles")
    add_entry("Trams")
    add_entry("Fordon", language="sv")
    same("vehicle", others=["tram"])
    same("tram", "fordon", language="sv")
    assert titles("vehicle") == ["Vehicles", "Trams"]
    assert titles("trams") == ["Trams", "Fordon"]
    assert titles("fordon") == ["Fordon"]


def test_phrases_stand_for_words_and_words_for_phrases(add_entry):
    add_entry("Andragogy")
    add_entry("Adult education in towns")
    add_entry("Education for every adult")
    same("andragogy", "adult education")
    assert titles("andragogy") == ["Andragogy", "Adult education in towns"]
    assert set(titles("adult education")) == {"Adult education in towns", "Education for every adult", "Andragogy"}
    assert titles("adult education")[-1] == "Andragogy"
    assert titles('"adult education"') == ["Adult education in towns"]
    assert titles("education") == ["Education for every adult", "Adult education in towns"]
    assert titles("towns -andragogy") == ["Adult education in towns"]


def test_a_word_that_stands_nowhere_is_found_by_its_synonym_without_being_corrected(add_entry):
    add_entry("Bicycles")
    add_entry("Bikers")
    same("bikes", "bicycles")
    page = run_search(SearchQuery(text="bikes", language="en"))
    assert (page.hits[0].title, page.did_you_mean) == ("Bicycles", None)


def test_guidance_costs_a_search_nothing_once_it_is_read(add_entry):
    add_entry("Car")
    titles("car")
    with CaptureQueriesContext(connection) as before:
        titles("car")
    same("car", "automobile")
    assert titles("automobile") == ["Car"]
    with CaptureQueriesContext(connection) as after:
        titles("car")
    # There are two ways to find the word, so its scores are asked for after the documents that have it.
    assert len(after) <= len(before) + 1
    assert not [query for query in after.captured_queries if "synonyms" in query["sql"]]


@pytest.mark.parametrize(
    "text",
    [
        "a\nA",
        "teaching\nteach",
        "word\n—",
        "w" * 81,
        "one two three four five six seven",
        "\n".join(map(str, range(21))),
    ],
)
def test_lines_that_search_could_not_use_are_refused(text):
    with pytest.raises(ValidationError):
        checked_lines(text, "en", {})
    assert checked_lines(" adult   education \n\nАндрагогіка\r\n", "uk", {}) == "adult education\nАндрагогіка"


# Picks


def pick(words, *pages, language="en") -> EditorsPick:
    row = EditorsPick.objects.create(language=language, words=words)
    for place, page in enumerate(pages):
        PickedWork.objects.create(pick=row, page=page, sort_order=place)
    return row


@pytest.fixture
def pottery(site):  # noqa: F811
    return [add_blueprint(f"pot-{number}", title=f"Pottery {number}") for number in range(6)]


def test_picks_stand_on_top_in_their_order_and_every_page_is_right(pottery):
    unlike = add_blueprint("unlike", title="Something unlike")
    pick("Pottery courses", pottery[1], unlike)
    for text in ("pottery course", "Course POTTERIES"):
        page = run_search(SearchQuery(text=text, language="en"))
        assert [(hit.title, hit.picked) for hit in page.hits[:3]] == [
            ("Pottery 1", True), ("Something unlike", True), ("Pottery 5", False),
        ]  # fmt: skip
        assert page.total == len(page.hits) == 7
    pages = [titles("pottery course", page=number, size=3) for number in (1, 2, 3, 4)]
    assert [len(found) for found in pages] == [3, 3, 1, 0]
    assert len({title for found in pages for title in found}) == 7
    assert sum(value.count for value in page.facets["kind"]) == 7
    for text in ("pottery", '"pottery course"', "pottery course -x"):
        assert "Something unlike" not in titles(text)
    assert titles("pottery course", sort="newest")[0] == "Pottery 5"
    assert titles("pottery course", "sv")[0] == "Pottery 5"


def test_picks_that_are_hidden_or_filtered_out_are_not_shown(pottery):
    unlike = add_blueprint("unlike", title="Something unlike")
    pick("pottery", unlike)
    assert titles("pottery")[0] == "Something unlike"
    assert "Something unlike" not in titles("pottery", filters={"language": ("sv",)})
    unlike.unpublish()
    page = run_search(SearchQuery(text="pottery", language="en"))
    assert (page.total, page.hits[0].picked) == (6, False)
    unlike.save_revision().publish()
    assert titles("pottery")[0] == "Something unlike"
    Page.objects.get(pk=unlike.pk).delete()
    assert run_search(SearchQuery(text="pottery", language="en")).total == 6


def test_a_pick_is_shown_in_the_readers_edition_and_marked(pottery, site, client):  # noqa: F811
    swedish = pottery[2].copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.title = "Krukor"
    swedish.save_revision().publish()
    pick("lera", pottery[2], language="sv")
    html = client.get("/sv/search/?q=Lera").content.decode()
    assert re.findall(r'class="picked"', html) == ["""class="picked\""""]
    assert "Krukor" in html
    assert [
        (hit["title"], hit["picked"]) for hit in client.get("/sv/search/?q=lera&format=json").json()["results"]
    ] == [("Krukor", True)]


# The screens

ADDRESSES = ("/admin/snippets/search/synonyms/", "/admin/snippets/search/editorspick/")


def fields(**values):
    return {"language": "en", "words": "car\nautomobile", "others": "", **values}


def works(*pages):
    rows = {f"works-{number}-{name}": value for number, page in enumerate(pages) for name, value in (
        ("page", page), ("id", ""), ("ORDER", number + 1), ("DELETE", ""))}  # fmt: skip
    return {
        "works-TOTAL_FORMS": len(pages),
        "works-INITIAL_FORMS": 0,
        "works-MIN_NUM_FORMS": 1,
        "works-MAX_NUM_FORMS": 5,
        **rows,
    }


def test_editors_write_synonyms_and_see_what_is_wrong_at_its_field(editor: Client):  # noqa: F811
    address = f"{ADDRESSES[0]}add/"
    assert editor.get(address).status_code == 200
    for wrong in (
        {"words": "car"},
        {"words": "car\ncars"},
        {"others": "Cars"},
        {"language": "xx"},
        {"words": "\x00\na"},
        {"words": ""},
    ):
        response = editor.post(address, fields(**wrong))
        assert response.status_code == 200, wrong
        assert response.context["form"].errors.keys() <= {"words", "others", "language"}
        assert response.context["form"].errors
    assert editor.post(address, fields()).status_code == 302
    assert Synonyms.objects.get().words == "car\nautomobile"
    assert "automobile" in editor.get(ADDRESSES[0]).content.decode()


def test_editors_choose_works(editor: Client, pottery):  # noqa: F811
    address = f"{ADDRESSES[1]}add/"
    assert editor.get(address).status_code == 200
    home = pottery[0].get_ancestors().filter(depth=2).get()
    wrong = [
        {"words": "!!", **works(pottery[0].pk)}, {"words": "x", **works()}, {"words": "x", **works(99999)},
        {"words": "x", **works("x")}, {"words": "x", **works(*[page.pk for page in pottery])},
        {"words": "x", **works(home.pk)},
    ]  # fmt: skip
    for data in wrong:
        assert editor.post(address, fields(**data)).status_code == 200
    assert not EditorsPick.objects.exists()
    assert editor.post(address, fields(words="Pots", **works(pottery[3].pk))).status_code == 302
    assert titles("pot")[0] == "Pottery 3"
    assert editor.post(address, fields(words="pot", **works(pottery[4].pk))).status_code == 200
    assert EditorsPick.objects.count() == 1


@pytest.mark.parametrize("role", list(Role))
def test_each_language_belongs_to_those_who_write_in_it(editor, role):  # noqa: F811
    own, other = same("a", "b", language="sv"), same("c", "d", language="en")
    client = signed_in(role, "sv")
    may = role in {Role.EDITOR, Role.COORDINATOR}
    for address in ADDRESSES:
        assert (client.get(f"{address}add/").status_code == 200) == may
    assert (client.get(f"{ADDRESSES[0]}edit/{own.pk}/").status_code == 200) == may
    assert client.get(f"{ADDRESSES[0]}edit/{other.pk}/").status_code != 200
    assert client.post(f"{ADDRESSES[0]}delete/{other.pk}/").status_code != 200
    client.post(f"{ADDRESSES[0]}edit/{other.pk}/", fields(words="x\ny"))
    client.post(f"{ADDRESSES[0]}add/", fields(words="x\ny", language="en"))
    client.post(f"{ADDRESSES[0]}edit/{own.pk}/", fields(words="x\ny", language="en"))
    assert set(Synonyms.objects.filter(language="en")) == {other}
    client.post(f"/admin/bulk/search/synonyms/delete/?id={own.pk}&id={other.pk}&next=/admin/")
    assert Synonyms.objects.filter(pk=other.pk).exists()
    if may:
        assert "c, d" not in client.get(ADDRESSES[0]).content.decode()
