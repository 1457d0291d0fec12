"""Who may put whom into which team, in the admin."""

import pytest
from django.urls import reverse

from accounts.models import Role, Team, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    def as_coordinator_of(language):
        user = User.objects.create_user("carla")
        Team.objects.get_or_create(role=Role.COORDINATOR, language=language)[0].members.add(user)
        client.force_login(user)
        return client, user

    return as_coordinator_of


def put_in(client, team, user, **changes):
    address = reverse("wagtailsnippets_accounts_team:edit", args=[team.pk])
    data = {"role": team.role, "language": team.language, "members": [user.pk], **changes}
    return client.post(address, data)


@pytest.mark.parametrize("language", ["de", ""])
@pytest.mark.parametrize("role", Role)
def test_a_coordinator_of_one_language_does_not_reach_into_others(role, language, sign_in):
    client, user = sign_in("sv")
    team = Team.objects.create(role=role, language=language)
    response = put_in(client, team, user)
    assert response.status_code == 200
    assert "Only coordinators of its language" in response.content.decode()
    assert not team.members.exists()


def test_nor_by_renaming_a_team_of_their_own(sign_in):
    client, user = sign_in("sv")
    team = Team.objects.create(role=Role.TRANSLATOR, language="sv")
    put_in(client, team, user, language="de")
    put_in(client, team, user, language="")
    team.refresh_from_db()
    assert team.language == "sv"
    assert not team.members.exists()


def test_their_own_team_they_change(sign_in):
    client, user = sign_in("sv")
    team = Team.objects.create(role=Role.TRANSLATOR, language="sv")
    assert put_in(client, team, user).status_code == 302
    assert list(team.members.all()) == [user]


def test_a_coordinator_of_every_language_changes_all(sign_in):
    client, user = sign_in("")
    team = Team.objects.create(role=Role.TRANSLATOR, language="de")
    assert put_in(client, team, user).status_code == 302
    assert list(team.members.all()) == [user]
