"""Pages that are described together cost little more than one, and are described the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Comment

from catalog.describing import describe
from catalog.gathering import gather
from catalog.models import CatalogEntry
from catalog.references import references_of
from catalog.synchronizing import update_entries
from network.models import Contribution, Organization, Person
from resources.models import AttachedFile, RelatedWork
from taxonomy.models import Concept

from ..admin.every_kind import PAGES, Filled
from .conftest import add_blueprint, add_file, add_picture

pytestmark = pytest.mark.django_db


def add_full_blueprint(number: int):
    """With a row of everything, each naming something of its own."""
    other = add_blueprint(f"other-{number}")
    page = add_blueprint(f"full-{number}", image=add_picture(), publisher=add_organization(f"publisher {number}"))
    page.contributions = [
        Contribution(organization=add_organization(f"author {number}")),
        Contribution(known_person=Person.objects.create(name=f"Person {number}")),
    ]
    page.attached_files = [AttachedFile(file=add_file(f"file-{number}"))]
    page.related_works = [RelatedWork(target=other)]
    page.topics = Concept.objects.filter(scheme="topic")
    page.save_revision().publish()
    return page


def add_organization(name: str) -> Organization:
    organization = Organization(name=name)
    organization.other_names.create(language="en", name=f"{name} in English")
    organization.save()
    return organization


def queries_of_update(pages, **options) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        update_entries({page.pk for page in pages}, **options)
    return [query["sql"] for query in captured.captured_queries]


def test_queries_grow_only_by_what_is_written(site):
    pages = [add_full_blueprint(number) for number in range(6)]
    update_entries({page.pk for page in pages})
    few, many = queries_of_update(pages[:1]), queries_of_update(pages)
    assert len(few) <= 35, "\n".join(few)
    assert len(many) == len(few) + 5, "\n".join(many)


def test_only_rows_that_differ_are_written_anew(site):
    page = add_full_blueprint(1)
    page.title = "Another title"
    with CaptureQueriesContext(connection) as captured:
        page.save_revision().publish()
    assert CatalogEntry.objects.get(page_id=page.pk).title == "Another title"
    tables = ("entryfacet", "entrylink", "entryasset", "entryreference", "entrypart", "network_participation")
    written = [query["sql"] for query in captured if not query["sql"].lstrip("(").startswith("SELECT")]
    assert [sql for sql in written if any(table in sql for table in tables)] == []


@pytest.mark.parametrize("kind", PAGES)
def test_page_is_described_from_memory_as_from_the_database(site, kind):
    page = PAGES[kind](Filled(3)).specific
    owner = page if hasattr(page, "catalog_kind") else page.toolkit
    by_itself, together = type(owner).objects.get(pk=owner.pk), type(owner).objects.get(pk=owner.pk)
    gather([together])
    assert describe(together).digest == describe(by_itself).digest
    assert references_of(together) == references_of(by_itself)
    assert together.shown_assets() == by_itself.shown_assets()


def test_comments_of_editors_are_not_part_of_what_a_page_refers_to(site, django_user_model):
    user = django_user_model.objects.create(email="editor@example.org")
    page = add_blueprint("one")
    Comment.objects.create(page=page, user=user, text="Is this right?", contentpath="title")
    update_entries({page.pk})
    models = CatalogEntry.objects.get(page_id=page.pk).references.values_list("model", flat=True)
    assert user._meta.label_lower not in models
