"""Many people at the same moment: the last place goes to one of them."""

import sqlite3
import threading
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import timezone

from events.models import Registration, RegistrationDesk, State
from events.registering import Application, apply, cancel, verify

from .conftest import register

PEOPLE = 50

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("database_left_as_found")]


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """What threads are connected to. SQLite's database in memory has no queue of writers, so they get a file.

    Yields a function that copies what this thread wrote to where the others read.
    """
    if connection.vendor != "sqlite":
        yield lambda: None
        return
    settings = connections.settings["default"]
    kept = settings["NAME"]
    path = tmp_path / "shared.sqlite3"

    def hand_over():
        connection.ensure_connection()
        with sqlite3.connect(path) as target:
            connection.connection.backup(target)
            # As a site's database is; twenty connections that all change the mode at once would get in each other's way.
            target.execute("PRAGMA journal_mode=WAL")
        settings["NAME"] = str(path)

    yield hand_over
    settings["NAME"] = kept


def make_desk(**fields) -> RegistrationDesk:
    soon = timezone.now() + timedelta(days=30)
    return RegistrationDesk.objects.create(
        work=uuid4(), title="Seminar", starts_at=soon, ends_at=soon, time_zone="UTC", is_open=True, **fields
    )


def at_once(tasks) -> list:
    """Each in a thread with a connection of its own, all let go at the same moment. Returns what they answered."""
    barrier, answers = threading.Barrier(len(tasks)), []

    def run(task):
        try:
            barrier.wait(30)
            answers.append(task())
        except Exception as error:
            answers.append(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return answers


def in_thread(task):
    return at_once([task])[0]


def test_last_place_is_taken_by_exactly_one(shared_database):
    desk = make_desk(capacity=3, taken=2)
    people = [register(desk, f"person{number}") for number in range(PEOPLE)]
    shared_database()
    answers = at_once([lambda pk=person.pk: verify(Registration.objects.get(pk=pk)) for person in people])
    assert Counter(answers) == {State.CONFIRMED: 1, State.WAITLISTED: PEOPLE - 1}
    assert in_thread(lambda: RegistrationDesk.objects.get().taken) == 3
    assert in_thread(lambda: Counter(Registration.objects.values_list("state", flat=True))) == Counter(answers)
    assert len(mail.outbox) == PEOPLE


def test_one_link_opened_many_times_takes_one_place(shared_database):
    desk = make_desk(capacity=30)
    person = register(desk)
    shared_database()
    answers = at_once([lambda: verify(Registration.objects.get(pk=person.pk))] * 20)
    assert set(answers) == {State.CONFIRMED}
    assert in_thread(lambda: RegistrationDesk.objects.get().taken) == 1


def test_form_sent_many_times_at_once_is_one_registration(shared_database):
    desk = make_desk()
    application = Application("Anna", "anna@example.org", "", "", "", "en", "", "Yes.")
    shared_database()
    answers = at_once([lambda: apply(desk, application)] * 20)
    assert set(answers) == {None}
    assert in_thread(Registration.objects.count) == 1


def test_places_given_back_at_once_go_to_those_who_wait(shared_database):
    desk = make_desk(capacity=10)
    for number in range(10):
        register(desk, f"in{number}", state=State.CONFIRMED)
    for number in range(15):
        register(desk, f"waiting{number}", state=State.WAITLISTED)
    leaving = list(Registration.objects.filter(state=State.CONFIRMED).values_list("pk", flat=True))
    shared_database()
    answers = at_once([lambda pk=pk: cancel(Registration.objects.get(pk=pk)) for pk in leaving])
    assert set(answers) == {None}
    states = in_thread(lambda: Counter(Registration.objects.values_list("state", flat=True)))
    assert states == {"cancelled": 10, "confirmed": 10, "waitlisted": 5}
    assert in_thread(lambda: RegistrationDesk.objects.get().taken) == 10
