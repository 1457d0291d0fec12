"""Every way in which a page changes what readers may see; after each the oracle is asked."""

import datetime
import inspect
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.fields import StreamField
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowTask,
)
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from accounts.models import User
from catalog.models import CatalogEntry, DirtyPage
from catalog.synchronizing import catch_up
from content.models import File, Picture
from home.models import StandardPage
from network.models import Contribution, Organization, OrganizationName
from news.models import NewsPage
from resources.models import ActionPlanPage, AttachedFile, BlueprintPage, ListingPage, PlanProgress, RelatedWork
from taxonomy.models import Concept, License
from toolkits.models import ModulePage, ToolkitPage, UnitPage

from ..rows import made_once
from .conftest import (
    add,
    add_blueprint,
    add_file,
    add_module,
    add_news,
    add_picture,
    add_toolkit,
    add_unit,
    listing,
    locale,
    paragraph,
)
from .oracle import assert_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(site):
    """A page of each kind, linked to each other."""
    made_once(make_world)


def make_world():
    picture, file = add_picture("seen"), add_file("taken", license=License.objects.get())
    organization = Organization.objects.create(slug="org", name="Org")
    target = add_blueprint("target")
    link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    one = BlueprintPage(title="Blueprint one", slug="one", body=paragraph(link), image=picture, publisher=organization)
    one.topics = [Concept.objects.get(code="learning")]
    one.attached_files = [AttachedFile(file=file)]
    one.related_works = [RelatedWork(target=target)]
    one.contributions = [Contribution(organization=organization, role="author")]
    add(one, listing())
    add_news()
    add_toolkit("kit")


def one() -> BlueprintPage:
    return BlueprintPage.objects.get(slug="one", locale__language_code="en", alias_of=None)


def target() -> BlueprintPage:
    return BlueprintPage.objects.get(slug="target", locale__language_code="en")


def kit() -> ToolkitPage:
    return ToolkitPage.objects.get(slug="kit", alias_of=None)


def module(number=1) -> ModulePage:
    return ModulePage.objects.child_of(kit()).order_by("path")[number - 1]


def unit() -> UnitPage:
    return UnitPage.objects.child_of(module()).order_by("path").first()


def admin() -> Client:
    user, _ = User.objects.get_or_create(username="admin", is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(user)
    return client


def post(address: str, data: dict | None = None) -> None:
    response = admin().post(address, data or {})
    context = response.context
    assert response.status_code == 302, context["form"].errors if context and "form" in context else response.content


def edit(page: Page, action: str = "", **fields: object) -> None:
    """Change fields in the admin's form as it is served; `action` "publish" presses that button."""
    client = admin()
    address = f"/admin/pages/{page.pk}/edit/"
    form = client.get(address)
    data = querydict_from_html(form.content.decode(), form_id="page-edit-form").dict()
    data |= nested_form_data(stream_fields(page) | fields)
    if action:
        data[f"action-{action}"] = f"action-{action}"
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors


def stream_fields(page: Page) -> dict:
    """What scripts add to the form."""
    text = streamfield([("paragraph", rich_text("<p>From the form.</p>"))])
    names = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return {**{name: streamfield([]) for name in names}, "body": text}


def restrict(page: Page, type="login", **fields: object) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=type, **fields)


def folder(restricted=True) -> ListingPage:
    page = add(ListingPage(title="Folder", slug="folder", lists="blueprint"), listing().get_parent().specific)
    if restricted:
        restrict(page)
    return page


def publish(page: Page, **changes: object) -> None:
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def at(moment: datetime.datetime):
    return mock.patch("django.utils.timezone.now", return_value=moment)


HOUR = datetime.timedelta(hours=1)

# --- publishing


def publish_by_code():
    publish(one(), title="Other title", slug="one")


def publish_new_page():
    add_blueprint("new")


def publish_in_the_admin():
    edit(one(), "publish", title="Title from the form")


def publish_new_page_in_the_admin():
    client = admin()
    address = f"/admin/pages/add/news/newspage/{listing('news').pk}/"
    form = client.get(address)
    data = querydict_from_html(form.content.decode(), form_id="page-edit-form").dict()
    data |= {"title": "From the form", "slug": "form", "summary": "x", "action-publish": "action-publish"}
    data |= nested_form_data(stream_fields(NewsPage()))
    assert client.post(address, data).status_code == 302


def publish_in_bulk():
    pages = [add_blueprint(f"draft-{number}", publish=False) for number in range(3)]
    ids = "&".join(f"id={page.pk}" for page in pages)
    post(f"/admin/bulk/wagtailcore/page/publish/?{ids}", {"include_descendants": ""})
    assert BlueprintPage.objects.filter(slug__startswith="draft-", live=True).count() == 3


def publish_by_workflow():
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Approve")
    group = Group.objects.create(name="Approvers")
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    user = User.objects.get_or_create(username="admin", is_superuser=True, is_staff=True)[0]
    page = add_blueprint("reviewed", publish=False)
    page.save_revision()
    state = workflow.start(page, user)
    task.specific.on_action(state.current_task_state, user, "approve")
    assert BlueprintPage.objects.get(slug="reviewed").live


def save_without_revision():
    page = one()
    page.summary = "Saved by a script."
    page.save()


def scheduled_go_live():
    page = add_blueprint("later", publish=False)
    page.go_live_at = timezone.now() + HOUR
    page.save_revision(approved_go_live_at=None).publish()
    page.refresh_from_db()
    assert not page.live
    assert_right()
    with at(timezone.now() + 2 * HOUR):
        call_command("publish_scheduled", verbosity=0)
    assert BlueprintPage.objects.get(slug="later").live


def scheduled_change_of_a_live_page():
    page = one()
    page.go_live_at = timezone.now() + HOUR
    page.title = "Later title"
    page.save_revision().publish()
    assert_right()
    with at(timezone.now() + 2 * HOUR):
        call_command("publish_scheduled", verbosity=0)
    assert one().title == "Later title"


def scheduled_expiry():
    publish(one(), expire_at=timezone.now() + HOUR)
    assert_right()
    with at(timezone.now() + 2 * HOUR):
        call_command("publish_scheduled", verbosity=0)
    assert not one().live


def expiry_by_the_clock():
    """The command did not run yet."""
    publish(one(), expire_at=timezone.now() + HOUR)
    later = timezone.now() + 2 * HOUR
    with at(later):
        assert_right()
        assert Client().get("/en/blueprints/one/").status_code == 410
    one_id = one().pk
    publish(target(), title="Touched after the expiry", slug="target")
    with at(later):
        catch_up()
        assert not CatalogEntry.objects.public().filter(page_id=one_id).exists()


def expiry_of_a_part_by_the_clock():
    """The work is not trusted beyond the expiry of its part, and described without it from then on."""
    publish(module(2), expire_at=timezone.now() + HOUR)
    assert_right()
    with at(timezone.now() + 2 * HOUR):
        entry = CatalogEntry.objects.get(page_id=kit().pk)
        assert not entry.is_public
        assert "module-2" not in Client().get("/en/toolkits/kit/").content.decode()
        assert Client().get("/en/toolkits/kit/module-2/").status_code == 404
        call_command("check_catalog", repair=True, verbosity=0)
        assert CatalogEntry.objects.get(page_id=kit().pk).is_public
        assert_right()
        call_command("publish_scheduled", verbosity=0)
        assert_right()


# --- unpublishing and deleting


def unpublish_by_code():
    one().unpublish()


def unpublish_in_the_admin():
    post(f"/admin/pages/{one().pk}/unpublish/")


def unpublish_with_descendants():
    post(f"/admin/pages/{listing().pk}/unpublish/", {"include_descendants": "on"})
    assert not one().live


def unpublish_parent_only():
    listing().unpublish()


def unpublish_in_bulk():
    post(f"/admin/bulk/wagtailcore/page/unpublish/?id={one().pk}&id={kit().pk}", {"include_descendants": "on"})
    assert not unit().live


def unpublish_and_publish_again():
    one().unpublish()
    assert_right()
    publish(one())


def delete_by_code():
    one().delete()


def delete_target_of_links():
    target().delete()


def delete_in_the_admin():
    post(f"/admin/pages/{one().pk}/delete/")


def delete_subtree():
    listing().delete()


def delete_by_queryset():
    BlueprintPage.objects.all().delete()


def delete_in_bulk():
    post(f"/admin/bulk/wagtailcore/page/delete/?id={one().pk}&id={kit().pk}")


def delete_while_dirty():
    page = one()
    with mock.patch("catalog.synchronizing.work_off_soon"):
        publish(page, summary="Not worked off.")
    assert DirtyPage.objects.exists()
    page.delete()


# --- moving and renaming


def move_into_a_restricted_folder():
    page = one()
    page.move(folder(), "last-child")


def move_out_of_a_restricted_folder():
    inner = add_blueprint("inner", parent=folder())
    assert_right()
    inner.move(listing(), "last-child")


def move_in_the_admin():
    inside = folder(restricted=False)
    post(f"/admin/pages/{one().pk}/move/{inside.pk}/confirm/")
    assert one().get_parent().pk == inside.pk


def move_in_bulk():
    inside = folder(restricted=False)
    post(f"/admin/bulk/wagtailcore/page/move/?id={one().pk}&id={target().pk}", {"chooser": inside.pk})
    assert one().get_parent().pk == inside.pk


def reorder_in_the_admin():
    response = admin().post(f"/admin/pages/{one().pk}/set_position/?position=0")
    assert response.status_code == 200


def reorder_by_code():
    one().move(target(), "left")


def reorder_modules():
    module(2).move(module(1), "left")
    catalogued = [part.path for part in CatalogEntry.objects.get(page_id=kit().pk).parts.order_by("pk")]
    assert "module-2" in catalogued[0]


def rename_page():
    publish(one(), slug="renamed")
    BlueprintPage.objects.get(slug="renamed")
    assert Client().get("/en/blueprints/one/").status_code in (301, 302)
    assert Client().get("/en/blueprints/renamed/").status_code == 200


def rename_page_in_the_admin():
    edit(one(), "publish", slug="renamed")


def rename_parent():
    publish(listing(), slug="designs")
    response = Client().get("/en/blueprints/one/")
    assert (response.status_code, response.headers["Location"]) == (301, "/en/designs/one/")
    assert Client().get("/en/designs/one/").status_code == 200


def rename_parent_that_is_a_draft():
    page = listing()
    page.unpublish()
    page.refresh_from_db()
    page.slug = "designs"
    page.save()


def rename_toolkit():
    publish(kit(), slug="kit-2")
    assert Client().get("/en/toolkits/kit/module-1/").headers["Location"] == "/en/toolkits/kit-2/module-1/"
    assert Client().get("/en/toolkits/kit-2/module-1/unit-1/").status_code == 200


def rename_module():
    publish(module(), slug="module-x")


def rename_link_target():
    publish(target(), slug="target-x")
    assert "/en/blueprints/target-x/" in str(CatalogEntry.objects.get(page_id=one().pk).publication_data)


def move_link_target():
    target().move(folder(restricted=False), "last-child")
    assert "/en/folder/target/" in str(CatalogEntry.objects.get(page_id=one().pk).publication_data)


def move_link_target_that_a_draft_no_longer_names():
    page = one()
    page.body = paragraph("<p>No link any more.</p>")
    page.save_revision()
    move_link_target()


def rename_module_that_is_linked():
    link = f'<p><a linktype="page" id="{module().pk}">module</a></p>'
    publish(target(), body=paragraph(link))
    publish(module(), slug="module-x")
    assert "module-x" in str(CatalogEntry.objects.get(page_id=target().pk).publication_data)


def rename_restricted_link_target():
    restrict(target())
    publish(target(), slug="target-x")


def move_module_to_another_toolkit():
    other = add_toolkit("other", modules=1)
    module(2).move(other, "last-child")
    assert "module-2" not in str(CatalogEntry.objects.get(page_id=kit().pk).publication_data)


def move_unit_to_another_module():
    publish(unit(), slug="unit-x")
    unit().move(module(2), "first-child")


def slug_in_another_script():
    page = add_blueprint("مدينة", html="<p>A city.</p>")
    assert Client().get("/en/blueprints/مدينة/").status_code == 200
    with mock.patch("catalog.reading.serve_wagtail_page") as serve:
        Client().get("/en/blueprints/مدينة/")
    assert not serve.called, "the catalog should know it"
    page.unpublish()
    assert Client().get("/en/blueprints/مدينة/").status_code == 410


# --- restricting


def restrict_by_orm():
    restrict(one())


def restrict_parent():
    restrict(listing())


def restrict_with_groups():
    restriction = restrict(one(), "groups")
    restriction.groups.add(Group.objects.create(name="Inside"))


def restrict_in_the_admin():
    response = admin().post(f"/admin/pages/{one().pk}/privacy/", {"restriction_type": "login", "password": ""})
    assert response.status_code == 200
    assert PageViewRestriction.objects.filter(page=one()).exists()


def change_restriction_in_the_admin():
    restrict_in_the_admin()
    response = admin().post(f"/admin/pages/{one().pk}/privacy/", {"restriction_type": "password", "password": "x"})
    assert response.status_code == 200
    assert PageViewRestriction.objects.get(page=one()).restriction_type == "password"


def open_in_the_admin():
    restrict_in_the_admin()
    assert_right()
    admin().post(f"/admin/pages/{one().pk}/privacy/", {"restriction_type": "none", "password": ""})
    assert not PageViewRestriction.objects.exists()


def open_by_orm():
    restriction = restrict(listing())
    assert_right()
    restriction.delete()


def open_by_queryset():
    restrict(listing())
    assert_right()
    PageViewRestriction.objects.all().delete()


def restriction_given_to_another_page():
    restriction = restrict(one())
    restriction.page = target()
    restriction.save()


def restrict_toolkit():
    restrict(kit())


def restrict_module():
    restrict(module())


def restrict_unit():
    restrict(unit())
    assert (
        "unit-1"
        not in [part.path.split("/")[-2] for part in CatalogEntry.objects.get(page_id=kit().pk).parts.all()][:1]
    )


# --- copies, aliases, drafts


def copy_page():
    one().copy(update_attrs={"slug": "copy"})


def copy_tree():
    kit().copy(recursive=True, update_attrs={"slug": "kit-copy"})


def copy_as_draft():
    kit().copy(recursive=True, keep_live=False, update_attrs={"slug": "kit-copy"})


def copy_restricted_page():
    restrict(one())
    one().copy(update_attrs={"slug": "copy"})


def copy_tree_in_the_admin():
    post(
        f"/admin/pages/{kit().pk}/copy/",
        {
            "new_title": "Copy", "new_slug": "copy", "new_parent_page": str(listing("toolkit").pk),
            "copy_subpages": "on", "publish_copies": "on",
        },
    )  # fmt: skip


def create_alias():
    CreatePageAliasAction(one(), parent=folder(restricted=False), update_slug="one").execute(
        skip_permission_checks=True
    )
    assert Client().get("/en/folder/one/").status_code == 404


def create_alias_of_a_toolkit():
    CreatePageAliasAction(kit(), update_slug="alias", recursive=True).execute(skip_permission_checks=True)
    for address in ("/en/toolkits/alias/", "/en/toolkits/alias/module-1/", "/en/toolkits/alias/module-1/unit-1/"):
        assert Client().get(address).status_code == 404


def publish_source_of_an_alias():
    create_alias()
    publish(one(), title="Again", slug="one")


def convert_alias():
    create_alias()
    alias = Page.objects.get(alias_of=one())
    ConvertAliasPageAction(alias.specific).execute(skip_permission_checks=True)
    assert Client().get("/en/folder/one/").status_code == 200


def alias_of_a_module_inside_the_toolkit():
    CreatePageAliasAction(module(), parent=kit(), update_slug="again", recursive=True).execute(
        skip_permission_checks=True
    )


def draft_edit_of_a_live_page():
    page = one()
    before = CatalogEntry.objects.get(page_id=page.pk)
    page.title = "Draft title"
    page.body = paragraph("<p>Draft.</p>")
    page.save_revision()
    edit(one(), summary="Draft summary in the admin")
    after = CatalogEntry.objects.get(page_id=page.pk)
    assert (after.digest, after.changed_at) == (before.digest, before.changed_at)


def draft_edit_of_a_module():
    page = module()
    page.title = "Draft title"
    page.save_revision()
    assert "Draft title" not in str(CatalogEntry.objects.get(page_id=kit().pk).publication_data)


def revert_to_an_older_revision():
    first = one().latest_revision
    publish(one(), title="Second", slug="one")
    page = first.as_object()
    page.save_revision().publish()
    assert one().title == "Blueprint one"


def publish_an_older_revision():
    first = one().latest_revision
    publish(one(), title="Second", slug="one")
    first.publish()
    assert one().title == "Blueprint one"


# --- translation


def copy_for_translation():
    one().copy_for_translation(locale("sv"), copy_parents=True)


def publish_translation():
    page = one().copy_for_translation(locale("sv"))
    page.save_revision().publish()


def publish_translation_of_a_link_target():
    """A link leads to the edition in the language of the text, as soon as there is one."""
    swedish = one().copy_for_translation(locale("sv"))
    swedish.save_revision().publish()
    assert_right()
    translated = target().copy_for_translation(locale("sv"))
    translated.save_revision().publish()
    assert "/sv/blueprints/target" in str(CatalogEntry.objects.get(page_id=swedish.pk).publication_data)
    assert_right()
    translated.refresh_from_db()
    translated.unpublish()
    assert "/sv/blueprints/target" not in str(CatalogEntry.objects.get(page_id=swedish.pk).publication_data)


def localize() -> Translation:
    source, _ = TranslationSource.update_or_create_from_instance(one())
    translation = Translation.objects.create(source=source, target_locale=locale("sv"))
    translation.save_target(publish=False)
    return translation


def save_target_as_draft():
    localize()
    assert not BlueprintPage.objects.get(slug__startswith="one", locale=locale("sv")).live


def save_target_and_publish():
    translation = localize()
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.get_or_create(
            translation_of=segment.string, context=segment.context, locale=translation.target_locale,
            defaults={"data": f"sv {segment.string.data[:80]}"},
        )  # fmt: skip
    translation.save_target(publish=True)
    assert BlueprintPage.objects.get(locale=locale("sv"), translation_key=one().translation_key).live


def delete_translation():
    publish_translation()
    assert_right()
    BlueprintPage.objects.get(locale=locale("sv")).delete()


# --- what pages refer to


def picture_changes():
    picture = Picture.objects.get()
    picture.credit = "Somebody"
    picture.save()
    assert "Somebody" in str(CatalogEntry.objects.get(page_id=one().pk).record_data)


def picture_is_deleted():
    Picture.objects.get().delete()


def pictures_are_deleted_in_bulk():
    post(f"/admin/bulk/content/picture/delete/?id={Picture.objects.get().pk}")


def file_changes():
    file = File.objects.get()
    file.description = "New description"
    file.save()
    assert "New description" in str(CatalogEntry.objects.get(page_id=one().pk).record_data)


def file_content_changes():
    file = File.objects.get()
    file.file.save("taken.txt", ContentFile(b"Other text"))


def file_is_deleted():
    File.objects.get().delete()


def files_are_deleted_in_bulk():
    post(f"/admin/bulk/content/file/delete/?id={File.objects.get().pk}")


def private_collection(name="Private") -> Collection:
    collection = Collection.get_first_root_node().add_child(name=name)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def file_moves_into_a_private_collection():
    file = File.objects.get()
    file.collection = private_collection()
    file.save()
    assert CatalogEntry.objects.get(page_id=one().pk).record.files == ()


def file_moves_into_a_private_collection_in_bulk():
    collection = private_collection()
    post(f"/admin/bulk/content/file/add_to_collection/?id={File.objects.get().pk}", {"collection": collection.pk})
    assert File.objects.get().collection == collection
    assert CatalogEntry.objects.get(page_id=one().pk).record.files == ()


def collection_is_restricted_and_opened():
    collection = Collection.get_first_root_node().add_child(name="Shared")
    File.objects.get().delete()
    page = one()
    page.attached_files = [AttachedFile(file=add_file("shared", collection=collection))]
    publish(page)
    assert len(CatalogEntry.objects.get(page_id=page.pk).record.files) == 1
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert CatalogEntry.objects.get(page_id=page.pk).record.files == ()
    assert_right()
    restriction.delete()
    assert len(CatalogEntry.objects.get(page_id=page.pk).record.files) == 1


def concept_label_changes():
    label = Concept.objects.get(code="learning").labels.get()
    label.label = "Learning, renamed"
    label.save()
    assert "Learning, renamed" in str(CatalogEntry.objects.get(page_id=one().pk).record_data)


def concept_code_changes():
    concept = Concept.objects.get(code="learning")
    concept.code = "learning-2"
    concept.save()


def concept_gets_a_label_in_the_admin():
    concept = Concept.objects.get(code="learning")
    client = admin()
    address = f"/admin/snippets/taxonomy/concept/edit/{concept.pk}/"
    html = client.get(address).content.decode()
    data = next(
        data for index in range(9) if "labels-0-label" in (data := querydict_from_html(html, form_index=index).dict())
    )
    data["labels-0-label"] = "From the form"
    assert client.post(address, data).status_code == 302
    assert "From the form" in str(CatalogEntry.objects.get(page_id=one().pk).record_data)


def concept_is_deleted():
    Concept.objects.get(code="learning").delete()


def license_changes():
    license = License.objects.get()
    license.short = "CC BY 4.0 renamed"
    license.save()
    assert "CC BY 4.0 renamed" in str(CatalogEntry.objects.get(page_id=one().pk).record_data["files"])


def license_code_changes():
    license = License.objects.get()
    license.code = "CC-BY-4.0-X"
    license.save()


def organization_changes():
    organization = Organization.objects.get()
    organization.name = "Organization, renamed"
    organization.save()
    assert "Organization, renamed" in str(CatalogEntry.objects.get(page_id=one().pk).record_data)


def organization_gets_another_name():
    OrganizationName.objects.create(organization=Organization.objects.get(), language="en", name="English name")
    assert "English name" in str(CatalogEntry.objects.get(page_id=one().pk).record_data)


def organization_loses_a_name():
    row = OrganizationName.objects.create(organization=Organization.objects.get(), language="en", name="English")
    assert_right()
    row.delete()


# --- toolkits


def publish_module():
    add_module(kit(), "module-3")


def add_draft_module_with_live_unit():
    hidden = add_module(kit(), "module-3", publish=False)
    add_unit(hidden, "unit-1")
    assert Client().get("/en/toolkits/kit/module-3/unit-1/").status_code == 404


def publish_unit():
    publish(unit(), title="Unit, renamed", slug="unit-1")


def unpublish_unit():
    unit().unpublish()
    assert Client().get("/en/toolkits/kit/module-1/unit-1/").status_code == 410


def unpublish_module():
    module().unpublish()
    assert Client().get("/en/toolkits/kit/module-1/").status_code == 410
    assert Client().get("/en/toolkits/kit/module-1/unit-1/").status_code == 410
    assert_right()
    publish(module())
    assert Client().get("/en/toolkits/kit/module-1/unit-1/").status_code == 200


def unpublish_toolkit():
    kit().unpublish()
    assert Client().get("/en/toolkits/kit/module-1/unit-1/").status_code == 410


def delete_module():
    module().delete()
    assert Client().get("/en/toolkits/kit/module-1/unit-1/").status_code == 410


def delete_unit_in_the_admin():
    post(f"/admin/pages/{unit().pk}/delete/")


def unpublish_module_with_units_in_the_admin():
    post(f"/admin/pages/{module().pk}/unpublish/", {"include_descendants": "on"})


# --- the site


def change_site_root():
    """What lies outside of the new root has no address any more."""
    home = listing().get_parent().specific
    inner = add(StandardPage(title="Inner", slug="inner"), home)
    site = Site.objects.get()
    site.root_page = inner
    site.save()
    assert_right()
    site.root_page = home
    site.save()


def delete_site():
    Site.objects.all().delete()


def plan_progress_changes():
    plan = ActionPlanPage(title="Plan", slug="plan", territory="Here")
    plan.priorities = [
        ("priority", {"title": "First", "rationale": "", "actions": [{"code": "A1", "title": "Act", "indicators": [{"code": "I1", "label": "Count"}]}]})
    ]  # fmt: skip
    add(plan, listing("plan"))
    swedish = plan.copy_for_translation(locale("sv"))
    swedish.save_revision().publish()
    assert_right()
    progress = PlanProgress.objects.get()
    action = progress.actions.get()
    action.status = "done"
    action.save()
    for page in (plan, swedish):
        assert CatalogEntry.objects.get(page_id=page.pk).record_data["extra"]["progress"]["done"] == 1
    assert_right()
    progress.indicators.get().values.create(date=datetime.date(2026, 1, 1), value=5)
    assert_right()
    progress.actions.get().delete()


OPERATIONS = [
    value
    for name, value in list(globals().items())
    if inspect.isfunction(value)
    and value.__module__ == __name__
    and value.__code__.co_argcount == 0
    and name not in ("make_world", "one", "target", "kit", "unit", "admin", "localize")
]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
def test_catalog_is_right_after(world, operation):
    operation()
    assert_right()


def test_no_operation_is_left_out():
    assert len(OPERATIONS) > 90
