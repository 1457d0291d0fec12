"""A translator's whole way through the admin, over HTTP, until readers see the edition."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from translations.po_files import LARGEST_FILE

from ..rows import made_once
from .building import locale, make_blueprint, make_plan, make_toolkit, make_unit, publish
from .dumping import dump
from .translating import approve, fill, fill_work, rewrite, segments_of, started, translation_of

pytestmark = pytest.mark.django_db


def translate(client, page, row, text):
    return client.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation_of(page).pk, row.pk]),
        data=encode_multipart(BOUNDARY, {"value": text}),
        content_type=MULTIPART_CONTENT,
    )


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def edition(original, language="sv"):
    return Page.objects.get(translation_key=original.translation_key, locale=locale(language)).specific


def test_from_the_button_to_the_reader(site, as_user):
    original = make_blueprint("A mentoring programme")
    translator, coordinator, reader = as_user("translator", "sv"), as_user("coordinator", "sv"), Client()
    start = reverse("translations:start", args=[original.pk, "sv"])

    assert start in translator.get(edit_parent(original)).content.decode()
    question = translator.get(start)
    assert question.status_code == 200
    assert "Swedish" in question.content.decode()
    assert not Translation.objects.exists()

    response = translator.post(start)
    page = edition(original)
    assert response.status_code == 302
    assert response["Location"] == edit_address(page)
    assert not page.live
    assert "js-translation-editor" in translator.get(edit_address(page)).content.decode()

    strings = [row for row in segments_of(page) if row.context.path != "slug"]
    for row in strings[1:]:
        assert translate(translator, page, row, f"SV {row.string.data}").status_code == 201

    before = dump()
    refused = coordinator.post(edit_address(page), {"action": "publish"})
    assert refused.status_code == 302
    assert f"1 text of {len(strings)} has no translation yet" in said(refused)
    assert dump() == before
    assert reader.get("/sv/blueprints/mentoring/").status_code == 404

    assert strings[0].context.path == "title"
    assert translate(translator, page, strings[0], "Ett mentorprogram för nyanlända").status_code == 201
    assert translator.post(edit_address(page), {"action": "publish"}).status_code == 403
    assert not edition(original).live

    refused = coordinator.post(edit_address(page), {"action": "publish"})
    assert f"{len(strings)} texts wait for a review" in said(refused)
    assert not edition(original).live
    texts = reverse("translations:texts", args=[translation_of(page).pk])
    assert texts in coordinator.get(edit_address(page)).content.decode()
    assert translator.post(texts).status_code == 403
    assert f"{len(strings)} texts were approved" in said(as_user("reviewer", "sv").post(texts))

    response = coordinator.post(edit_address(page), {"action": "publish"})
    assert response["Location"] == edit_address(page)
    assert "Published “Ett mentorprogram för nyanlända” in Swedish" in said(response)
    page = edition(original)
    assert page.live
    assert page.slug == "ett-mentorprogram-for-nyanlanda"
    assert page.live_revision.user == coordinator.user
    shown = reader.get("/sv/blueprints/ett-mentorprogram-for-nyanlanda/")
    assert shown.status_code == 200
    assert "SV The challenge." in shown.content.decode()
    assert original.__class__.objects.get(pk=original.pk).title == "A mentoring programme"


def edit_parent(page):
    return reverse("wagtailadmin_explore", args=[page.get_parent().pk])


def test_a_missing_edition_is_not_shown(site):
    original = make_blueprint()
    page = started(original)
    reader = Client()
    assert reader.get(f"/sv/blueprints/{page.slug}/").status_code == 404
    assert "mentoring" not in reader.get("/sv/blueprints/").content.decode()
    assert f'href="/sv/blueprints/{page.slug}/"' not in reader.get("/en/blueprints/mentoring/").content.decode()


def test_an_error_is_shown_beside_its_string_and_nothing_is_published(site, as_user):
    page = started(make_blueprint())
    fill(page)
    title = StringTranslation.objects.get(context__path="title", locale=page.locale)
    title.data = "å" * 300
    title.save()
    approve(page)
    response = as_user("coordinator", "sv").post(edit_address(page), {"action": "publish"})
    assert "255" in said(response)
    title.refresh_from_db()
    assert title.has_error
    assert "255" in title.field_error
    assert not Page.objects.get(pk=page.pk).live


def test_an_empty_translation_is_a_missing_one(site, as_user):
    page = started(make_blueprint())
    fill(page)
    StringTranslation.objects.filter(context__path="summary").update(data="")
    assert "1 text of" in said(as_user("coordinator", "sv").post(edit_address(page), {"action": "publish"}))


def test_a_title_in_another_script_gets_an_address_in_latin_letters(site, as_user):
    original = make_blueprint()
    page = started(original, "uk")
    fill(page)
    rewrite(page, "title", "Наставництво для мігрантів")
    as_user("coordinator", "uk").post(edit_address(page), {"action": "publish"})
    page = edition(original, "uk")
    assert page.live
    assert page.slug.isascii()
    assert page.slug.startswith("nastavnitstvo")
    assert Client().get(f"/uk/blueprints/{page.slug}/").status_code == 200


def test_an_address_stays_when_the_title_changes_later(site, as_user):
    original = make_blueprint()
    page = started(original)
    fill(page)
    coordinator = as_user("coordinator", "sv")
    coordinator.post(edit_address(page), {"action": "publish"})
    slug = edition(original).slug
    rewrite(page, "title", "Ny rubrik")
    coordinator.post(edit_address(page), {"action": "publish"})
    assert edition(original).title == "Ny rubrik"
    assert edition(original).slug == slug


class TestToolkit:
    def test_is_started_with_its_whole_subtree_from_any_of_its_pages(self, site, as_user):
        toolkit = make_toolkit()
        unit = Page.objects.get(slug="unit-one", locale=locale("en"))
        as_user("translator", "sv").post(reverse("translations:start", args=[unit.pk, "sv"]))
        swedish = edition(toolkit)
        assert [page.draft_title for page in swedish.get_descendants()] == ["Module one", "Unit one"]
        assert not swedish.get_descendants(inclusive=True).live().exists()
        assert not Page.objects.filter(alias_of__isnull=False).exists()

    def test_is_published_as_a_whole(self, site, as_user):
        toolkit = make_toolkit()
        swedish = started(toolkit)
        coordinator = as_user("coordinator", "sv")
        fill_work(toolkit)
        unit = Page.objects.get(slug="unit-one", locale=locale("sv")).specific
        StringTranslation.objects.filter(context__object_id=unit.translation_key, context__path="title").delete()
        before = dump()
        address = reverse("translations:publish", args=[toolkit.pk, "sv"])
        assert coordinator.get(address).status_code == 200
        response = coordinator.post(address)
        assert response.status_code == 409
        assert "Unit one" in response.content.decode()
        assert dump() == before
        for page in (swedish, unit):
            assert "1 text of" in said(coordinator.post(edit_address(page), {"action": "publish"}))
            assert dump() == before
        fill(unit)
        assert coordinator.post(address).status_code == 302
        assert edition(toolkit).get_descendants(inclusive=True).live().count() == 3
        assert "SV Unit one" in Client().get(edition(toolkit).get_url()).content.decode()

    def test_publishing_from_the_editor_takes_the_parts_along_the_first_time(self, site, as_user):
        toolkit = make_toolkit()
        swedish = started(toolkit)
        fill_work(toolkit)
        assert "3 pages" in said(as_user("coordinator", "sv").post(edit_address(swedish), {"action": "publish"}))
        assert edition(toolkit).get_descendants(inclusive=True).live().count() == 3

    def test_nothing_is_published_when_one_part_fails(self, site, as_user):
        toolkit = make_toolkit()
        started(toolkit)
        fill_work(toolkit)
        unit = Page.objects.get(slug="unit-one", locale=locale("sv"))
        rewrite(unit, "title", "x" * 300)
        response = as_user("coordinator", "sv").post(reverse("translations:publish", args=[toolkit.pk, "sv"]))
        assert response.status_code == 409
        assert not edition(toolkit).get_descendants(inclusive=True).live().exists()

    def test_a_new_part_arrives_with_an_update(self, site, as_user):
        toolkit = make_toolkit()
        started(toolkit)
        fill_work(toolkit)
        coordinator = as_user("coordinator", "sv")
        coordinator.post(reverse("translations:publish", args=[toolkit.pk, "sv"]))
        module = toolkit.get_first_child()
        publish(module, make_unit("Unit two", "unit-two"))
        assert "Behind the source" in coordinator.get(reverse("translations:overview")).content.decode()
        response = coordinator.post(reverse("translations:publish", args=[toolkit.pk, "sv"]))
        assert "Unit two" in response.content.decode()
        assert coordinator.post(reverse("translations:update", args=[toolkit.pk, "sv"])).status_code == 302
        assert edition(toolkit).get_descendants().count() == 3
        assert edition(toolkit).get_descendants().live().count() == 2


class TestUpdate:
    def test_changes_nothing_that_readers_see(self, site, as_user):
        original = make_blueprint()
        page = started(original)
        fill(page)
        coordinator = as_user("coordinator", "sv")
        coordinator.post(edit_address(page), {"action": "publish"})
        seen = Client().get(edition(original).get_url()).content
        original.summary = "It has become something else."
        original.save_revision().publish()
        assert "Behind the source" in coordinator.get(reverse("translations:overview")).content.decode()
        assert coordinator.get(reverse("translations:update", args=[original.pk, "sv"])).status_code == 200
        coordinator.post(reverse("translations:update", args=[original.pk, "sv"]))
        assert Client().get(edition(original).get_url()).content == seen
        assert edition(original).title == "SV A mentoring programme"
        assert "In progress" in coordinator.get(reverse("translations:overview")).content.decode()
        assert "1 text of" in said(coordinator.post(edit_address(page), {"action": "publish"}))
        fill(page)
        coordinator.post(edit_address(page), {"action": "publish"})
        assert edition(original).summary == "SV It has become something else."

    @pytest.mark.parametrize(("role", "language"), [("translator", "sv"), ("coordinator", "de"), ("editor", "sv")])
    def test_is_for_coordinators_of_the_language(self, role, language, site, as_user):
        original = make_blueprint()
        started(original)
        before = dump()
        for name in ("update", "publish"):
            address = reverse(f"translations:{name}", args=[original.pk, "sv"])
            assert as_user(role, language).get(address).status_code == 403
            assert as_user(role, language).post(address).status_code == 403
        assert dump() == before


def make_half_translated_plan() -> Page:
    page = started(make_plan())
    fill(page, leave=3)
    return page


class TestPoFile:
    @pytest.fixture
    def page(self, site):
        return made_once(make_half_translated_plan)

    @pytest.fixture
    def upload(self, page, as_user):
        def send(content, name="sv.po", client=None):
            files = {} if content is None else {"file": SimpleUploadedFile(name, content)}
            client = client or as_user("translator", "sv")
            return client.post(reverse("wagtail_localize:upload_pofile", args=[translation_of(page).pk]), files)

        return send

    def test_is_taken_over(self, page, upload):
        po = translation_of(page).export_po()
        for entry in po:
            entry.msgstr = entry.msgstr or "Från filen"
        response = upload(str(po).encode())
        assert response["Location"] == edit_address(page)
        assert StringTranslation.objects.filter(data="Från filen").count() >= 3

    def test_fuzzy_and_unknown_entries_are_left_out(self, page, upload):
        import polib

        po = translation_of(page).export_po()
        missing = [entry for entry in po if not entry.msgstr]
        missing[0].msgstr, missing[0].flags = "Oklar", ["fuzzy"]
        missing[1].msgstr = "Klar"
        po.append(polib.POEntry(msgid="Not of this page", msgctxt="body.x", msgstr="Okänd"))
        response = upload(str(po).encode())
        assert "fuzzy" in said(response)
        assert "1 belongs to no text" in said(response)
        assert not StringTranslation.objects.filter(data__in=["Oklar", "Okänd"]).exists()
        assert StringTranslation.objects.filter(data="Klar").exists()

    @pytest.mark.parametrize(
        "content",
        [
            None,
            b"",
            b"   \n",
            b'msgid "Work"\nmsgstr "Arbete"\n',
            b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=klingon\\n"\n\nmsgid "Work"\nmsgstr "x"\n',
            b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=zlib\\n"\n\nmsgid "Work"\nmsgstr "x"\n',
            b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Work"\nmsgstr "\xff\xfe"\n',
            b"\x89PNG\r\n\x1a\n\x00\x00",
            b"/etc/passwd",
            b"msgid",
            b'msgid "a',
            b"x" * (LARGEST_FILE + 1),
        ],
        ids=[
            "no file", "empty", "blank", "no header", "unknown charset", "no text charset", "not utf-8", "picture", "path",
            "half a line", "open quote", "too large",
        ],
    )  # fmt: skip
    def test_what_cannot_be_read_changes_nothing(self, content, page, upload):
        before = dump()
        response = upload(content)
        assert response.status_code == 302
        assert said(response)
        assert dump() == before

    def test_of_another_language_is_refused(self, page, upload, site):
        other = started(make_blueprint())
        before = dump()
        assert "another page or language" in said(upload(str(translation_of(other).export_po()).encode()))
        assert dump() == before

    def test_with_too_long_a_title_is_refused(self, page, upload):
        po = translation_of(page).export_po()
        next(entry for entry in po if entry.msgctxt == "title").msgstr = "x" * 300
        before = dump()
        assert "longer than 255" in said(upload(str(po).encode()))
        assert dump() == before

    def test_of_another_languages_translator_is_denied(self, page, upload, as_user):
        before = dump()
        response = upload(str(translation_of(page).export_po()).encode(), client=as_user("translator", "de"))
        assert response.status_code == 403
        assert dump() == before

    def test_a_token_against_forgery_is_asked_for(self, page):
        from .building import PASSWORD, make_user

        make_user("someone", "translator", "sv")
        client = Client(enforce_csrf_checks=True)
        client.login(username="someone", password=PASSWORD)
        address = reverse("wagtail_localize:upload_pofile", args=[translation_of(page).pk])
        file = SimpleUploadedFile("a.po", str(translation_of(page).export_po()).encode())
        assert client.post(address, {"file": file}).status_code == 403
