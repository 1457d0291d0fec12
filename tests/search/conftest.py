import itertools
import uuid
from html import escape

import pytest
from django.utils import timezone

from catalog.models import CatalogEntry, EntryFacet
from catalog.record import LicenseNotice, Record, Term
from content.publication import Publication, Section
from search.extraction import Limits, extract_text
from search.indexing import index_entry

_page_ids = itertools.count(1_000_000)


@pytest.fixture
def add_entry(db):
    """Put an edition into catalog and index, without a page."""

    def add(title, body="", *, language="en", work=None, kind="blueprint", summary="", license="", **concepts):
        page_id = next(_page_ids)
        work = work or uuid.uuid4()
        record = Record(
            work=str(work),
            language=language,
            kind=kind,
            title=title,
            summary=summary,
            path=f"/{language}/entry-{page_id}/",
            license=LicenseNotice(license, f"https://licenses.example/{license}/", license, license)
            if license
            else None,
            concepts={scheme: tuple(Term(code, code) for code in codes) for scheme, codes in concepts.items()},
        )
        publication = Publication(
            work=str(work),
            language=language,
            kind=kind,
            title=title,
            summary=summary,
            sections=(Section(id="text", title="", html=f"<p>{escape(body)}</p>"),),
        )
        entry = CatalogEntry.objects.create(
            page_id=page_id,
            work=work,
            language=language,
            kind=kind,
            path=record.path,
            tree_path="0001",
            title=title,
            record_data=record.as_json(),
            publication_data=publication.as_json(),
            digest=str(page_id),
            published_at=timezone.now(),
            changed_at=timezone.now(),
        )
        entry.refresh_from_db()
        EntryFacet.objects.bulk_create(
            EntryFacet(entry=entry, name=name, value=value)
            for name, values in record.facets.items()
            for value in values
        )
        index_entry(entry)
        return entry

    return add


@pytest.fixture
def extracted(tmp_path):
    """Extracts from bytes by way of a file."""

    def extracted(content: bytes, extension: str, **limits):
        path = tmp_path / "attachment"
        path.write_bytes(content)
        return extract_text(path, extension, limits=Limits(**limits))

    return extracted
