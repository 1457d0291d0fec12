"""What readers search for is counted, and its text unknown until three searches of a day had it."""

import io
import sqlite3
from datetime import date, timedelta

import openpyxl
import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from search.asked import AskedInMonth, AskedToday, SearchDay
from search.asking import MONTHS_KEPT, close_days, salts

from ..admin.conftest import editor, signed_in  # noqa: F401
from ..catalog.conftest import name_database_of_atomic_blocks, site  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_left_as_found")]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ADDRESS = "/admin/reports/searches/"


def search(address="?q=mentor", *, language="en", agent=BROWSER, **headers):
    response = Client().get(f"/{language}/search/{address}", headers={"user-agent": agent, **headers})
    assert response.status_code == 200
    return response


def counted() -> list[tuple]:
    return sorted(AskedToday.objects.values_list("language", "text", "count", "empty"))


def everything_stored() -> str:
    with connection.cursor() as cursor:
        for table in ("search_askedtoday", "search_askedinmonth", "search_searchday"):
            cursor.execute(f"SELECT * FROM {table}")
            yield from (str(row) for row in cursor.fetchall())


def test_the_text_is_stored_with_the_third_search_in_any_case_and_not_before(add_entry):
    add_entry("Mentor")
    search("?q=Mentor")
    search("?q=mentor++")
    assert counted() == [("en", "", 2, 0)]
    assert not any("mentor" in row.lower() for row in everything_stored())
    search("?q=MENTOR%21")
    search("?q=mentor")
    assert counted() == [("en", "mentor", 4, 0)]


def test_languages_and_empty_results_are_counted_apart(add_entry):
    add_entry("Mentor")
    for _ in range(3):
        search("?q=qqqqqq")
    search(language="sv")
    assert counted() == [("en", "qqqqqq", 3, 3), ("sv", "", 1, 0)]


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("?q=mentor&page=2", {}),
        ("?q=mentor&topic=housing", {}),
        ("?q=mentor&sort=newest", {}),
        ("?q=mentor&all=topic", {}),
        ("?q=mentor&format=json", {}),
        ("results.csv?q=mentor", {}),
        ("results.atom?q=mentor", {}),
        ("suggestions/?q=mentor", {}),
        ("?q=", {}),
        ("?q=%21%21", {}),
        ("?q=anna%40example.org", {}),
        ("?q=call+0401234567", {}),
        ("?q=" + "+".join("abcdefghi"), {}),
        ("?q=" + "a" * 101, {}),
        ("?q=mentor", {"agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"}),
        ("?q=mentor", {"agent": "curl/8.0"}),
        ("?q=mentor", {"agent": ""}),
        ("?q=mentor", {"Sec-Purpose": "prefetch;prerender"}),
        ("?q=mentor", {"X-Same-Words": "1"}),
    ],
)
def test_programs_pages_filters_and_what_looks_personal_do_not_count(add_entry, address, headers):
    add_entry("Mentor")
    search(address, **headers)
    assert not AskedToday.objects.exists()


def test_counting_is_one_statement(add_entry):
    add_entry("Mentor")
    search()
    with CaptureQueriesContext(connection) as captured:
        search()
    counting = [query["sql"] for query in captured if "asked" in query["sql"]]
    assert len(counting) == 1


def test_keys_of_another_day_are_others_and_the_salt_is_gone(add_entry):
    search()
    search()
    (first,) = AskedToday.objects.values_list("key", flat=True)
    (salt,) = SearchDay.objects.values_list("salt", flat=True)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        search()
        assert AskedToday.objects.exclude(key=first).get().text == ""
        assert SearchDay.objects.exclude(salt=salt).count() == SearchDay.objects.count() == 1
        call_command("close_search_days")
        assert AskedInMonth.objects.get().text == ""
        assert counted() == [("en", "", 1, 1)]


def test_days_are_added_up_to_months_and_what_was_rare_has_no_words():
    start = timezone.now().replace(day=10)
    with time_machine.travel(start):
        for _ in range(3):
            search("?q=first")
        search("?q=rare+one")
        assert close_days() == 0
    with time_machine.travel(start + timedelta(days=1)):
        for _ in range(4):
            search("?q=first")
        search("?q=rare+two")
        assert close_days() == 2
    with time_machine.travel(start + timedelta(days=2)):
        assert close_days() == 2
    month = start.date().replace(day=1)
    assert sorted(AskedInMonth.objects.values_list("month", "text", "count", "empty")) == [
        (month, "", 2, 2), (month, "first", 7, 7),
    ]  # fmt: skip
    assert not AskedToday.objects.exists()
    with time_machine.travel(start + timedelta(days=32 * (MONTHS_KEPT + 1))):
        close_days()
    assert not AskedInMonth.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_writes_answers_all_the_same(add_entry):
    add_entry("Mentor")
    salts.known = (date.min, "")
    read_only, writable = {
        "sqlite": ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
        "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(read_only)
    try:
        assert "Mentor" in search().content.decode()
        assert "Mentor" in search().content.decode()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(writable)
    assert not AskedToday.objects.exists()
    search()
    assert AskedToday.objects.count() == 1


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_locked_database_is_not_waited_for(add_entry):
    add_entry("Mentor")
    search()
    name = connection.settings_dict["NAME"]
    other = sqlite3.connect(name, uri=str(name).startswith("file:"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "Mentor" in search().content.decode()
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert AskedToday.objects.get().count == 1
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] >= 5_000


# The report


@pytest.fixture
def months():
    AskedInMonth.objects.bulk_create(
        AskedInMonth(language=language, month=date(2026, month, 1), text=text, count=count, empty=nothing)
        for language, month, text, count, nothing in (
            ("en", 10, "housing", 9, 0), ("en", 11, "mentor", 7, 0), ("sv", 11, "bostad", 5, 5), ("sv", 11, "", 40, 10),
        )
    )  # fmt: skip


def test_report_shows_and_filters(editor, months):  # noqa: F811
    html = editor.get(ADDRESS).content.decode()
    assert all(word in html for word in ("housing", "mentor", "bostad", "(all that was searched rarely)"))
    assert "housing" not in editor.get(f"{ADDRESS}?month=2026-11-01").content.decode()
    assert "bostad" not in editor.get(f"{ADDRESS}?language=en").content.decode()
    html = editor.get(f"{ADDRESS}?without_results=true").content.decode()
    assert "bostad" in html
    assert "mentor" not in html.partition("<main")[2]
    for bad in ("month=x", "language=xx", "p=-1", "p=x", "ordering=key", "without_results=2", "export=pdf"):
        assert editor.get(f"{ADDRESS}?{bad}").status_code == 200


@pytest.mark.parametrize("role", [None, *Role])
def test_report_is_for_those_who_write(editor, months, role):  # noqa: F811
    client = signed_in(role or Role.TRANSLATOR, "sv")
    if role is None:
        client.user.teams.clear()
    may = role in {Role.EDITOR, Role.COORDINATOR}
    for address in (ADDRESS, f"{ADDRESS}results/", f"{ADDRESS}?export=csv", f"{ADDRESS}?export=xlsx"):
        assert (client.get(address).status_code == 200) == may, address
    assert Client().get(ADDRESS).status_code == 302


def test_tables_hold_all_rows_and_no_formulas(editor, months):  # noqa: F811
    AskedInMonth.objects.filter(text="mentor").update(text="=1+1")
    rows = b"".join(editor.get(f"{ADDRESS}?export=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Words,Language,Month,Searches,Without results")
    assert len(rows) == 5
    assert any(row.startswith("'=1+1,") for row in rows)
    response = editor.get(f"{ADDRESS}?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet["D2"].value == 40
