"""Who may see and handle the registrations of an event: whoever may publish one of its editions.

Those are the editors of a language in which it was written, the coordinators of one that it has, and
administrators. Translators and reviewers see no personal data.
"""

from collections.abc import Iterable
from uuid import UUID

from accounts.models import User
from accounts.permissions import Action, Subject, languages_where, may
from content.page_permissions import subject_of, with_subject

from .desks import RegistrationDesk
from .pages import EventPage


def works_organized_by(user: User, works: Iterable[UUID] | None = None) -> set[UUID]:
    """Of `works`, by default all, those whose registrations `user` may handle."""
    pages = EventPage.objects.select_related("locale")
    if works is not None:
        pages = pages.filter(translation_key__in=works)
    return {
        page.translation_key
        for page in with_subject(pages).only("translation_key", "locale__language_code")
        if may(user, Action.PUBLISH, subject_of(page), page.locale.language_code)
    }


def may_organize(user: User, desk: RegistrationDesk) -> bool:
    """An event whose pages are all gone is left to administrators, until its data are deleted."""
    return user.is_active and (user.is_superuser or desk.work in works_organized_by(user, [desk.work]))


def organizes_somewhere(user: User) -> bool:
    """Whether to show the menu item: asks no page."""
    return languages_where(user, Action.PUBLISH, Subject.ORIGINAL) != set()
