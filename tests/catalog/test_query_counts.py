"""Reading costs the same few queries whatever the number of entries."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import CatalogEntry, EntryFacet, EntryLink
from search.indexing import reindex

from .conftest import LANGUAGES, add_blueprint, add_picture, add_toolkit

pytestmark = pytest.mark.django_db
FEW, MANY = 20, 200


def multiply(number: int) -> None:
    """Entries like the one that is there, in every language, related to it and findable."""
    known = CatalogEntry.objects.get(path="/en/blueprints/one/")
    start = CatalogEntry.objects.count()
    entries = []
    for index in range(start, start + number):
        language = LANGUAGES[index % len(LANGUAGES)]
        path = f"/{language}/blueprints/copy-{index}/"
        entries.append(
            CatalogEntry(
                page_id=10_000 + index, work=uuid.uuid4(), language=language, kind="blueprint", path=path,
                tree_path=f"9{index:07}", title=f"Copy {index}", digest="x", changed_at=timezone.now(),
                published_at=timezone.now(), publication_data=known.publication_data,
                record_data={**known.record_data, "path": path, "title": f"Copy {index}", "language": language},
            )
        )  # fmt: skip
    CatalogEntry.objects.bulk_create(entries)
    EntryLink.objects.bulk_create([EntryLink(entry=entry, name="related", work=known.work) for entry in entries])
    EntryFacet.objects.bulk_create(
        [
            EntryFacet(entry=entry, name=name, value=value)
            for entry in entries
            for name, value in (("topic", "learning"), ("kind", "blueprint"), ("language", entry.language))
        ]
    )
    reindex(entries)


@pytest.fixture
def library(site):
    page = add_blueprint("one", image=add_picture())
    swedish = page.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.save_revision().publish()
    add_toolkit("kit", modules=3, units=3)
    multiply(FEW)
    return multiply


ADDRESSES = {
    "home": ("/en/", 10),
    "listing": ("/en/blueprints/", 10),
    "listing, second page": ("/en/blueprints/?page=2", 10),
    "resource": ("/en/blueprints/one/", 12),
    "toolkit": ("/en/toolkits/kit/", 12),
    "unit": ("/en/toolkits/kit/module-2/unit-2/", 12),
    "search": ("/en/search/?q=text", 10),
    "search in JSON": ("/en/search/?q=text&format=json&size=100", 10),
    "browsing": ("/en/search/?topic=learning&language=en", 10),
    "search without results": ("/en/search/?q=texxt", 10),
}


def queries_of(client, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("name", ADDRESSES)
def test_queries_do_not_grow_with_the_catalog(library, client, name):
    address, limit = ADDRESSES[name]
    client.get(address)
    few = queries_of(client, address)
    assert len(few) <= limit, "\n".join(few)
    library(MANY - FEW)
    client.get(address)  # What is kept until the catalog changes is found anew.
    many = queries_of(client, address)
    assert len(many) == len(few), "\n".join(many)
