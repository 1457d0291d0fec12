"""A page as its entry would be: what readers are told of it."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone, translation
from wagtail.models import Page

from content.models import File, Picture
from content.publication import Publication

from .kinds import kind_named
from .markup import render_markup
from .models import CatalogEntry, Place
from .privacy import private_ids
from .record import PictureNotice, Record

if TYPE_CHECKING:
    from .describable import Describable


TOP_LEVEL_DEPTH = 3


def describe(page: Page, *, with_expired_parts: bool = False) -> CatalogEntry:
    """An unsaved entry of `page` as it stands in memory, in the page's own language.

    Left out is what readers may not have although the page names it: files and pictures in private collections,
    and parts whose time is over while Wagtail still calls them live.
    """
    with translation.override(page.locale.language_code):
        record: Record = page.to_record()
        publication: Publication = page.to_publication()
    record = without_private_pictures(without_private_files(record))
    if not with_expired_parts:
        over = {address_of(part) for part in expired_parts(page)}
        publication = replace(
            publication, sections=tuple(part for part in publication.sections if not part.path or part.path not in over)
        )
    expires_at = first_expiry(page)
    record_data, publication_data = record.as_json(), publication.as_json()
    entry = CatalogEntry(
        page_id=page.pk or 0,
        work=page.translation_key,
        language=page.locale.language_code,
        kind=page.catalog_kind,
        path=record.path,
        tree_path=page.path,
        title=record.title[:255],
        place=place_of(page),
        record_data=json.loads(json.dumps(record_data, cls=DjangoJSONEncoder)),
        publication_data=json.loads(json.dumps(publication_data, cls=DjangoJSONEncoder)),
        published_at=page.first_published_at,
        changed_at=timezone.now(),
        expires_at=expires_at,
        begins_at=moment(record.extra.get("starts_at")),
        ends_at=moment(record.extra.get("ends_at")),
    )
    with translation.override(entry.language):
        render_markup(entry)
    entry.digest = digest_of(entry, page)
    return entry


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def without_private_files(record: Record) -> Record:
    private = private_ids(File, {file.id for file in record.files})
    return replace(record, files=tuple(file for file in record.files if file.id not in private)) if private else record


def without_private_pictures(record: Record) -> Record:
    """Neither the main picture nor the logos of those who paid."""
    shown = (record.picture, record.card_picture, *(notice.logo for notice in record.funding))
    private = private_ids(Picture, {picture.id for picture in shown if picture})
    if not private:
        return record

    def public(picture: PictureNotice | None) -> PictureNotice | None:
        return None if picture and picture.id in private else picture

    return replace(
        record,
        picture=public(record.picture),
        card_picture=public(record.card_picture),
        funding=tuple(replace(notice, logo=public(notice.logo)) for notice in record.funding),
    )


def digest_of(entry: CatalogEntry, page: Page) -> str:
    """Differs when anything does that readers may notice."""
    content = [entry.record_data, entry.publication_data, entry.card, entry.markup]
    state = [*content, page.show_in_menus, entry.expires_at, page.first_published_at]
    return hashlib.sha256(json.dumps(state, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def place_of(page: "Describable") -> str:
    """In the menu by the editor's choice; at the foot right below the home page, if its kind goes there."""
    if page.show_in_menus:
        return Place.MENU
    return Place.FOOTER if kind_named(page.catalog_kind).in_footer and page.depth == TOP_LEVEL_DEPTH else ""


def expired_parts(page: "Describable") -> list[Page]:
    """Parts past their expiry, and what lies below them."""
    now = timezone.now()
    over = tuple(part.path for part in page.parts if part.expire_at and part.expire_at <= now)
    return [part for part in page.parts if part.path.startswith(over)] if over else []


def first_expiry(page: "Describable") -> datetime | None:
    """When something of the page stops being public: the entry is not trusted beyond that moment."""
    over = expired_parts(page)
    times = [page.expire_at, *(part.expire_at for part in page.parts if part not in over)]
    return min((time for time in times if time), default=None)


def address_of(part: Page) -> str:
    parts = part.get_url_parts()
    return parts[2] if parts else ""
