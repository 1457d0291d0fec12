"""The filters beside the results."""

import re

import pytest

pytestmark = pytest.mark.django_db
TOPICS = [f"topic-{number:02}" for number in range(12)]


@pytest.fixture
def found_by_many_topics(site_tree, add_entry):
    for number in range(1, 4):
        add_entry(f"Mentoring {number}", topic=TOPICS[: 4 * number])
    add_entry("Mentoring for all")


def topics_on(client, address: str) -> list[str]:
    return re.findall(r'name="topic" value="([^"]+)"', client.get(address).content.decode())


def test_most_frequent_values_are_shown_and_the_others_offered(client, found_by_many_topics):
    page = client.get("/en/search/?q=mentoring").content.decode()
    assert topics_on(client, "/en/search/?q=mentoring") == TOPICS[:8]
    assert "4 more" in page
    (address,) = re.findall(r'href="([^"]+)#filter-topic"', page)
    whole = client.get("/en/search/" + address.replace("&amp;", "&"))
    assert re.search(r'<details class="facet" id="filter-topic" open>', whole.content.decode())
    assert topics_on(client, "/en/search/" + address.replace("&amp;", "&")) == TOPICS
    assert "more</a>" not in whole.content.decode()


def test_chosen_values_are_shown_however_rare(client, found_by_many_topics):
    shown = topics_on(client, "/en/search/?q=mentoring&topic=topic-11&topic=topic-10")
    assert shown[:2] == ["topic-10", "topic-11"]
    assert len(shown) == 8


def test_a_facet_that_does_not_exist_is_not_shown_whole(client, found_by_many_topics):
    assert topics_on(client, "/en/search/?q=mentoring&all=nothing") == TOPICS[:8]


def test_json_answers_with_more_values_than_a_page(client, found_by_many_topics):
    answer = client.get("/en/search/?q=mentoring&format=json").json()
    assert [value["value"] for value in answer["facets"]["topic"]] == TOPICS
    assert {value["count"] for value in answer["facets"]["topic"]} == {1, 2, 3}


def test_where_filters_leave_nothing_it_says_how_much_there_is_without_them(client, found_by_many_topics):
    page = client.get("/en/search/?q=mentoring&topic=unheard-of").content.decode()
    assert '<a href="?q=mentoring">4 results without filters</a>' in page
    assert "without filters" not in client.get("/en/search/?q=unheard&topic=unheard-of").content.decode()


def test_where_nothing_is_found_it_offers_what_most_is_about(
    client, found_by_many_topics, django_assert_max_num_queries
):
    # Inside a test's transaction nothing is kept, and what each process knows is read anew for each question.
    with django_assert_max_num_queries(14):
        page = client.get("/en/search/?q=unheard").content.decode()
    assert re.findall(r'<a href="/en/topics/(topic-[0-9]+)/">', page) == TOPICS[:8]
    assert "/en/topics/topic" not in client.get("/en/search/?q=mentoring").content.decode()
