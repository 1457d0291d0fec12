"""What starting a translation makes, and what it leaves alone."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from translations.starting import StartRefused, start_translation
from translations.works import pages_of, works_to_translate

from .building import home, listing, locale, make_blueprint, make_plan, make_standard, make_toolkit, publish
from .dumping import dump
from .translating import fill, started, translation_of

pytestmark = pytest.mark.django_db


def test_it_is_idempotent(site):
    toolkit = make_toolkit()
    first = started(toolkit)
    before = dump()
    assert started(toolkit).pk == first.pk
    assert dump() == before


def test_what_belongs_to_the_work_comes_along(site):
    from taxonomy.models import Concept, Scheme

    original = make_plan()
    original.topics = list(Concept.objects.filter(scheme=Scheme.TOPIC)[:2])
    original.save_revision().publish()
    page = started(original)
    assert page.get_latest_revision_as_object().topics.count() == 2
    assert page.translation_key == original.translation_key
    assert page.get_parent().translation_key == original.get_parent().translation_key
    assert not page.live
    assert page.alias_of is None


def test_missing_pages_above_are_started_too(site):
    above = make_standard()
    below = make_standard("Our team", "team", parent=above)
    page = started(below)
    parent = page.get_parent()
    assert (parent.draft_title, parent.live, parent.alias_of_id) == ("About us", False, None)
    assert translation_of(parent).enabled


def test_a_page_written_in_the_language_is_left_alone(site, as_user):
    original = make_blueprint()
    own = make_blueprint("Ett eget", "sv", slug="ett-eget")
    Page.objects.filter(pk=own.pk).update(translation_key=original.translation_key)
    before = dump()
    response = as_user("translator", "sv").post(reverse("translations:start", args=[original.pk, "sv"]))
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[own.pk])
    assert dump() == before
    for page in (home(), listing("news")):
        assert as_user("translator", "sv").post(reverse("translations:start", args=[page.pk, "sv"])).status_code == 302
    assert dump() == before


def test_two_originals_never_give_two_translations(site):
    """wagtail-localize fails with 500 on a page that has two sources."""
    original = make_blueprint()
    other = make_blueprint("Ein Original", "de", slug="ein-original")
    Page.objects.filter(pk=other.pk).update(translation_key=original.translation_key)
    other.refresh_from_db()
    assert started(original).pk == started(other).pk
    assert Translation.objects.filter(target_locale=locale("sv")).count() == 1


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("own language", "in this language already"),
        ("a translation", "itself a translation"),
        ("a draft", "not published yet"),
        ("a draft above", "not published yet"),
        ("an alias there", "alias"),
    ],
)
def test_what_cannot_be_started_says_why(case, reason, site, admin_user):
    original, into = make_blueprint(), "sv"
    if case == "own language":
        into = "en"
    elif case == "a translation":
        original, into = started(original), "de"
    elif case == "a draft":
        original.unpublish()
        original.refresh_from_db()
    elif case == "a draft above":
        above = make_standard()
        original = make_standard("Our team", "team", parent=above)
        above.unpublish()
    else:
        original.copy_for_translation(locale("sv"), alias=True)
    before = dump()
    with pytest.raises(StartRefused, match=reason):
        start_translation(original, into=locale(into), by=admin_user)
    assert dump() == before


def test_a_refusal_over_http_is_a_page(site, as_user):
    original = make_blueprint()
    address = reverse("translations:start", args=[original.pk, "sv"])
    original.unpublish()
    response = as_user("translator", "sv").post(address)
    assert response.status_code == 409
    assert "not published yet" in response.content.decode()


def test_a_failure_in_the_middle_leaves_nothing_behind(site, as_user, monkeypatch):
    from wagtail_localize import operations

    toolkit = make_toolkit()
    create = operations.TranslationCreator.create_translations

    def fail_at_the_unit(self, page, *args, **kwargs):
        if page.title == "Unit one":
            return
        create(self, page, *args, **kwargs)

    monkeypatch.setattr(operations.TranslationCreator, "create_translations", fail_at_the_unit)
    before = dump()
    response = as_user("translator", "sv").post(reverse("translations:start", args=[toolkit.pk, "sv"]))
    assert response.status_code == 409
    assert dump() == before


def test_drafts_of_a_work_are_not_started(site):
    toolkit = make_toolkit()
    module = toolkit.get_first_child()
    module.unpublish()
    page = started(toolkit)
    assert not page.get_children().exists()
    assert [row.title for row in pages_of(Page.objects.get(pk=toolkit.pk))] == ["A toolkit"]


def test_a_deleted_translation_starts_again_with_its_strings(site):
    original = make_blueprint()
    page = started(original)
    fill(page)
    page.delete()
    page = started(original)
    assert page.draft_title == "SV A mentoring programme"
    assert StringTranslation.objects.filter(locale=page.locale).exists()


def test_a_private_page_stays_private(site):
    from wagtail.models import PageViewRestriction

    original = make_blueprint()
    PageViewRestriction.objects.create(page=original, restriction_type="login")
    assert started(original).view_restrictions.count() == 1


@pytest.mark.parametrize(
    ("role", "language", "status"),
    [
        ("translator", "sv", 302),
        ("reviewer", "sv", 302),
        ("coordinator", "sv", 302),
        ("coordinator", "", 302),
        ("translator", "de", 403),
        ("coordinator", "de", 403),
        ("editor", "sv", 403),
        ("editor", "", 403),
    ],
)
def test_who_may_start(role, language, status, site, as_user):
    original = make_blueprint()
    before = dump()
    client = as_user(role, language)
    address = reverse("translations:start", args=[original.pk, "sv"])
    assert client.get(address).status_code == (200 if status == 302 else 403)
    assert dump() == before
    assert client.post(address).status_code == status
    assert (dump() == before) is (status == 403)


def test_addresses_that_do_not_exist(site, as_user):
    client = as_user("coordinator", "")
    original = make_blueprint()
    for name in ("start", "update", "publish"):
        for arguments in ([original.pk, "xx"], [99999, "sv"], [1, "sv"]):
            response = client.post(reverse(f"translations:{name}", args=arguments), follow=True)
            assert response.status_code == 404, (name, arguments)
    assert client.get(reverse("translations:languages", args=[99999]), follow=True).status_code == 404


def test_works_are_originals_that_readers_search_for(site):
    blueprint, toolkit = make_blueprint(), make_toolkit()
    started(blueprint)
    draft = publish(listing("blueprint"), type(blueprint)(title="Draft", slug="draft"))
    draft.unpublish()
    assert {page.pk for page in works_to_translate()} == {blueprint.pk, toolkit.pk}
