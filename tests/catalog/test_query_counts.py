"""Reading costs the same few queries whatever the number of entries."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import CatalogEntry, EntryFacet, EntryLink, EntryReference
from catalog.references import label_of
from network.models import Organization
from search.indexing import reindex

from ..admin.every_kind import PAGES, Filled
from .conftest import LANGUAGES, add_blueprint, add_picture, add_toolkit

pytestmark = pytest.mark.django_db
FEW, MANY = 20, 2_000


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
    filled = Filled(2)
    for kind in ("project", "event", "plan", "news"):
        PAGES[kind](filled)
    multiply(FEW)
    return multiply


ADDRESSES = {
    "home": ("/en/", 10),
    "listing": ("/en/blueprints/", 10),
    "listing, second page": ("/en/blueprints/?page=2", 10),
    "listing, filtered": ("/en/blueprints/?topic=learning&sort=title", 10),
    "listing of projects": ("/en/projects/", 10),
    "listing of events": ("/en/events/", 10),
    "resource": ("/en/blueprints/one/", 12),
    "toolkit": ("/en/toolkits/kit/", 12),
    "unit": ("/en/toolkits/kit/module-2/unit-2/", 12),
    "plan": ("/en/action-plans/plan/", 12),
    "project": ("/en/projects/project/", 12),
    "event": ("/en/events/event/", 12),
    "news item": ("/en/news/news/", 12),
    "concepts": ("/en/topics/", 10),
    "concept": ("/en/topics/learning/", 12),
    "organizations": ("/en/organizations/", 12),
    "organizations by role": ("/en/organizations/?role=author", 12),
    "people": ("/en/people/", 10),
    "organization": ("/en/organizations/organization-0/", 12),
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


def test_queries_are_few_and_do_not_grow_with_the_catalog(library, client):
    """One library for all addresses, because 2,000 entries take a while to make."""
    few = {}
    for name, (address, limit) in ADDRESSES.items():
        client.get(address)
        few[name] = queries_of(client, address)
        assert len(few[name]) <= limit, name + "\n".join(few[name])
    library(MANY - FEW)
    for name, (address, _limit) in ADDRESSES.items():
        client.get(address)  # What is kept until the catalog changes is found anew.
        many = queries_of(client, address)
        assert len(many) <= len(few[name]), name + "\n".join(many)


@pytest.mark.parametrize("kind", ["project", "event", "plan", "unit", "news"])
def test_queries_do_not_grow_with_what_a_page_holds(site, client, kind):
    """2 and 40 partners, outputs, actions, agenda items, related works and files."""
    few, many = (
        warm_queries_of(client, PAGES[kind](Filled(rows, name)).get_url_parts()[2])
        for rows, name in ((2, ""), (40, "-more"))
    )
    assert len(few) <= 12, "\n".join(few)
    assert len(many) == len(few), "\n".join(many)


def test_queries_do_not_grow_with_the_roles_of_an_organization(library, client):
    organization = Organization.objects.get(name="Organization 0")
    path = organization.path_in("en")
    few = warm_queries_of(client, path)
    assert len(few) <= 12, "\n".join(few)
    library(300)
    entries = CatalogEntry.objects.filter(path__contains="/copy-")[:300]
    EntryReference.objects.bulk_create(
        [EntryReference(entry=entry, model=label_of(Organization), object_id=organization.pk) for entry in entries]
    )
    many = warm_queries_of(client, path)
    assert len(many) == len(few), "\n".join(many)
    assert client.get(path).content.decode().count("Copy ") > 40


def warm_queries_of(client, address: str) -> list[str]:
    client.get(address)
    return queries_of(client, address)
