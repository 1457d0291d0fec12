"""Who may tell search something: those who write originals in the language, editors and coordinators."""

from collections.abc import Iterable

from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy

from accounts.models import Role, User
from accounts.permissions import EVERY_LANGUAGE, RIGHTS, Action, Subject, languages_where, may

WRITERS = [role for role in Role if Action.WRITE in RIGHTS[role, Subject.ORIGINAL]]


def writable_languages(user: User) -> set[str] | None:
    """None stands for all."""
    return languages_where(user, Action.WRITE, Subject.ORIGINAL)


class WritersOfLanguage(BasePermissionPolicy):
    """Every action on a row is for who writes in its `language`."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return writable_languages(user) != set()

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        return may(user, Action.WRITE, Subject.ORIGINAL, instance.language)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet:
        languages = writable_languages(user)
        rows = self.model._default_manager.all()
        return rows if languages is None else rows.filter(language__in=languages)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return User.objects.filter(Q(is_superuser=True) | Q(teams__role__in=WRITERS), is_active=True).distinct()

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet[User]:
        in_language = Q(teams__role__in=WRITERS, teams__language__in=(EVERY_LANGUAGE, instance.language))
        return User.objects.filter(Q(is_superuser=True) | in_language, is_active=True).distinct()
