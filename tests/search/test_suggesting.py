"""What is offered while somebody types."""

import pytest
from django.utils import timezone

from catalog.models import CatalogEntry
from search.suggesting import suggest
from taxonomy.models import Concept, ConceptLabel

pytestmark = pytest.mark.django_db


def texts(typed: str, language: str = "en") -> list[str]:
    return [suggestion.text for suggestion in suggest(typed, language)]


@pytest.fixture
def topic():
    concept = Concept.objects.create(scheme="topic", code="mentoring")
    for language, label in (("en", "Mentoring"), ("sv", "Mentorskap")):
        ConceptLabel.objects.create(concept=concept, language=language, label=label)
    return concept


def test_titles_are_found_by_the_beginning_of_a_word(add_entry):
    add_entry("Networking dinners in Lund", "about mentors")
    add_entry("Mentors at school")
    assert texts("ment") == ["Mentors at school"]
    assert texts("mentoring") == ["Mentors at school"]
    assert texts("dinner netw") == ["Networking dinners in Lund"]
    assert texts("dinners scho") == []


def test_only_the_readers_language_is_offered(add_entry):
    add_entry("Mentor i skolan", language="sv")
    assert texts("mentor") == []
    assert texts("mentor", "sv") == ["Mentor i skolan"]
    assert texts("مرشد", "ar") == []


def test_topics_are_offered_when_something_is_about_them(add_entry, topic, client):
    assert texts("ment") == []
    add_entry("Housing", topic=["mentoring"])
    (found,) = client.get("/sv/search/suggestions/?q=ment").json()["suggestions"]
    assert (found["text"], found["url"], found["language"]) == ("Mentorskap", "/sv/topics/mentoring/", "sv")


def test_organizations_lead_to_what_they_have_a_part_in(add_entry):
    entry = add_entry("Housing")
    entry.record_data["agents"] = [{"name": "Volkshochschule Harz", "role": "author", "path": "/en/organizations/vhs/"}]
    entry.save()
    from search.indexing import index_entry

    index_entry(CatalogEntry.objects.get(pk=entry.pk))
    (found,) = suggest("harz", "en")
    assert (found.text, found.url) == ("Volkshochschule Harz", "/en/search/?organization=Volkshochschule+Harz")


def test_what_is_hidden_is_not_offered(add_entry, topic):
    entry = add_entry("Mentors at school", topic=["mentoring"])
    CatalogEntry.objects.filter(pk=entry.pk).update(withdrawn_at=timezone.now())
    assert texts("ment") == []


@pytest.mark.parametrize("typed", ["", " ", "a", '""', "*", "title:x OR", "x" * 5_000, "a" * 101, "- -", "' OR 1"])
def test_odd_input_gets_an_empty_answer(add_entry, client, typed):
    add_entry("Mentors")
    response = client.get("/en/search/suggestions/", {"q": typed})
    assert response.status_code == 200
    assert response.json() == {"suggestions": [], "status": "0 suggestions"}
    assert suggest(f"\x00{typed}", "en") == []


def test_queries_are_few(add_entry, topic, client, django_assert_max_num_queries):
    for number in range(10):
        add_entry(f"Mentors {number}", topic=["mentoring"])
    with django_assert_max_num_queries(7):
        assert len(client.get("/en/search/suggestions/?q=ment").json()["suggestions"]) == 6


def test_projects_are_offered_by_their_titles(add_entry):
    add_entry("Bridges to work", kind="project")
    (found,) = suggest("bridg", "en")
    assert (found.text, found.kind) == ("Bridges to work", "Project")
