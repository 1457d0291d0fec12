"""The site's skeleton, made once for each module."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from accounts.models import User

from .building import make_user


@pytest.fixture(scope="module")
def skeleton(django_db_setup, django_db_blocker):
    """Inside a transaction that is rolled back after the module; each test has a savepoint of its own in it."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        call_command("setup_site", verbosity=0)
        connection.run_on_commit = []
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def site(skeleton, db):
    """Locales, home pages and listings, with everything rolled back after the test."""


@pytest.fixture
def as_user(site):
    """A signed-in client for a role in a language; the same person for the same words."""

    def sign_in(role=None, language="", *, superuser=False):
        name = f"{role or 'nobody'}-{language or 'all'}{'-super' if superuser else ''}"
        user = User.objects.filter(username=name).first() or make_user(name, role, language, superuser=superuser)
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return sign_in
