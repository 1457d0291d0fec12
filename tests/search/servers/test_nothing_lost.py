"""What was published is found, whatever happens to server and processes."""

import pytest

from search.checks import check_engine
from search.engines.server import ServerEngine
from search.indexing import forget_entry, index_entry
from search.models import SearchSending
from search.queries import SearchQuery
from search.searching import run_search
from search.servers.checking import compare, rebuild, repair
from search.servers.indexes import alias_of, indexes_of, new_index
from search.servers.sending import send, send_changes

pytestmark = [pytest.mark.django_db, pytest.mark.search_server]


def search(text):
    return run_search(SearchQuery(text=text, language="en"))


def titles(text):
    return [hit.title for hit in search(text).hits]


def test_the_engine_is_one(engine):
    assert check_engine(None) == []


def test_an_older_version_that_comes_late_changes_nothing(engine, add_entry):
    entry = add_entry("Mentor")
    late = SearchSending.objects.get()
    send_changes(engine.connection)
    entry.record_data["title"] = "Housing"
    entry.save()
    del entry.__dict__["record"]
    index_entry(entry)
    send_changes(engine.connection)
    send(engine.connection, [late])
    assert compare(engine.connection) == {}
    assert not SearchSending.objects.pending().exists()


def test_what_is_gone_is_gone_also_when_it_is_sent_twice(engine, add_entry):
    entry = add_entry("Mentor")
    add_entry("Mentor too")
    assert titles("mentor") == ["Mentor too", "Mentor"] or titles("mentor") == ["Mentor", "Mentor too"]
    forget_entry(entry.pk)
    SearchSending.objects.update(sent=0)
    assert titles("mentor") == ["Mentor too"]
    assert compare(engine.connection) == {}


def test_a_server_that_lost_or_kept_too_much_is_put_right(engine, add_entry):
    first, second = add_entry("Mentor one"), add_entry("Mentor two")
    send_changes(engine.connection)
    alias = alias_of("en")
    engine.connection.request("DELETE", f"/{alias}/_doc/{first.search_text.number}?refresh=true", seconds=30)
    stray = {"number": 999_999, "version": 7}
    path = f"/{alias}/_doc/999999?refresh=true&version=7&version_type=external"
    engine.connection.request("PUT", path, stray, seconds=30)
    assert compare(engine.connection) == {"en": {first.search_text.number: 0, 999_999: 7}}
    repair(engine.connection)
    assert compare(engine.connection) == {}
    assert set(titles("mentor")) == {"Mentor one", second.title}


def test_a_rebuild_that_died_leaves_nothing_and_harms_nothing(engine, add_entry):
    for number in range(5):
        add_entry(f"Mentor {number}")
    send_changes(engine.connection)
    new_index(engine.connection, "en")
    assert len(titles("mentor")) == 5
    rebuild(engine.connection)
    found = engine.connection.request("GET", f"/{alias_of('en')}-*/_settings", seconds=30)
    assert set(found) == indexes_of(engine.connection, alias_of("en"))
    assert len(titles("mentor")) == 5
    assert compare(engine.connection) == {}


def test_the_database_answers_for_a_server_that_is_away(engine, add_entry, settings):
    add_entry("Mentor")
    assert not search("mentor").degraded
    working = engine.connection
    engine.connection = type(working)(["http://127.0.0.1:9"])
    page = ServerEngine.find(engine, SearchQuery(text="mentor", language="en"))
    assert (page.degraded, page.total, engine.breaker.is_open) == (True, 1, True)
    engine.connection = working
    assert search("mentor").degraded
    engine.breaker.open_until = 0
    assert not search("mentor").degraded
