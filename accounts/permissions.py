"""The one answer to "may this person do this, to this, in this language"."""

from collections.abc import Mapping
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from .models import Role, User


class Action(StrEnum):
    BROWSE = "browse"  # see pages in the admin, drafts included
    WRITE = "write"  # create and change
    REVIEW = "review"  # comment, approve, send back
    PUBLISH = "publish"  # put live, take down, restrict, delete what is live
    COORDINATE = "coordinate"  # start over, stop and order translations


class Subject(StrEnum):
    ORIGINAL = "original"  # a page written in its own language
    TRANSLATION = "translation"  # a page whose text comes from another edition


RIGHTS: Mapping[tuple[Role, Subject], frozenset[Action]] = {
    (Role.EDITOR, Subject.ORIGINAL): frozenset({Action.BROWSE, Action.WRITE, Action.PUBLISH}),
    (Role.EDITOR, Subject.TRANSLATION): frozenset({Action.BROWSE}),
    (Role.REVIEWER, Subject.ORIGINAL): frozenset({Action.BROWSE, Action.REVIEW}),
    (Role.REVIEWER, Subject.TRANSLATION): frozenset({Action.BROWSE, Action.WRITE, Action.REVIEW}),
    (Role.TRANSLATOR, Subject.ORIGINAL): frozenset({Action.BROWSE}),
    (Role.TRANSLATOR, Subject.TRANSLATION): frozenset({Action.BROWSE, Action.WRITE}),
    (Role.COORDINATOR, Subject.ORIGINAL): frozenset(Action),
    (Role.COORDINATOR, Subject.TRANSLATION): frozenset(Action),
}

EVERY_LANGUAGE = ""


def may(user: User | AnonymousUser, action: Action, subject: Subject, language: str) -> bool:
    """Whether a team of `user` grants `action` on a `subject` in `language` (a BCP 47 tag).

    Browsing is not bound to a language: who works in one may look at the others to compare.
    """
    if not user.is_active or user.is_anonymous:
        return False
    if user.is_superuser:
        return True
    return any(
        action in RIGHTS[role, subject]
        for role, team_language in teams_of(user)
        if team_language in (EVERY_LANGUAGE, language) or action is Action.BROWSE
    )


def languages_where(user: User, action: Action, subject: Subject) -> set[str] | None:
    """The languages in which `may()` says yes; None stands for all of them."""
    if not user.is_active or user.is_anonymous:
        return set()
    if user.is_superuser:
        return None
    languages = {language for role, language in teams_of(user) if action in RIGHTS[role, subject]}
    return None if EVERY_LANGUAGE in languages else languages


def teams_of(user: User) -> list[tuple[Role, str]]:
    """Role and language of each team, read once for the life of the `user` object."""
    if not hasattr(user, "_team_cache"):
        user._team_cache = [(Role(role), language) for role, language in user.teams.values_list("role", "language")]
    return user._team_cache
