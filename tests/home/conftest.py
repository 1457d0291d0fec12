"""The demonstration content, loaded once for each module that asks for it."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Inside a transaction that is rolled back after the module; each test has a savepoint of its own in it."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        call_command("setup_site", verbosity=0)
        call_command("load_demo", verbosity=0)
        connection.run_on_commit = []
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
