"""A reader's word for a subject finds works in every language that are about it."""

import uuid

import pytest
from django.utils import timezone

from search.queries import SearchQuery
from search.searching import run_search
from taxonomy.models import Concept, ConceptLabel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def housing():
    concept = Concept.objects.get_or_create(scheme="topic", code="housing")[0]
    concept.labels.all().delete()
    for language, label, is_alternative in (
        ("en", "Housing", False),
        ("sv", "Boende", False),
        ("sv", "Att bo och flytta", True),
    ):
        ConceptLabel.objects.create(concept=concept, language=language, label=label, is_alternative=is_alternative)
    return concept


def found(text, language="sv", **options):
    return run_search(SearchQuery(text=text, language=language, **options))


def titles(text, **options) -> list[str]:
    return [hit.title for hit in found(text, **options).hits]


def test_finds_what_is_tagged_in_other_languages_below_what_has_the_word(add_entry):
    add_entry("A flat of one's own", topic=("housing",))
    add_entry("Boende för unga", language="sv")
    add_entry("Vi flyttar", language="sv", topic=("housing",))
    add_entry("Something else", topic=("health",))
    answer = found("boende")
    assert [(hit.title, hit.by_subject) for hit in answer.hits] == [
        ("Boende för unga", False),
        ("Vi flyttar", True),
        ("A flat of one's own", True),
    ]
    assert answer.total == 3
    assert {value.value: value.count for value in answer.facets["topic"]} == {"housing": 2}


@pytest.mark.parametrize("text", ["BOENDEN", "Flytta och bo, att", "  boende  "])
def test_other_forms_other_names_and_another_order_name_it_too(add_entry, text):
    add_entry("A flat", topic=("housing",))
    assert titles(text) == ["A flat"]


@pytest.mark.parametrize("text", ["boende skola", '"boende"', "boende -hus", "flytta"])
def test_more_or_fewer_words_and_phrases_do_not(add_entry, text):
    add_entry("A flat", topic=("housing",))
    assert titles(text) == []


def test_a_work_stands_once_in_the_readers_language(add_entry):
    work = uuid.uuid4()
    add_entry("A flat", work=work, topic=("housing",))
    add_entry("En lägenhet", language="sv", work=work, topic=("housing",))
    assert titles("boende") == ["En lägenhet"]


def test_else_in_english(add_entry):
    work = uuid.uuid4()
    for language, title in (("de", "Eine Wohnung"), ("en", "A flat"), ("uk", "Квартира")):
        add_entry(title, language=language, work=work, topic=("housing",))
    assert titles("boende") == ["A flat"]


def test_filters_and_pages_go_on_through_them(add_entry):
    add_entry("Boende", language="sv")
    for number in range(3):
        add_entry(f"A flat {number}", topic=("housing",), country=("SE",) if number else ("DE",))
    assert titles("boende", size=2, page=2) == ["A flat 1", "A flat 0"]
    assert titles("boende", filters={"country": ("DE",)}) == ["A flat 0"]


def test_what_is_not_public_is_not_found(add_entry):
    entry = add_entry("A flat", topic=("housing",))
    type(entry).objects.filter(pk=entry.pk).update(withdrawn_at=timezone.now())
    assert titles("boende") == []


def test_a_new_name_is_known_at_once(add_entry, housing):
    add_entry("A flat", topic=("housing",))
    assert titles("tak över huvudet") == []
    ConceptLabel.objects.create(concept=housing, language="sv", label="Tak över huvudet", is_alternative=True)
    assert titles("tak över huvudet") == ["A flat"]


def test_page_says_why(client, site_tree, add_entry):
    add_entry("A flat", topic=("housing",))
    reason = "Handlar om ämnet som du sökte efter"
    assert reason in client.get("/sv/search/?q=boende").content.decode()
    assert reason not in client.get("/sv/search/?q=flat").content.decode()
