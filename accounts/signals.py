"""Keeps role groups in step: with the permissions that exist, and with who is in which team."""

from django.apps import AppConfig, apps
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete
from django.dispatch import receiver

from .models import Role, Team, User
from .roles import group_name, sync_roles


def sync_roles_after_migrate(sender: AppConfig, **kwargs: object) -> None:
    """Runs once, after the last app: only then do all permissions exist."""
    if sender is [config for config in apps.get_app_configs() if config.models_module][-1]:
        sync_roles()


def update_groups(users: list[User]) -> None:
    """Put each user into the groups of the roles that their teams give, and out of the others."""
    groups = {role: Group.objects.get_or_create(name=group_name(role))[0] for role in Role}
    for user in users:
        held = set(user.teams.values_list("role", flat=True))
        user.groups.add(*(group for role, group in groups.items() if role in held))
        user.groups.remove(*(group for role, group in groups.items() if role not in held))
        user.__dict__.pop("_team_cache", None)


@receiver(m2m_changed, sender=Team.members.through)
def team_members_changed(
    instance: Team | User, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: object
) -> None:
    if action == "pre_clear" and not reverse:
        instance._cleared_members = list(instance.members.all())
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    if reverse:
        update_groups([instance])
    elif action == "post_clear":
        update_groups(instance.__dict__.pop("_cleared_members", []))
    else:
        update_groups(list(User.objects.filter(pk__in=pk_set or ())))


@receiver(post_delete, sender=Team)
def team_deleted(instance: Team, **kwargs: object) -> None:
    update_groups(list(User.objects.filter(groups__name=group_name(Role(instance.role)))))
