"""Works that are about the same."""

import uuid

import pytest
from django.utils import timezone

from search.similar import similar_works

pytestmark = pytest.mark.django_db
HOUSING = {"topic": ("housing", "law"), "target_group": ("refugees",)}


def titles(entry, **options) -> list[str]:
    return [card.title for card in similar_works(entry, **options)]


def test_what_shares_most_stands_first_and_what_shares_little_is_left_out(add_entry):
    entry = add_entry("Moving in", **HOUSING)
    add_entry("Everything alike", **HOUSING)
    add_entry("One topic alike", topic=("housing", "health"), target_group=("refugees",))
    for number in range(8):
        add_entry(f"For refugees, too {number}", topic=("language",), target_group=("refugees",))
    add_entry("About nothing")
    assert titles(entry) == ["Everything alike", "One topic alike"]


def test_a_rare_topic_says_more_than_a_common_one(add_entry):
    entry = add_entry("Moving in", topic=("housing", "rare"))
    for number in range(20):
        add_entry(f"Housing {number}", topic=("housing",))
    add_entry("The other rare one", topic=("rare",))
    assert titles(entry)[0] == "The other rare one"


def test_a_work_is_shown_once_and_in_the_language_of_the_page(add_entry):
    work = uuid.uuid4()
    entry = add_entry("Einziehen", language="de", **HOUSING)
    for language, title in (("en", "A flat"), ("de", "Eine Wohnung"), ("sv", "En lägenhet")):
        add_entry(title, language=language, work=work, **HOUSING)
    add_entry("Only in English", **HOUSING)
    assert sorted(titles(entry)) == ["Eine Wohnung", "Only in English"]


def test_neither_itself_nor_what_is_named_already(add_entry):
    entry = add_entry("Moving in", **HOUSING)
    add_entry("Flytta in", language="sv", work=entry.work, **HOUSING)
    named, other = add_entry("Named", **HOUSING), add_entry("Other", **HOUSING)
    assert titles(entry, but={named.work}) == [other.title]


def test_only_public_resources(add_entry):
    entry = add_entry("Moving in", **HOUSING)
    withdrawn = add_entry("Withdrawn", **HOUSING)
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    add_entry("News", kind="news", **HOUSING)
    assert titles(entry) == []


def test_what_says_nothing_of_itself_is_like_nothing(add_entry):
    add_entry("Other", **HOUSING)
    assert titles(add_entry("Moving in")) == []


def test_cost_does_not_grow(add_entry, django_assert_num_queries):
    entry = add_entry("Moving in", **HOUSING)
    for number in range(12):
        add_entry(f"Other {number}", **HOUSING)
    similar_works(entry)
    # One more than for readers: inside a test's transaction nothing is kept, and all documents are read each time.
    with django_assert_num_queries(3):
        assert len(similar_works(entry)) == 4
