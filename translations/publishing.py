"""Puts translations live: only complete ones, a work's first edition only as a whole, all in one transaction."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.coreutils import string_to_ascii
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from accounts.models import User

from .progress import ADDRESS, progress_of
from .works import pages_of, work_of

LONGEST_ADDRESS = 100


class PublishRefused(Exception):
    """Nothing was changed; `reasons` are sentences, one for each page that is not ready."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Edition:
    """A work in one language: its translations in reading order, and the originals that have no draft yet."""

    translations: list[Translation]
    untranslated: list[Page]


def edition_of(work: Page, locale: Locale) -> Edition:
    originals = pages_of(work)
    keys = [page.translation_key for page in originals]
    found = {
        translation.source.object_id: translation
        for translation in Translation.objects.filter(
            source__object_id__in=keys, source__locale=work.locale, target_locale=locale, enabled=True
        ).select_related("source", "target_locale")
    }
    there = set(Page.objects.filter(translation_key__in=keys, locale=locale).values_list("translation_key", flat=True))
    return Edition(
        translations=[found[key] for key in keys if key in found and key in there],
        untranslated=[page for page in originals if page.translation_key not in there],
    )


def publish_from_editor(translation: Translation, *, by: User | None) -> list[Page]:
    """Publish this page; with it the whole work if the edition is not public yet."""
    source = translation.source.get_source_instance()
    work = work_of(source)
    live = Page.objects.filter(translation_key=work.translation_key, locale=translation.target_locale, live=True)
    if live.exists():
        return publish_translations([translation], by=by)
    return publish_edition(work, translation.target_locale, by=by)


def publish_edition(work: Page, locale: Locale, *, by: User | None) -> list[Page]:
    """Publish `work` and its parts in the language of `locale`. Raises PublishRefused while anything is missing."""
    edition = edition_of(work, locale)
    reasons = [
        _("“%(title)s” has not been started. Update from the source first.") % {"title": page.title}
        for page in edition.untranslated
    ]
    if not edition.translations:
        raise PublishRefused(reasons or [_("There is no translation to publish.")])
    return publish_translations(edition.translations, by=by, reasons=reasons)


def publish_translations(
    translations: list[Translation], *, by: User | None, reasons: list[str] | None = None
) -> list[Page]:
    """Publish all of them or none; `reasons` that are known already count as if they had been found here."""
    reasons = [*(reasons or []), *missing_strings(translations), *unreviewed_strings(translations)]
    if reasons:
        raise PublishRefused(reasons)
    current = translations[0]
    try:
        with transaction.atomic():
            pages = []
            for current in translations:
                pages.append(publish_page(current, by))
            return pages
    except ValidationError as error:
        mark_errors(current, error)
        raise PublishRefused(reasons_of(current, error)) from error
    except ObjectDoesNotExist as error:
        title = current.source.object_repr
        message = _("“%(title)s” refers to a picture, file or page that does not exist any more.") % {"title": title}
        raise PublishRefused([message]) from error


def missing_strings(translations: list[Translation]) -> list[str]:
    progress = progress_of(translations)
    return [
        ngettext(
            "“%(title)s”: %(count)s text of %(total)s has no translation yet.",
            "“%(title)s”: %(count)s texts of %(total)s have no translation yet.",
            progress[translation.pk].missing,
        )
        % {
            "title": translation.source.object_repr,
            "count": progress[translation.pk].missing,
            "total": progress[translation.pk].total,
        }
        for translation in translations
        if not progress[translation.pk].is_complete
    ]


def unreviewed_strings(translations: list[Translation]) -> list[str]:
    progress = progress_of(translations)
    return [
        ngettext(
            "“%(title)s”: %(count)s text waits for a review.",
            "“%(title)s”: %(count)s texts wait for a review.",
            progress[translation.pk].unreviewed,
        )
        % {"title": translation.source.object_repr, "count": progress[translation.pk].unreviewed}
        for translation in translations
        if progress[translation.pk].unreviewed
    ]


def publish_page(translation: Translation, by: User | None) -> Page:
    """Write the translated page and publish that very revision, logged under the name of `by`.

    wagtail-localize's own way publishes only once everything is committed, each page by itself and in nobody's name.
    """
    settle_address(translation, by)
    check_fields(translation)
    translation.save_target(user=by, publish=False)
    page = translation.get_target_instance()
    page.get_latest_revision().publish(user=by, skip_permission_checks=True)
    return translation.get_target_instance()


def check_fields(translation: Translation) -> None:
    """Raises ValidationError by field. Too long a title would make wagtail-localize fail while it handles the error."""
    page = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    paths = translation.source.stringsegment_set.values_list("context__path", flat=True)
    translated = {path.split(".")[0] for path in paths} - {ADDRESS}
    page.clean_fields(exclude={field.name for field in page._meta.fields} - translated)


def settle_address(translation: Translation, by: User | None) -> None:
    """Give a page that was never public an address from its translated title; later it stays as it is.

    An address that the translator wrote is kept.
    """
    page = translation.get_target_instance()
    slug = page.slug if page.first_published_at else address_from_title(translation) or page.slug
    segment = translation.source.stringsegment_set.filter(context__path=ADDRESS).first()
    if segment is None:
        if slug != page.slug:
            page.slug = slug
            page.save(clean=False)
        return
    address = {
        "translation_of_id": segment.string_id,
        "context_id": segment.context_id,
        "locale": translation.target_locale,
    }
    if not StringTranslation.objects.filter(**address, has_error=False).exclude(data="").exists():
        StringTranslation.objects.update_or_create(
            **address,
            defaults={
                "data": slug,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": by,
                "has_error": False,
                "field_error": "",
            },
        )


def address_from_title(translation: Translation) -> str:
    """In Latin letters, whatever the script of the title; empty if nothing is left of it."""
    title = (
        StringTranslation.objects.filter(
            translation_of__segments__source=translation.source_id,
            context__path="title",
            context__object=translation.source.object_id,
            locale=translation.target_locale,
        )
        .values_list("data", flat=True)
        .first()
    )
    return slugify(string_to_ascii(title or ""))[:LONGEST_ADDRESS].rstrip("-")


def strings_at(translation: Translation, field: str) -> list[StringTranslation]:
    return list(
        StringTranslation.objects.filter(
            translation_of__segments__source=translation.source_id,
            context__object=translation.source.object_id,
            context__path=field,
            locale=translation.target_locale,
        ).distinct()
    )


def mark_errors(translation: Translation, error: ValidationError) -> None:
    """Show each error beside its string: what wagtail-localize noted was rolled back with the rest."""
    for field, errors in getattr(error, "error_dict", {}).items():
        for string in strings_at(translation, field):
            string.set_field_error(errors)


def reasons_of(translation: Translation, error: ValidationError) -> list[str]:
    title = translation.source.object_repr
    return [
        _("“%(title)s”: %(message)s") % {"title": title, "message": message}
        for messages in getattr(error, "error_dict", {"": error}).values()
        for message in ValidationError(messages).messages
    ]
