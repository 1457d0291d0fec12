"""Attached files whose text search does not know, why, and what an editor can do."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from accounts.models import User
from accounts.permissions import Action, Subject, languages_where
from catalog.models import CatalogEntry, EntryAsset
from content.models import File

from .extraction import Outcome

CHUNK = 500


class Reason(NamedTuple):
    """In the words of an editor."""

    cause: Promise
    advice: Promise


REASONS: Mapping[str, Reason] = {
    Outcome.EMPTY: Reason(
        _("There are no letters in it"),
        _(
            "If it consists of scanned pages, run text recognition on it and replace the file. "
            "Screen readers can then read it, too."
        ),
    ),
    Outcome.UNSUPPORTED: Reason(
        _("Files of this kind are not read"),
        _("To have its words found, save it in another format, such as PDF or DOCX, and replace the file."),
    ),
    Outcome.ENCRYPTED: Reason(
        _("It is protected by a password or by rights management"),
        _("Save it without protection and replace the file."),
    ),
    Outcome.BROKEN: Reason(
        _("It is damaged or of another kind than its name says"),
        _("Open it in the program that made it, save it again and replace the file."),
    ),
    Outcome.TOO_LARGE: Reason(
        _("It is too large, or becomes too large when it is unpacked"),
        _("Split it or make it smaller, then replace the file."),
    ),
    Outcome.TIMEOUT: Reason(
        _("Reading it took too long"),
        _("Save it in a simpler form or split it, then replace the file."),
    ),
    Outcome.UNAVAILABLE: Reason(
        _("The stored file could not be opened"),
        _("It is tried again every day. If it stays in this list, replace the file."),
    ),
}


def may_see_report(user: User) -> bool:
    """Who writes originals in some language: editors and coordinators."""
    return languages_where(user, Action.WRITE, Subject.ORIGINAL) != set()


def unreadable_files(user: User) -> QuerySet[File]:
    """Those that `user` may choose for a page, with `outcome`, `detail` and `read_at` of what was tried."""
    files = policy_registry.get_by_type(File).instances_user_has_any_permission_for(user, ["choose"])
    return files.filter(found_text__outcome__in=list(REASONS), found_text__sha256=F("sha256")).annotate(
        outcome=F("found_text__outcome"), detail=F("found_text__detail"), read_at=F("found_text__read_at")
    )


def with_pages(files: Iterable[File], user: User) -> list[File]:
    """Adds what the report says of each: `cause`, `advice`, `may_change` and `pages`, the public entries with it."""
    files = list(files)
    for start in range(0, len(files), CHUNK):
        chunk = files[start : start + CHUNK]
        ids = [file.pk for file in chunk]
        changeable = ids_to_change(ids, user)
        pages = pages_offering(ids)
        for file in chunk:
            reason = REASONS[file.outcome]
            file.cause, file.advice = str(reason.cause), str(reason.advice)
            file.may_change = file.pk in changeable
            file.pages = pages.get(file.pk, [])
    return files


def ids_to_change(ids: list[int], user: User) -> set[int]:
    files = policy_registry.get_by_type(File).instances_user_has_any_permission_for(user, ["change"])
    return set(files.filter(pk__in=ids).values_list("pk", flat=True))


def pages_offering(ids: list[int]) -> dict[int, list[CatalogEntry]]:
    """Public entries by the id of the file."""
    assets = EntryAsset.objects.filter(
        type=EntryAsset.Type.FILE, object_id__in=ids, entry__in=CatalogEntry.objects.public()
    )
    pages: dict[int, list[CatalogEntry]] = {}
    for asset in (
        assets.select_related("entry")
        .only("object_id", "entry__title", "entry__path", "entry__language")
        .order_by("entry__title", "entry__language", "pk")
    ):
        pages.setdefault(asset.object_id, []).append(asset.entry)
    return pages
