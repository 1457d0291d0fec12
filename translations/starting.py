"""Begins a translation: drafts in the other language, each with its strings to translate."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.operations import TranslationCreator

from accounts.models import User
from accounts.permissions import Subject
from content.page_permissions import subject_of

from .languages import language_name
from .refreshing import refresh_source
from .works import is_translatable, pages_of, work_of


class StartRefused(Exception):
    """The message says why, for whoever asked."""


def edition_in(page: Page, locale: Locale) -> Page | None:
    return Page.objects.filter(translation_key=page.translation_key, locale=locale).first()


def start_translation(original: Page, *, into: Locale, by: User) -> Page:
    """Make what is missing of the edition `into`, as drafts: the whole work, and the pages above it.

    Returns `original` in that language, also if it was there before: then nothing of it is changed.
    """
    check_original(original, into)
    with transaction.atomic():
        work = Page.objects.select_for_update().get(pk=work_of(original).pk)
        above = list(work.get_ancestors().filter(depth__gt=1).order_by("depth"))
        for page in [*above, *pages_of(work)]:
            if edition_in(page, into) is None:
                start_page(page, into, by)
        edition = edition_in(original, into)
        if edition is None:
            raise StartRefused(_("“%(title)s” is not published within its work.") % {"title": original.title})
        return edition.specific


def check_original(original: Page, into: Locale) -> None:
    if not is_translatable(original):
        raise StartRefused(_("Pages of this kind are not translated."))
    if original.locale_id == into.pk:
        raise StartRefused(_("“%(title)s” is in this language already.") % {"title": original.title})
    if subject_of(original) is Subject.TRANSLATION:
        raise StartRefused(
            _("“%(title)s” is itself a translation. Start from the original.") % {"title": original.title}
        )
    existing = edition_in(original, into)
    if existing is not None and existing.alias_of_id:
        raise StartRefused(
            _("There is an alias in %(language)s. Delete it first, then translate.")
            % {"language": language_name(into.language_code)}
        )
    if existing is None and not original.live:
        raise StartRefused(_("“%(title)s” is not published yet. Publish it first.") % {"title": original.title})


def start_page(page: Page, into: Locale, by: User) -> None:
    if not page.live:
        raise StartRefused(
            _("“%(title)s”, the page above it, is not published yet. Publish it first.") % {"title": page.title}
        )
    update_source(page, by)
    TranslationCreator(by, [into]).create_translations(page, include_related_objects=False)
    if edition_in(page, into) is None:
        raise StartRefused(
            _("“%(title)s” has an error that keeps it from being copied. Open it, correct it and publish it again.")
            % {"title": page.title}
        )


def update_source(page: Page, by: User) -> None:
    """A source from an earlier translation may be older than the page; nobody's work depends on it staying so
    where no translation into another language is under way.
    """
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source is not None and not source.translations.filter(enabled=True).exists():
        refresh_source(source, by=by)
