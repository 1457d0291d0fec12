import itertools
import uuid
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone, translation
from PIL import Image

from catalog.kinds import all_kinds
from catalog.markup import render_markup
from catalog.models import CatalogEntry, EntryAsset, EntryFacet
from catalog.record import Agent, LicenseNotice, PictureNotice, Record, Term
from content.models import File, Picture, Rendition
from content.publication import Publication, Section

_page_ids = itertools.count(2_000_000)
CC_BY = LicenseNotice("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", "Attribution 4.0")
CITY = Agent("City of Lund & Partners")


@pytest.fixture
def add_entry(db):
    """Put an edition into the catalog, without a page. Fields of the record are given by name."""

    def add(title="A “good” practice & more", *, html="<p>Known text.</p>", sections=(), facts=(), **fields):
        page_id = next(_page_ids)
        language, kind = fields.pop("language", "en"), fields.pop("kind", "blueprint")
        work = str(fields.pop("work", None) or uuid.uuid4())
        topics = tuple(Term(code, code) for code in fields.pop("topics", ()))
        fields = {
            "summary": "What it is about.",
            "license": CC_BY,
            "agents": (CITY,),
            "published": "2024-03-05T10:00:00+00:00",
            "modified": "2024-04-06T10:00:00+00:00",
            "concepts": {"topic": topics} if topics else {},
            **fields,
        }
        path = f"/{language}/entry-{page_id}/"
        record = Record(work=work, language=language, kind=kind, title=title, path=path, **fields)
        publication = Publication(
            work=work,
            language=language,
            kind=kind,
            title=title,
            summary=record.summary,
            sections=sections or (Section(id="text", title="Heading", html=html),),
            facts=facts,
        )
        entry = CatalogEntry.objects.create(
            page_id=page_id,
            work=work,
            language=language,
            kind=kind,
            path=path,
            tree_path="0001",
            title=title,
            record_data=record.as_json(),
            publication_data=publication.as_json(),
            digest=uuid.uuid4().hex,
            published_at=timezone.now(),
            changed_at=timezone.now(),
        )
        EntryFacet.objects.bulk_create(
            EntryFacet(entry=entry, name=name, value=value)
            for name, values in record.facets.items()
            for value in values
        )
        entry = CatalogEntry.objects.get(pk=entry.pk)
        if kind in {known.name for known in all_kinds()}:
            with translation.override(language):
                render_markup(entry)
            entry.save()
        return entry

    return add


@pytest.fixture
def rendition(db):
    content = BytesIO()
    Image.new("RGB", (80, 60), "teal").save(content, "PNG")
    picture = Picture.objects.create(title="p", file=ImageFile(BytesIO(content.getvalue()), "p.png"))
    return picture.get_rendition("width-60")


def picture_notice(rendition: Rendition) -> PictureNotice:
    return PictureNotice(rendition.url, rendition.width, rendition.height, "A map of the county")


def shows(entry: CatalogEntry, rendition: Rendition) -> None:
    EntryAsset.objects.create(entry=entry, type=EntryAsset.Type.PICTURE, object_id=rendition.image_id)


def add_file(text="Plain text.") -> File:
    return File.objects.create(title="File", file=ContentFile(text.encode(), "file.txt"))


def withdraw(entry: CatalogEntry) -> None:
    """As the catalog does it."""
    from catalog.building import withdraw_entry

    withdraw_entry(CatalogEntry.objects.get(pk=entry.pk))


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
