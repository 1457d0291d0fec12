"""One concept of two: nothing that named either is lost, and old names and addresses still lead there."""

import json

import pytest
from django.apps import apps
from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.blocks import ChooserBlock
from wagtail.fields import StreamField
from wagtail.models import Revision
from wagtail_localize.models import TranslationSource

from accounts.models import Role, Team, User
from accounts.roles import sync_roles
from catalog.models import CatalogEntry
from imports.vocabulary import Vocabulary
from network.models import Organization
from projects.models import ProjectPage
from resources.models import BlueprintPage
from taxonomy.codes_in_blocks import rewrite_merged_codes
from taxonomy.merging import affected_by, merge_concepts
from taxonomy.models import Concept, ConceptAlias

from ..catalog.conftest import add, add_blueprint, add_news, listing
from .conftest import add_concept

pytestmark = pytest.mark.django_db


def found(client, query: str) -> set[str]:
    return {hit["title"] for hit in client.get(f"/en/search/?{query}&format=json").json()["results"]}


def topics_of(page) -> list[str]:
    return list(BlueprintPage.objects.get(pk=page.pk).topics.values_list("code", flat=True))


def test_three_names_for_one_topic_become_one(site, client, testdata):
    """The case of the source pages."""
    seed = json.loads((testdata / "source-pages" / "seed_vocabulary.json").read_text(encoding="utf-8"))
    names = seed["topic_merge_cases"][0]
    concepts = [add_concept(f"topic-{number}", en=name) for number, name in enumerate(names)]
    pages = [add_blueprint(f"page-{number}", topics=[concept]) for number, concept in enumerate(concepts)]
    both = add_blueprint("both", topics=concepts[:2])
    kept = next(concept for concept in concepts if concept.label("en") == "Integration of Migrants and Refugees")
    for concept in concepts:
        if concept != kept:
            merge_concepts(concept, kept)
    titles = {page.title for page in (*pages, both)}
    assert all(topics_of(page) == [kept.code] for page in (*pages, both))
    for name in names:
        assert found(client, f"q={name}") >= titles, name
    for concept in concepts:
        assert found(client, f"topic={concept.code}") == titles
    entry = CatalogEntry.objects.get(page_id=both.pk)
    assert [term.code for term in entry.record.concepts["topic"]] == [kept.code]
    assert list(entry.facets.filter(name="topic").values_list("value", flat=True)) == [kept.code]


def test_old_names_stay_and_are_not_said_twice(site):
    old = add_concept("old", en="Teaching", sv="Undervisning", others=["Instruction"])
    kept = add_concept("kept", en="Schooling", sv="undervisning")
    merge_concepts(old, kept)
    assert set(kept.labels.filter(is_alternative=True).values_list("language", "label")) == {
        ("en", "Teaching"),
        ("en", "Instruction"),
    }
    assert kept.label("sv") == "undervisning"


def test_aliases_follow_through_several_merges(site, client):
    first, second, third = (add_concept(code, en=code) for code in ("first", "second", "third"))
    page = add_blueprint("one", topics=[first])
    merge_concepts(first, second)
    merge_concepts(second, third)
    assert set(ConceptAlias.objects.values_list("code", "concept__code")) == {("first", "third"), ("second", "third")}
    assert found(client, "topic=first") == {page.title}
    response = client.get("/en/topics/first/")
    assert (response.status_code, response["Location"]) == (301, "/en/topics/third/")
    assert Vocabulary().topics_named(("first",), "en")[0] == [third]
    assert Concept.objects.by_code("topic", ["first", "third"]) == {"first": third, "third": third}


def test_drafts_and_sources_of_translations_name_the_kept_concept(site, learning):
    kept = add_concept("kept", en="Kept")
    page = add_blueprint("one", topics=[learning, kept])
    only_draft = add_blueprint("draft", publish=False, topics=[learning])
    source, _ = TranslationSource.update_or_create_from_instance(page)
    merge_concepts(learning, kept)
    assert json.loads(TranslationSource.objects.get(pk=source.pk).content_json)["topics"] == [kept.pk]
    for revision in Revision.page_revisions.all():
        assert learning.pk not in revision.content.get("topics", []), revision.object_str
    only_draft.refresh_from_db()
    draft = only_draft.get_latest_revision_as_object()
    assert list(draft.topics.all()) == [kept]
    draft.save_revision().publish()
    assert topics_of(only_draft) == ["kept"]


def test_another_field_with_the_same_number_stays_as_it_is(site, learning):
    kept = add_concept("kept", en="Kept")
    page = add_blueprint("one", topics=[learning], countries=[add_concept("SE", "country", en="Sweden")])
    before = page.latest_revision.content
    merge_concepts(learning, kept)
    after = Revision.objects.get(pk=page.latest_revision_id).content
    assert {name: value for name, value in after.items() if before[name] != value} == {"topics": [kept.pk]}


def test_other_records_follow(site):
    old, kept = (add_concept(code, "country", en=code) for code in ("XX", "YY"))
    organization = Organization.objects.create(slug="one", name="One", country=old)
    assert affected_by(old).records == 1
    merge_concepts(old, kept)
    organization.refresh_from_db()
    assert organization.country == kept


def test_place_in_the_vocabulary_is_taken_over_without_a_circle(site):
    widest, old, middle, kept, below = (
        add_concept(code, en=code) for code in ("widest", "old", "middle", "kept", "below")
    )
    for concept, broader in ((old, widest), (middle, old), (kept, middle), (below, old)):
        Concept.objects.filter(pk=concept.pk).update(broader=broader)
    merge_concepts(Concept.objects.get(pk=old.pk), Concept.objects.get(pk=kept.pk))
    above = dict(Concept.objects.filter(scheme="topic").values_list("code", "broader__code"))
    assert (above["kept"], above["middle"], above["below"]) == ("widest", "kept", "kept")


def test_concepts_of_two_vocabularies_stay_two(site, learning):
    country = add_concept("SE", "country", en="Sweden")
    for old, kept in ((learning, country), (learning, learning)):
        with pytest.raises(ValueError, match="one vocabulary"):
            merge_concepts(old, kept)


def test_no_block_chooses_a_concept():
    """Merging rewrites fields; ids inside of blocks would be left behind."""

    def blocks(block):
        yield block
        for child in getattr(block, "child_blocks", {}).values():
            yield from blocks(child)
        if hasattr(block, "child_block"):
            yield from blocks(block.child_block)

    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                for block in blocks(field.stream_block):
                    assert not (isinstance(block, ChooserBlock) and block.target_model is Concept), (model, field.name)


def sign_in(client, role: Role) -> None:
    sync_roles()
    user = User.objects.create_user(role)
    Team.objects.get_or_create(role=role, language="en")[0].members.add(user)
    client.force_login(user)


def test_coordinator_sees_what_a_merge_changes_before_it_does(site, client, learning):
    kept = add_concept("kept", en="Kept")
    add_blueprint("one", topics=[learning])
    add_blueprint("two", publish=False, topics=[learning])
    add_news(topics=[learning])
    sign_in(client, Role.COORDINATOR)
    address = f"/admin/snippets/taxonomy/concept/merge/{learning.pk}/"
    assert address in client.get(f"/admin/snippets/taxonomy/concept/edit/{learning.pk}/").content.decode()
    assert "Kept (kept)" in client.get(address).content.decode()
    page = client.post(address, {"kept": kept.pk})
    assert "3 pages name it" in page.content.decode()
    assert Concept.objects.filter(pk=learning.pk).exists()
    response = client.post(address, {"kept": kept.pk, "confirmed": "1"})
    assert response["Location"] == f"/admin/snippets/taxonomy/concept/edit/{kept.pk}/"
    assert not Concept.objects.filter(pk=learning.pk).exists()
    assert client.get(f"/admin/snippets/taxonomy/concept/history/{kept.pk}/").status_code == 200
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("value", ["", "0", "x", "99999999999999999999"])
def test_merge_without_a_concept_to_keep_says_so_at_the_field(site, client, learning, value):
    sign_in(client, Role.COORDINATOR)
    response = client.post(f"/admin/snippets/taxonomy/concept/merge/{learning.pk}/", {"kept": value, "confirmed": "1"})
    assert response.status_code == 200
    assert response.context["form"].errors["kept"]
    assert Concept.objects.filter(pk=learning.pk).exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.TRANSLATOR])
def test_others_may_not_merge(site, client, learning, role):
    kept = add_concept("kept", en="Kept")
    sign_in(client, role)
    address = f"/admin/snippets/taxonomy/concept/merge/{learning.pk}/"
    assert client.get(address).status_code == 302
    assert client.post(address, {"kept": kept.pk, "confirmed": "1"}).status_code == 302
    assert Concept.objects.filter(pk=learning.pk).exists()


def test_code_of_a_merged_concept_and_circles_are_refused_in_the_form(site, learning):
    from django.core.exceptions import ValidationError

    kept = add_concept("kept", en="Kept")
    merge_concepts(learning, kept)
    with pytest.raises(ValidationError) as error:
        Concept(scheme="topic", code="learning").full_clean()
    assert "code" in error.value.message_dict
    below = add_concept("below", en="Below")
    Concept.objects.filter(pk=below.pk).update(broader=kept)
    kept.broader = below
    with pytest.raises(ValidationError) as error:
        kept.full_clean()
    assert "broader" in error.value.message_dict


# --- codes inside of blocks


@pytest.fixture
def groups(site):
    return [add_concept(code, "target_group", en=code.title()) for code in ("newcomers", "refugees")]


def project_about(code: str, *, publish=True) -> ProjectPage:
    need = {"type": "need", "value": {"target_group": code, "text": "Time."}, "id": "need-1"}
    return add(ProjectPage(title="Project", slug="project", needs=[need]), listing("project"), publish=publish)


def stored_codes(page) -> list[str]:
    """As the database has them, whatever they read as."""
    rows = ProjectPage.objects.filter(pk=page.pk).annotate(stored=Cast("needs", TextField()))
    return [row["value"]["target_group"] for row in json.loads(rows.values_list("stored", flat=True).get())]


def test_codes_in_blocks_of_pages_drafts_and_sources_become_the_kept_one(groups, site, client):
    old, kept = groups
    page = project_about(old.code)
    swedish = page.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.save_revision()
    TranslationSource.update_or_create_from_instance(page)
    assert affected_by(old).pages == {page.pk, swedish.pk}
    merge_concepts(old, kept)
    assert stored_codes(page) == stored_codes(swedish) == [kept.code]
    for revision in Revision.page_revisions.filter(object_id__in=[str(page.pk), str(swedish.pk)]):
        assert old.code not in json.dumps(revision.content)
    assert old.code not in TranslationSource.objects.get().content_json
    assert "Refugees" in client.get("/en/projects/project/").content.decode()
    entry = CatalogEntry.objects.get(page_id=page.pk)
    assert list(entry.facets.filter(name="target_group").values_list("value", flat=True)) == [kept.code]


def test_a_code_that_was_not_rewritten_yet_reads_as_the_kept_one(groups, client):
    old, kept = groups
    merge_concepts(old, kept)
    page = project_about(old.code)
    assert stored_codes(page) == [old.code]
    page = ProjectPage.objects.get(pk=page.pk)
    assert page.needs[0].value["target_group"] == kept.code
    assert CatalogEntry.objects.get(page_id=page.pk).record.facets["target_group"] == (kept.code,)
    assert "Refugees" in client.get("/en/projects/project/").content.decode()


def test_rewriting_goes_on_where_it_was_stopped(groups):
    old, kept = groups
    merge_concepts(old, kept)
    page = project_about(old.code)
    assert rewrite_merged_codes() == 1
    assert stored_codes(page) == [kept.code]
    assert rewrite_merged_codes() == 0


def test_the_same_word_elsewhere_in_blocks_stays(groups):
    old, kept = groups
    need = {"type": "need", "value": {"target_group": old.code, "text": "newcomers"}, "id": "newcomers"}
    page = add(ProjectPage(title="Project", slug="project", needs=[need]), listing("project"))
    merge_concepts(old, kept)
    page = ProjectPage.objects.get(pk=page.pk)
    assert (page.needs[0].value["text"], page.needs[0].id) == ("newcomers", "newcomers")
