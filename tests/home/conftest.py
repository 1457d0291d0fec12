"""The demonstration content, loaded once for each module that asks for it."""

import pytest
from django.db import connection, transaction

from ..demo import load_demo
from ..rows import made_once


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Inside a transaction that is rolled back after the module; each test has a savepoint of its own in it."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        made_once(load_demo)
        connection.run_on_commit = []
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
