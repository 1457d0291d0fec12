"""What helps a reader who finds nothing."""

import re

import pytest

from search.clauses import parsed
from taxonomy.models import Concept, ConceptLabel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def housing(add_entry):
    concept = Concept.objects.get_or_create(scheme="topic", code="housing")[0]
    concept.labels.all().delete()
    for language, label in (("en", "Housing"), ("sv", "Boende"), ("uk", "Житло")):
        ConceptLabel.objects.create(concept=concept, language=language, label=label)
    return add_entry("Mentors find flats", "a mentor at school", topic=["housing"])


def page(client, language="en", **query) -> str:
    response = client.get(f"/{language}/search/", query)
    assert response.status_code == 200
    html = response.content.decode()
    return html[html.index('<div class="empty">') :].partition("</div>")[0]


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)


def test_the_same_words_are_offered_without_quotation_marks_and_exclusions(client):
    html = page(client, q='"school mentor" flats -find')
    assert "1 result for the words wherever they stand" in html
    assert "?q=flats+school+mentor" in links(html)
    assert "wherever they stand" not in page(client, q='"qqqq zzzz"')
    assert "wherever they stand" not in page(client, q="qqqq")


def test_chosen_filters_are_kept_in_what_is_offered(client):
    html = page(client, q='"school mentor"', topic="housing")
    assert "?q=school+mentor&amp;topic=housing" in links(html)
    assert "wherever they stand" not in page(client, q='"school mentor"', topic="health")


@pytest.mark.parametrize("word", ["Boende", "boende", "ЖИТЛО", "житло"])
def test_a_topic_is_found_by_its_name_in_another_language(client, word):
    html = page(client, q=word)
    assert "Topics with this name in another language" in html
    assert "/en/topics/housing/" in links(html)
    assert ">Housing<" in html


def test_a_topic_that_nothing_is_about_is_not_offered(client, housing):
    ConceptLabel.objects.create(
        concept=Concept.objects.create(scheme="topic", code="empty"), language="sv", label="Ingenting"
    )
    html = page(client, q="Ingenting")
    assert "What there is much about" in html
    assert not [link for link in links(html) if "empty" in link]


@pytest.mark.parametrize("text", ['"', "-", '-"a b"', '"a b" -c d', '""', "\u200b", "a" * 2000])
def test_relaxed_queries_have_neither_marks_nor_exclusions(text):
    relaxed = parsed(text).relaxed
    assert '"' not in relaxed
    assert parsed(relaxed).excluded == parsed(relaxed).phrases == ()
