"""The state of each work in each language, for many works in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from .progress import Progress, progress_of
from .works import parts_of


class State(TextChoices):
    ORIGINAL = "original", _("Original")
    OWN = "own", _("Written in this language")
    MISSING = "missing", _("Missing")
    IN_PROGRESS = "in_progress", _("In progress")
    REVIEW = "review", _("Waiting for review")
    READY = "ready", _("Ready to publish")
    PUBLISHED = "published", _("Published")
    BEHIND = "behind", _("Behind the source")


@dataclass(frozen=True, slots=True)
class EditionState:
    """`page_id` is the work's page in this language, None while there is none; counts are over the work's parts too."""

    locale: Locale
    state: State
    page_id: int | None = None
    total: int = 0
    done: int = 0
    translation_id: int | None = None
    is_live: bool = False

    @property
    def is_complete(self) -> bool:
        return self.total == self.done


@dataclass(frozen=True, slots=True)
class WorkRow:
    work: Page
    editions: list[EditionState]


def work_rows(works: Sequence[Page], locales: Sequence[Locale]) -> list[WorkRow]:
    """Six queries, whatever the number of works and languages."""
    parts = parts_of(works)
    pages = {work.pk: [work, *parts[work.pk]] for work in works}
    keys = {page.translation_key for group in pages.values() for page in group}
    editions = editions_by_key(keys, locales)
    translations = translations_by_key(keys, locales)
    progress = progress_of(translations.values())
    return [
        WorkRow(
            work=work,
            editions=[state_of(pages[work.pk], locale, editions, translations, progress) for locale in locales],
        )
        for work in works
    ]


Key = tuple[UUID, int]


def editions_by_key(keys: Iterable[UUID], locales: Sequence[Locale]) -> dict[Key, Page]:
    pages = Page.objects.filter(translation_key__in=keys, locale__in=locales).only(
        "pk", "translation_key", "locale_id", "live", "last_published_at"
    )
    return {(page.translation_key, page.locale_id): page for page in pages}


def translations_by_key(keys: Iterable[UUID], locales: Sequence[Locale]) -> dict[Key, Translation]:
    translations = (
        Translation.objects.filter(source__object_id__in=keys, target_locale__in=locales, enabled=True)
        .select_related("source")
        .defer("source__content_json")
    )
    return {(row.source.object_id, row.target_locale_id): row for row in translations}


def state_of(
    pages: list[Page],
    locale: Locale,
    editions: dict[Key, Page],
    translations: dict[Key, Translation],
    progress: dict[int, Progress],
) -> EditionState:
    work = pages[0]
    if work.locale_id == locale.pk:
        return EditionState(locale, State.ORIGINAL, work.pk, is_live=work.live)
    edition = editions.get((work.translation_key, locale.pk))
    if edition is None:
        return EditionState(locale, State.MISSING)
    if (work.translation_key, locale.pk) not in translations:
        return EditionState(locale, State.OWN, edition.pk, is_live=edition.live)
    total = done = 0
    behind = unpublished = unreviewed = False
    for page in pages:
        key = (page.translation_key, locale.pk)
        target, translation = editions.get(key), translations.get(key)
        if target is None:
            behind = True
        elif translation is not None:
            counted = progress[translation.pk]
            total += counted.total
            done += counted.done
            behind |= is_behind(page, translation)
            unreviewed |= counted.unreviewed > 0
            unpublished |= is_unpublished(target, translation, counted)
    return EditionState(
        locale,
        chosen_state(behind, total == done, unreviewed, unpublished),
        edition.pk,
        total,
        done,
        translations[work.translation_key, locale.pk].pk,
        is_live=edition.live,
    )


def is_behind(page: Page, translation: Translation) -> bool:
    """The original was published after its strings were read."""
    return page.last_published_at is not None and page.last_published_at > translation.source.last_updated_at


def is_unpublished(target: Page, translation: Translation, counted: Progress) -> bool:
    """Something was translated, or taken over from the source, since readers got this page."""
    if not target.live or target.last_published_at is None:
        return True
    changes = [translation.source.last_updated_at, counted.changed_at]
    return any(changed > target.last_published_at for changed in changes if changed)


def chosen_state(behind: bool, complete: bool, unreviewed: bool, unpublished: bool) -> State:
    if behind:
        return State.BEHIND
    if not complete:
        return State.IN_PROGRESS
    if unreviewed:
        return State.REVIEW
    return State.READY if unpublished else State.PUBLISHED
