"""What the groups of the roles hold."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from accounts.models import Role, Team, User
from accounts.permissions import Action, Subject, languages_where, may
from accounts.roles import group_name, sync_roles

pytestmark = pytest.mark.django_db

DANGEROUS = (
    "submit_translation",
    "add_locale",
    "change_locale",
    "delete_locale",
    "add_user",
    "change_user",
    "add_group",
)


@pytest.fixture
def groups():
    sync_roles()
    return {role: Group.objects.get(name=group_name(role)) for role in Role}


@pytest.mark.parametrize("role", Role)
def test_no_role_holds_what_would_undo_the_others(role, groups):
    held = set(groups[role].permissions.values_list("codename", flat=True))
    assert "access_admin" in held
    assert not held & set(DANGEROUS)


def test_no_group_at_all_holds_submit_translation(groups):
    permission = Permission.objects.get(codename="submit_translation", content_type__app_label="wagtail_localize")
    assert not permission.group_set.exists()


def test_not_even_a_superuser_holds_it(admin_user):
    assert not admin_user.has_perm("wagtail_localize.submit_translation")
    assert not admin_user.has_perms(["wagtailadmin.access_admin", "wagtail_localize.submit_translation"])
    assert admin_user.has_perm("wagtailadmin.access_admin")


def test_pages_are_governed_by_teams_alone(groups):
    assert not GroupPagePermission.objects.exists()


def test_a_grant_made_by_hand_is_taken_back(groups):
    permission = Permission.objects.get(codename="submit_translation")
    groups[Role.TRANSLATOR].permissions.add(permission)
    sync_roles()
    assert not permission.group_set.exists()


@pytest.mark.parametrize("role", Role)
def test_a_team_of_one_language_changes_nothing_in_another(role):
    user = User.objects.create_user("somebody")
    Team.objects.create(role=role, language="sv").members.add(user)
    for subject in Subject:
        for action in set(Action) - {Action.BROWSE}:
            assert not may(user, action, subject, "de")
            assert languages_where(user, action, subject) in (set(), {"sv"})


def test_who_leaves_a_team_loses_the_rights_at_once():
    user = User.objects.create_user("somebody")
    team = Team.objects.create(role=Role.TRANSLATOR, language="sv")
    team.members.add(user)
    assert may(User.objects.get(pk=user.pk), Action.WRITE, Subject.TRANSLATION, "sv")
    team.members.remove(user)
    user = User.objects.get(pk=user.pk)
    assert not may(user, Action.WRITE, Subject.TRANSLATION, "sv")
    assert not user.has_perm("wagtailadmin.access_admin")


def test_the_inactive_may_nothing():
    user = User.objects.create_user("somebody", is_active=False, is_superuser=True)
    assert not may(user, Action.BROWSE, Subject.ORIGINAL, "sv")
