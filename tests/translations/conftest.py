"""The whole site without content, and people of every role."""

import pytest
from django.test import Client

from accounts.models import User

from .building import make_user


@pytest.fixture
def site(site_tree):
    return site_tree


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
