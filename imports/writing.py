"""Writes one edition in one transaction: page, revision, history, catalog entry, and what the next run must know."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry, Revision
from wagtail.signals import page_published, published

from catalog.models import DirtyPage
from catalog.synchronizing import work_off
from content.page_permissions import Subject, subject_of
from pages.described import DescribedPage

from .filling import enter_counts, fill, fill_own, fill_texts
from .known import KnownEdition, KnownEditions
from .models import LOG_ACTION, ImportedEdition
from .organizations import Directory
from .page_types import PAGE_TYPES
from .preparing import Prepared
from .refusals import Refused
from .slugs import free_slug, slugs_for
from .storing import removed_on_failure

SOURCE_LANGUAGE = "en"


def create(
    prepared: Prepared,
    *,
    parent: Page,
    locale: Locale,
    known: KnownEditions,
    directory: Directory,
    digest: str,
    publish: bool,
) -> Page:
    """A new page below `parent`. Raises `Refused`; then nothing is left of it."""
    edition = prepared.edition
    work = known.work(edition.id)
    page = PAGE_TYPES[edition.kind](
        locale=locale,
        translation_key=work,
        external_id=edition.id,
        slug=free_slug(parent, *slugs_for(edition.title, edition.id)),
        live=publish,
        has_unpublished_changes=not publish,
        last_published_at=timezone.now() if publish else None,
    )
    with removed_on_failure() as stored, transaction.atomic():
        fill(page, prepared, stored, directory)
        check(page, prepared)
        if publish and page.first_published_at is None:
            page.first_published_at = page.last_published_at
        try:
            parent.add_child(instance=page)
        except ValidationError as error:
            raise Refused(explained(error)) from None
        enter_counts(page, prepared, directory)
        revision = first_revision(page, publish=publish)
        remember(prepared, page, known, digest=digest, revision=revision, publish=publish)
        write_history(page, revision, [LOG_ACTION, "wagtail.publish"] if publish else [LOG_ACTION])
        if publish:
            for signal in (page_published, published):
                signal.send(sender=type(page), instance=page, revision=revision)
        update_catalog(page)
    return page


def update(
    prepared: Prepared, *, known: KnownEditions, row: KnownEdition, directory: Directory, digest: str, publish: bool
) -> Page:
    """A new revision of the page that the import made before, published where wanted. The address stays."""
    page = own_page(row)
    with removed_on_failure() as stored, transaction.atomic():
        fill(page, prepared, stored, directory)
        check(page, prepared)
        prepared.replaces_counts = True
        enter_counts(page, prepared, directory)
        try:
            revision = page.save_revision(log_action=LOG_ACTION)
        except ValidationError as error:
            raise Refused(explained(error)) from None
        if publish:
            revision.publish()
        remember(prepared, page, known, digest=digest, revision=revision, publish=publish)
        update_catalog(page)
    return page


@transaction.atomic
def publish_waiting(row: KnownEdition) -> Page:
    """Make public what an earlier run brought in as a draft."""
    page = own_page(row)
    Revision.objects.get(pk=row.revision_id).publish()
    ImportedEdition.objects.filter(pk=row.pk).update(published=True)
    update_catalog(page)
    return page


def own_page(row: KnownEdition) -> DescribedPage:
    """Raises `Refused` for a page whose text somebody, or wagtail-localize, is in charge of."""
    page = Page.objects.get(pk=row.page_id).specific
    if page.locked:
        raise Refused("The page is locked here: unlock it first.")
    if subject_of(page) is Subject.TRANSLATION:
        raise Refused("The page is being translated here: its text comes from the translation editor.")
    return page.get_latest_revision_as_object()


def rehearse(prepared: Prepared, locale: Locale, directory: Directory) -> None:
    """Check the page as writing it would, and leave nothing of it. Raises `Refused`."""
    if not prepared.edition.more:
        return
    page = PAGE_TYPES[prepared.edition.kind](locale=locale, external_id=prepared.edition.id)
    try:
        with transaction.atomic():
            fill_texts(page, prepared)
            fill_own(page, prepared, directory)
            check(page, prepared)
            transaction.set_rollback(True)
    finally:
        directory.forget()


def check(page: DescribedPage, prepared: Prepared) -> None:
    """As the edit form would, also where the page stays a draft. Raises `Refused`."""
    if not prepared.edition.more:
        return
    try:
        page.clean_fields(exclude=["path", "depth", "slug", "url_path", "content_type"])
        page.clean()
    except ValidationError as error:
        raise Refused(explained(error)) from None


def first_revision(page: DescribedPage, *, publish: bool) -> Revision:
    """What saving and publishing a revision of a new page leaves behind, in two queries instead of forty.

    The page is saved already, with all its signals; only the pointers to its revision are missing.
    """
    now = timezone.now()
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=page.serializable_data(),
        object_str=str(page),
        created_at=now,
    )
    pointers: dict[str, Any] = {"latest_revision": revision, "latest_revision_created_at": revision.created_at}
    if publish:
        pointers["live_revision"] = revision
    Page.objects.filter(pk=page.pk).update(**pointers)
    for name, value in pointers.items():
        setattr(page, name, value)
    return revision


def write_history(page: Page, revision: Revision, actions: list[str]) -> None:
    """Beside the entry that saving a new page makes by itself."""
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page,
            content_type_id=page.content_type_id,
            label=page.get_admin_display_title(),
            action=action,
            timestamp=revision.created_at,
            revision=revision,
            content_changed=True,
        )
        for action in actions
    )


def remember(
    prepared: Prepared, page: Page, known: KnownEditions, *, digest: str, revision: Revision, publish: bool
) -> None:
    """The source of a work is its English edition, or else the first that came in."""
    edition = prepared.edition
    siblings = known.siblings(edition.id, edition.language)
    row = known.edition(edition.id, edition.language)
    is_source = edition.language == SOURCE_LANGUAGE or not any(sibling.is_source for sibling in siblings)
    if is_source and known.other_languages(edition.id, edition.language):
        others = ImportedEdition.objects.filter(import_id=edition.id).exclude(language=edition.language)
        others.update(is_source=False)
    imported = ImportedEdition(
        pk=row.pk if row else None,
        import_id=edition.id,
        language=edition.language,
        page_id=page.pk,
        digest=digest,
        revision_id=revision.pk,
        is_source=is_source,
        published=publish or bool(row and row.page_id and row.published),
        open_links=[link.stored() for link in prepared.open_links],
    )
    imported.save(force_insert=row is None, force_update=row is not None)


def update_catalog(page: Page) -> None:
    """Write the entry inside the transaction, so that a page that cannot be described does not go in."""
    work_off(list(DirtyPage.objects.filter(page_id=page.pk).values_list("pk", "page_id", "tree_path")))


def explained(error: ValidationError) -> str:
    if hasattr(error, "message_dict"):
        return " ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
    return " ".join(error.messages)
