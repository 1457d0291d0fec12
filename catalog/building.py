"""Turns a page into its entry, and keeps the rows beside the entry in step."""

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Page

from content.publication import Publication

from .models import CatalogEntry, EntryAsset, EntryFacet, EntryLink, EntryPart
from .record import Record
from .signals import entry_changed

if TYPE_CHECKING:
    from .describable import Describable


def describe(page: Page) -> CatalogEntry:
    """An unsaved entry of `page` as it stands in memory, in the page's own language."""
    with translation.override(page.locale.language_code):
        record: Record = page.to_record()
        publication: Publication = page.to_publication()
    record_data, publication_data = record.as_json(), publication.as_json()
    state = json.dumps(
        [record_data, publication_data, page.show_in_menus, page.path, page.expire_at],
        sort_keys=True,
        cls=DjangoJSONEncoder,
    )
    return CatalogEntry(
        page_id=page.pk or 0,
        work=page.translation_key,
        language=page.locale.language_code,
        kind=page.catalog_kind,
        path=record.path,
        tree_path=page.path,
        title=record.title[:255],
        in_menu=page.show_in_menus,
        record_data=json.loads(json.dumps(record_data, cls=DjangoJSONEncoder)),
        publication_data=json.loads(json.dumps(publication_data, cls=DjangoJSONEncoder)),
        digest=hashlib.sha256(state.encode()).hexdigest(),
        published_at=page.first_published_at,
        changed_at=timezone.now(),
        expires_at=page.expire_at,
    )


@transaction.atomic
def store_entry(page: Page) -> bool:
    """Write the entry of a public page. Returns whether anything changed."""
    entry = describe(page)
    known = CatalogEntry.objects.filter(page_id=page.pk).only("pk", "digest", "withdrawn_at").first()
    if known and known.digest == entry.digest and known.withdrawn_at is None:
        return False
    if known:
        entry.pk = known.pk
        entry._state.adding = False
    entry.save()
    _replace_rows(entry, page)
    entry_changed.send(sender=CatalogEntry, entry=entry)
    return True


def _replace_rows(entry: CatalogEntry, page: "Describable") -> None:
    files, pictures = page.shown_assets()
    rows = {
        EntryFacet: [
            EntryFacet(entry=entry, name=name, value=value[:100])
            for name, values in entry.record.facets.items()
            for value in values
        ],
        EntryLink: [EntryLink(entry=entry, **asdict(relation)) for relation in entry.record.relations],
        EntryAsset: [
            *(EntryAsset(entry=entry, type=EntryAsset.Type.FILE, object_id=pk) for pk in sorted(files)),
            *(EntryAsset(entry=entry, type=EntryAsset.Type.PICTURE, object_id=pk) for pk in sorted(pictures)),
        ],
        EntryPart: [
            EntryPart(entry=entry, path=section.path, anchor=section.id)
            for section in entry.publication.sections
            if section.path
        ],
    }
    for model, instances in rows.items():
        model.objects.filter(entry=entry).delete()
        model.objects.bulk_create(instances)


@transaction.atomic
def withdraw_entries(page_ids: set[int]) -> int:
    """Turn the entries of `page_ids` into tombstones. Returns how many there were."""
    entries = list(CatalogEntry.objects.filter(page_id__in=page_ids, withdrawn_at=None))
    now = timezone.now()
    for entry in entries:
        entry.withdrawn_at = entry.changed_at = now
        entry.save(update_fields=["withdrawn_at", "changed_at"])
        entry_changed.send(sender=CatalogEntry, entry=entry)
    return len(entries)
