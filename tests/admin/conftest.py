"""A small site with three languages, and an editor who is signed in."""

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from accounts.models import Role, Team, User
from accounts.roles import sync_roles

from ..catalog.conftest import name_database_of_atomic_blocks, site  # noqa: F401


@pytest.fixture(autouse=True)
def texts_of_files_are_not_read(monkeypatch):
    """Each file would be read in a process of its own, which is of no interest here."""
    monkeypatch.setattr("search.indexing.files_to_extract", lambda entry: [])


@pytest.fixture
def editor(site) -> Client:  # noqa: F811
    sync_roles()
    return signed_in(Role.EDITOR, "")


@pytest.fixture
def german_editor(editor) -> Client:
    profile = UserProfile.get_for_user(editor.user)
    profile.preferred_language = "de"
    profile.save()
    return editor


def signed_in(role: Role, language: str) -> Client:
    user = User.objects.create_user(f"{role}-{language or 'all'}", password="x")
    Team.objects.get_or_create(role=role, language=language)[0].members.add(user)
    client = Client()
    client.force_login(user)
    client.user = user
    return client
