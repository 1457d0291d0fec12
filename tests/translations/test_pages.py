"""The admin's own addresses of pages: what each role may do to originals and translations, here and in other languages."""

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.fields import RichTextField, StreamField
from wagtail.models import GroupApprovalTask, Page, TranslatableMixin, Workflow, WorkflowTask
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.locales.components import get_locale_components
from wagtail_localize.models import LocaleSynchronization, Translation

from accounts.models import Team
from resources.models import BlueprintPage
from taxonomy.models import License

from ..rows import made_once
from .building import home, listing, make_blueprint, make_toolkit, make_user
from .dumping import dump
from .translating import fill, started, translation_of

pytestmark = pytest.mark.django_db

SITE_NAME = "Inclusion Commons"


@pytest.fixture
def pages(site):
    return made_once(make_pages)


def make_pages() -> dict[str, Page]:
    """Live and draft pages of both kinds; `sv` is the language of the people asked about."""
    original = make_blueprint()
    pages = {
        "original en": original,
        "original sv": make_blueprint("Ett original", "sv", slug="ett-original"),
        "original de": make_blueprint("Ein Original", "de", slug="ein-original"),
        "translation sv": started(original, "sv"),
        "translation de": started(original, "de"),
    }
    fill(pages["translation sv"], leave=1)
    fill(pages["translation de"])
    return pages


def address(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def bulk(action, *pages):
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?{ids}"


STREAMS = tuple(field.name for field in BlueprintPage._meta.get_fields() if isinstance(field, StreamField))
RICH_TEXTS = tuple(field.name for field in BlueprintPage._meta.get_fields() if isinstance(field, RichTextField))
FORMSETS = ("comments", "attached_files", "related_works", "contributions")


def form(**values):
    """What the ordinary editor of a blueprint posts."""
    return {
        "summary": "",
        "image_alt": "",
        "practice": "blueprint",
        "challenge": "",
        **dict.fromkeys(RICH_TEXTS, "null"),
        "transferability": "",
        "contact": "",
        "license": License.objects.first().pk,
        **{f"{name}-count": "0" for name in STREAMS},
        **{f"{name}-{count}_FORMS": "0" for name in FORMSETS for count in ("TOTAL", "INITIAL")},
        **values,
    }


def form_of(page):
    return form(title="Taken over", slug=page.slug, **{"action-publish": "1"})


def attempts(page):
    """Name and request of everything that would change `page`."""
    revision = page.get_latest_revision()
    elsewhere = listing("news", page.locale.language_code)
    other_language = listing("blueprint", "fi")
    return {
        "save": ("post", address("edit", page.pk), form(title="Taken over", slug=page.slug)),
        "publish": ("post", address("edit", page.pk), form_of(page)),
        "publish translation": ("post", address("edit", page.pk), {**form(), "action": "publish"}),
        "restart": ("post", address("edit", page.pk), {**form(), "localize-restart-translation": "1"}),
        "to alias": ("post", address("edit", page.pk), {**form(), "localize-convert-to-alias": "1"}),
        "convert alias": ("post", address("convert_alias", page.pk), {}),
        "delete": ("post", address("delete", page.pk), {"confirm_site_name": SITE_NAME}),
        "unpublish": ("post", address("unpublish", page.pk), {"include_descendants": "on"}),
        "move": ("post", address("move_confirm", page.pk, elsewhere.pk), {}),
        "move abroad": ("post", address("move_confirm", page.pk, other_language.pk), {}),
        "copy": (
            "post",
            address("copy", page.pk),
            {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk, "publish_copies": "on"},
        ),
        "copy abroad": (
            "post",
            address("copy", page.pk),
            {"new_title": "Copy", "new_slug": "copy", "new_parent_page": other_language.pk, "alias": "on"},
        ),
        "lock": ("post", address("lock", page.pk), {}),
        "privacy": ("post", address("set_privacy", page.pk), {"restriction_type": "login"}),
        "revert": ("post", address("revisions_revert", page.pk, revision.pk), {**form_of(page), "action": "publish"}),
        "unschedule": ("post", address("revisions_unschedule", page.pk, revision.pk), {}),
        "reorder": ("post", address("set_page_position", page.pk), {}),
        "bulk publish": ("post", bulk("publish", page), {"include_descendants": "on"}),
        "bulk unpublish": ("post", bulk("unpublish", page), {"include_descendants": "on"}),
        "bulk delete": ("post", bulk("delete", page), {"confirm_site_name": SITE_NAME}),
        "bulk move": ("post", bulk("move", page), {"chooser": elsewhere.pk}),
        "bulk move abroad": ("post", bulk("move", page), {"chooser": other_language.pk}),
        "add below": (
            "post",
            address("add", "resources", "blueprintpage", page.get_parent().pk),
            form(title="New", slug="new", **{"action-publish": "1"}),
        ),
    }


def tried(client, page):
    """The names of the attempts that changed anything, each undone again."""
    changed = set()
    for name, (method, url, data) in attempts(page).items():
        before = dump()
        with transaction.atomic():
            response = getattr(client, method)(url, data)
            assert response.status_code < 500, name
            if dump() != before:
                changed.add(name)
            transaction.set_rollback(True)
    return changed


CHANGING_OTHERS = [
    (role, page)
    for role in ("editor", "reviewer", "translator", "coordinator")
    for page in ("original en", "original de", "translation de")
]


@pytest.mark.parametrize(("role", "name"), CHANGING_OTHERS, ids=[f"{role}, {name}" for role, name in CHANGING_OTHERS])
def test_nobody_changes_a_page_in_another_language(role, name, pages, as_user):
    assert tried(as_user(role, "sv"), pages[name]) == set()


def test_without_a_role_nothing_is_changed(pages, as_user):
    for page in pages.values():
        assert tried(as_user(), page) == set()


def test_a_translator_changes_nothing_of_a_page_but_its_strings(pages, as_user):
    client = as_user("translator", "sv")
    assert tried(client, pages["translation sv"]) == set()
    assert tried(client, pages["original sv"]) == set()


def test_a_reviewer_publishes_nothing(pages, as_user):
    client = as_user("reviewer", "sv")
    assert tried(client, pages["translation sv"]) == set()
    assert tried(client, pages["original sv"]) == set()


def test_an_editor_changes_originals_only(pages, as_user):
    client = as_user("editor", "sv")
    own = {"save", "publish", "unpublish", "delete", "copy", "revert", "bulk unpublish", "bulk delete", "add below"}
    assert own <= tried(client, pages["original sv"])
    # What would be made beside a translation is an original of their own.
    assert tried(client, pages["translation sv"]) <= {"add below"}


def test_a_coordinator_never_publishes_a_revision_of_a_translation(pages, as_user):
    changed = tried(as_user("coordinator", "sv"), pages["translation sv"])
    assert changed <= {"delete", "bulk delete", "move", "bulk move", "lock", "copy", "add below", "privacy"}
    assert {"delete", "lock"} <= changed


def test_a_superuser_does_neither(pages, as_user):
    changed = tried(as_user(superuser=True), pages["translation sv"])
    forbidden = {
        "publish", "publish translation", "revert", "bulk publish", "to alias", "move abroad", "bulk move abroad",
    }  # fmt: skip
    assert not changed & forbidden


@pytest.mark.parametrize("role", ["coordinator", "superuser"])
def test_publishing_a_translation_among_others_is_refused_with_the_reason(role, pages, as_user):
    client = as_user(superuser=True) if role == "superuser" else as_user(role, "")
    for method in ("get", "post"):
        response = getattr(client, method)(bulk("publish", pages["original sv"], pages["translation sv"]))
        assert response.status_code == 403
        assert pages["translation sv"].draft_title in response.content.decode()


def test_publishing_all_of_a_listing_leaves_translations_out(pages, as_user):
    parent = listing("blueprint", "sv")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    before = Page.objects.get(pk=pages["translation sv"].pk)
    as_user("coordinator", "").post(f"{url}?id=all&childOf={parent.pk}", {"include_descendants": "on"})
    after = Page.objects.get(pk=before.pk)
    assert (after.live, after.title) == (False, before.title)


def test_descendants_that_are_translations_are_left_out(pages, as_user):
    url = bulk("publish", listing("blueprint", "sv"))
    as_user("coordinator", "").post(url, {"include_descendants": "on"})
    assert not Page.objects.get(pk=pages["translation sv"].pk).live


def test_a_workflow_does_not_publish_a_translation(pages, as_user):
    """Not even by a task that was given to the group of the person who approves it."""
    reviewer = as_user("reviewer", "sv")
    coordinator = as_user("coordinator", "sv")
    task = GroupApprovalTask.objects.create(name="Approve")
    task.groups.set([*reviewer.user.groups.all(), *coordinator.user.groups.all()])
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    page = pages["translation sv"].specific
    state = workflow.start(page, coordinator.user)
    before = dump()
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
    for client in (reviewer, coordinator, as_user("reviewer", "de"), as_user("translator", "sv")):
        assert client.post(url).status_code == 403
    assert dump() == before


def test_a_workflow_of_an_original_asks_for_a_reviewer_of_its_language(pages, as_user):
    reviewer, stranger = as_user("reviewer", "sv"), as_user("reviewer", "de")
    task = GroupApprovalTask.objects.create(name="Approve")
    task.groups.set(reviewer.user.groups.all())
    workflow = Workflow.objects.create(name="Approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    page = pages["original sv"].specific
    page.save_revision()
    state = workflow.start(page, as_user("editor", "sv").user)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.current_task_state.pk])
    assert stranger.post(url).status_code == 403
    assert reviewer.post(url).status_code != 403


class TestDenials:
    def test_are_a_page_that_says_why(self, pages, as_user):
        response = as_user("translator", "sv").post(address("edit", pages["translation sv"].pk), {"action": "publish"})
        assert response.status_code == 403
        assert "You may not publish in Swedish" in response.content.decode()
        assert "<html" in response.content.decode()

    def test_are_one_sentence_outside_the_admin(self, pages, as_user):
        response = as_user().post(address("edit", pages["translation sv"].pk), {"action": "publish"})
        assert response.status_code == 403
        assert response["Content-Type"].startswith("text/plain")

    def test_a_locked_page_is_not_published_by_another(self, pages, as_user):
        page = pages["translation de"]
        page.locked, page.locked_by = True, as_user("coordinator", "").user
        page.save()
        response = as_user("coordinator", "de").post(address("edit", page.pk), {"action": "publish"})
        assert response.status_code == 403
        assert "locked" in response.content.decode()


class TestStopping:
    def test_a_coordinator_stops_and_starts_again(self, pages, as_user):
        page = pages["translation sv"]
        coordinator, translator = as_user("coordinator", "sv"), as_user("translator", "sv")
        stop = reverse("wagtail_localize:stop_translation", args=[translation_of(page).pk])
        assert translator.post(stop).status_code == 403
        assert coordinator.post(stop).status_code == 302
        assert not Translation.objects.get(pk=translation_of(page).pk).enabled
        restart = {"localize-restart-translation": "1"}
        assert translator.post(address("edit", page.pk), restart).status_code == 403
        assert as_user("editor", "sv").post(address("edit", page.pk), restart).status_code == 403
        assert coordinator.post(address("edit", page.pk), restart).status_code == 302
        assert translation_of(page).enabled


class TestTrees:
    def test_a_new_page_makes_nothing_in_other_languages(self, pages, as_user):
        before = set(Page.objects.values_list("pk", flat=True))
        client = as_user("editor", "")
        url = address("add", "home", "standardpage", home("en").pk)
        data = {
            "title": "New", "slug": "new", "summary": "", "image_alt": "", "body-count": "0", "action-publish": "1",
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        }  # fmt: skip
        response = client.post(url, data)
        assert response.status_code == 302, [str(message) for message in get_messages(response.wsgi_request)]
        new = Page.objects.exclude(pk__in=before)
        assert [page.locale.language_code for page in new] == ["en"]
        assert new.get().live

    def test_no_snippet_is_translated(self):
        """wagtail-localize's rights on snippets are by model, not by language."""
        assert not [model for model in get_snippet_models() if issubclass(model, TranslatableMixin)]

    def test_no_language_follows_another(self):
        assert not LocaleSynchronization.objects.exists()
        assert LocaleSynchronization not in [part["model"] for part in get_locale_components()]


class TestBrowsing:
    @pytest.mark.parametrize("role", ["translator", "reviewer", "editor", "coordinator"])
    def test_the_explorer_and_the_chooser_work(self, role, pages, as_user):
        client = as_user(role, "sv")
        for url in (
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_explore_root"),
            reverse("wagtailadmin_explore", args=[listing("blueprint", "sv").pk]),
            reverse("wagtailadmin_explore", args=[listing("blueprint", "en").pk]),
            reverse("wagtailadmin_explore", args=[listing("blueprint", "sv").pk]) + "?q=original",
            reverse("wagtailadmin_explore", args=[listing("blueprint", "sv").pk]) + "?ordering=title",
            reverse("wagtailadmin_choose_page"),
            reverse("wagtailadmin_choose_page_child", args=[listing("blueprint", "sv").pk]),
            reverse("wagtailadmin_choose_page_search") + "?q=original",
            reverse("wagtailadmin_pages:search") + "?q=original",
        ):
            assert client.get(url).status_code == 200, url

    def test_a_button_for_each_language_of_the_user(self, pages, as_user):
        html = explored(as_user("translator", "de"), pages["original sv"])
        assert "Translate into German" in html
        assert "Translate into Swedish" not in html

    def test_the_buttons_are_on_the_page_itself_too(self, pages, as_user):
        html = as_user("coordinator", "de").get(address("edit", pages["original de"].pk)).content.decode()
        assert "Translate into" not in html
        user = make_user("polyglot", "coordinator", "de")
        Team.objects.get_or_create(role="translator", language="sv")[0].members.add(user)
        client = Client()
        client.force_login(user)
        html = client.get(address("edit", pages["original de"].pk)).content.decode()
        assert "Translate into Swedish" in html

    def test_the_button_opens_what_is_there(self, pages, as_user):
        html = explored(as_user("translator", "sv"), pages["original en"])
        assert "Open the Swedish translation" in html
        assert address("edit", pages["translation sv"].pk) in html

    def test_many_languages_are_on_a_page_of_their_own(self, pages, as_user):
        client = as_user("coordinator", "")
        assert reverse("translations:languages", args=[pages["original en"].pk]) in explored(
            client, pages["original en"]
        )
        html = client.get(reverse("translations:languages", args=[pages["original en"].pk])).content.decode()
        assert "Finnish" in html
        assert reverse("translations:start", args=[pages["original en"].pk, "fi"]) in html

    def test_an_editor_is_offered_no_translating(self, pages, as_user):
        client = as_user("editor", "sv")
        assert "Translate into" not in explored(client, pages["original en"])
        assert reverse("translations:overview") not in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_localizes_own_buttons_are_gone_from_listings(self, pages, as_user):
        assert "/localize/submit/" not in explored(as_user(superuser=True), pages["original en"])

    def test_a_listing_costs_the_same_for_more_pages(self, pages, as_user, django_assert_max_num_queries):
        client = as_user("translator", "sv")
        url = reverse("wagtailadmin_explore", args=[listing("blueprint", "en").pk])
        few = queries(client, url)
        for number in range(5):
            make_blueprint(f"Another {number}", slug=f"another-{number}")
        assert queries(client, url) <= few + 5 * WAGTAILS_OWN_PER_ROW


WAGTAILS_OWN_PER_ROW = 0


def queries(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def explored(client, page):
    return client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()


def test_a_translated_toolkit_takes_no_pages_of_translators(site, as_user):
    toolkit = started(make_toolkit())
    client = as_user("translator", "sv")
    before = dump()
    client.post(address("add", "toolkits", "modulepage", toolkit.pk), {"title": "New", "slug": "new"})
    client.post(
        address("copy", toolkit.get_first_child().pk),
        {"new_title": "Copy", "new_slug": "copy", "new_parent_page": toolkit.pk},
    )
    assert dump() == before
