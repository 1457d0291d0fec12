"""Wagtail's page rights, answered by the language teams instead of by places in the tree."""

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import AbstractPage, GroupPagePermission, Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail_localize.models import Translation

from accounts.models import User
from accounts.permissions import Action, Subject, languages_where, may

# What each of Wagtail's own page permissions asks of a team.
NEEDED_ACTIONS: dict[str, Action] = {
    "add": Action.WRITE,
    "change": Action.WRITE,
    "publish": Action.PUBLISH,
    "lock": Action.COORDINATE,
    "unlock": Action.COORDINATE,
    "bulk_delete": Action.COORDINATE,
    "view": Action.BROWSE,
    "delete": Action.WRITE,
}


# Set on a page by the address that edits it, where the text of a translation is complete and goes live as a whole.
IN_TRANSLATION_EDITOR = "_in_translation_editor"
# Set by querysets of many pages, so that `subject_of` needs no query for each.
IS_TRANSLATION = "is_translation"


def enabled_translations(translation_key: object, locale_id: object) -> QuerySet[Translation]:
    """Translations that give a page its text; takes values, or expressions within a query of pages."""
    return Translation.objects.filter(source__object_id=translation_key, target_locale_id=locale_id, enabled=True)


def with_subject(pages: QuerySet[Page]) -> QuerySet[Page]:
    return pages.annotate(
        **{IS_TRANSLATION: Exists(enabled_translations(OuterRef("translation_key"), OuterRef("locale_id")))}
    )


def subject_of(page: Page) -> Subject:
    """Whether `page` gets its text from another edition: read once for the life of the object."""
    if not hasattr(page, IS_TRANSLATION):
        setattr(page, IS_TRANSLATION, enabled_translations(page.translation_key, page.locale_id).exists())
    return Subject.TRANSLATION if getattr(page, IS_TRANSLATION) else Subject.ORIGINAL


def may_on_page(user: User, action: Action, page: Page) -> bool:
    return may(user, action, subject_of(page), page.locale.language_code)


class LanguagePermissionTester(PagePermissionTester):
    """Answers by role and language. A workflow task grants nothing beyond that."""

    def __init__(self, user: User, page: Page) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            self.permissions = {
                permission
                for permission, action in NEEDED_ACTIONS.items()
                if not self.page_is_root and may_on_page(user, action, page)
            }
            self.permissions.discard("add")
            if not self.page_is_root and may(user, Action.WRITE, Subject.ORIGINAL, page.locale.language_code):
                self.permissions.add("add")  # what is added is an original, also below a translation

    def has(self, permission: str) -> bool:
        if not self.user.is_active or self.page_is_root:
            return False
        return self.user.is_superuser or permission in self.permissions

    def can_edit(self) -> bool:
        return self.has("change")

    def can_publish(self) -> bool:
        """A translation's text is in its strings: publishing a revision would show the text of the source.

        So a translation goes live from its editor only, whoever asks.
        """
        if not self.has("publish"):
            return False
        return subject_of(self.page) is Subject.ORIGINAL or hasattr(self.page, IN_TRANSLATION_EDITOR)

    def can_set_view_restrictions(self) -> bool:
        return self.has("publish")

    def can_unschedule(self) -> bool:
        return self.has("publish")

    def can_lock(self) -> bool:
        return self.has("lock")

    def can_unlock(self) -> bool:
        return self.has("unlock") or (self.user.is_active and self.user_has_lock())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Translations are deleted by those who may publish them; translators only write."""
        if not self.has("publish") and (self.page_is_root or subject_of(self.page) is Subject.TRANSLATION):
            return False
        return super().can_delete(ignore_bulk)

    def can_move_to(self, destination: Page) -> bool:
        return self._speaks_the_language_of(destination) and super().can_move_to(destination)

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return self._speaks_the_language_of(destination) and super().can_copy_to(destination, recursive)

    def _speaks_the_language_of(self, destination: Page) -> bool:
        """A page keeps its language when it moves, so elsewhere it would be in the wrong tree."""
        return destination.depth == 1 or destination.locale_id == self.page.locale_id


class LanguagePagePermissionPolicy(PagePermissionPolicy):
    """Wagtail's questions about sets of pages, answered the same way as about one page."""

    def get_all_permissions_for_user(self, user: User) -> QuerySet[GroupPagePermission]:
        return GroupPagePermission.objects.none()

    def user_has_any_permission(self, user: User, actions: set[str]) -> bool:
        return self._languages(user, actions) != set()

    def user_has_any_permission_for_instance(self, user: User, actions: set[str], instance: Page) -> bool:
        return any(
            may_on_page(user, NEEDED_ACTIONS[action], instance) for action in actions if action in NEEDED_ACTIONS
        )

    def instances_user_has_any_permission_for(self, user: User, actions: set[str]) -> QuerySet[Page]:
        languages = self._languages(user, actions)
        pages = self.model._default_manager.all()
        return pages if languages is None else pages.filter(locale__language_code__in=languages)

    def users_with_any_permission(self, actions: set[str], include_superusers: bool = True) -> QuerySet[User]:
        return self._users(actions, None, include_superusers)

    def users_with_any_permission_for_instance(
        self, actions: set[str], instance: Page, include_superusers: bool = True
    ) -> QuerySet[User]:
        return self._users(actions, instance, include_superusers)

    def instances_with_direct_explore_permission(self, user: User) -> QuerySet[Page] | list[Page]:
        if not may(user, Action.BROWSE, Subject.ORIGINAL, ""):
            return []
        return self.model.base_page_model.objects.filter(depth=1)

    def explorable_instances(self, user: User) -> QuerySet[Page]:
        pages = self.model._default_manager.all()
        return pages if may(user, Action.BROWSE, Subject.ORIGINAL, "") else pages.none()

    def _languages(self, user: User, actions: set[str]) -> set[str] | None:
        """Languages in which any of `actions` is granted on originals or translations; None for all."""
        found: set[str] = set()
        for action in {NEEDED_ACTIONS[name] for name in actions if name in NEEDED_ACTIONS}:
            for subject in Subject:
                languages = languages_where(user, action, subject)
                if languages is None:
                    return None
                found |= languages
        return found

    def _users(self, actions: set[str], instance: Page | None, include_superusers: bool) -> QuerySet[User]:
        users = User.objects.filter(is_active=True).prefetch_related("teams")
        if not include_superusers:
            users = users.filter(is_superuser=False)
        granted = [
            user.pk
            for user in users
            if user.is_superuser
            or (
                self.user_has_any_permission(user, actions)
                if instance is None
                else self.user_has_any_permission_for_instance(user, actions, instance)
            )
        ]
        return User.objects.filter(pk__in=granted)


def register_language_policy() -> None:
    register_permission_policy(AbstractPage, LanguagePagePermissionPolicy(Page))
