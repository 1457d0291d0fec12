"""Every address of wagtail-localize, for every role, in their own language and in another one."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, Translation

from translations.rights import LOCALIZE_RULES, Refused, check_localize

from ..rows import made_once
from .building import make_blueprint
from .dumping import dump
from .translating import fill, segments_of, started, translation_of

pytestmark = pytest.mark.django_db

NAMES = {
    "javascript_catalog",
    "submit_page_translation",
    "submit_snippet_translation",
    "update_translations",
    "edit_string_translation",
    "edit_override",
    "download_pofile",
    "upload_pofile",
    "machine_translate",
    "preview_translation",
    "stop_translation",
    "convert_to_alias",
    "translations_report",
    "snippets_api_listing",
    "snippets_api_detail",
    "translations_report_results",
}
ROLES = {
    "anonymous": None,
    "nobody": (None, ""),
    "editor": ("editor", "sv"),
    "reviewer": ("reviewer", "sv"),
    "translator": ("translator", "sv"),
    "coordinator": ("coordinator", "sv"),
    "superuser": (None, ""),
}
METHODS = ("get", "post", "put", "delete")
WRITERS = {"reviewer", "translator", "coordinator", "superuser"}
COORDINATORS = {"coordinator", "superuser"}
# Who is not refused, where the language is theirs. Nobody who is missing here gets anything but a refusal.
OPEN_TO = {
    "javascript_catalog": {"editor", *WRITERS},
    "edit_string_translation": WRITERS,
    "edit_override": WRITERS,
    "download_pofile": WRITERS,
    "upload_pofile": WRITERS,
    "machine_translate": WRITERS,
    "preview_translation": WRITERS,
    "stop_translation": COORDINATORS,
    "convert_to_alias": set(),
    "submit_page_translation": set(),
    "submit_snippet_translation": set(),
    "update_translations": set(),
    "translations_report": COORDINATORS,
    "translations_report_results": COORDINATORS,
    "snippets_api_listing": COORDINATORS,
    "snippets_api_detail": COORDINATORS,
}
WITHOUT_LANGUAGE = {
    "javascript_catalog", "translations_report", "translations_report_results", "snippets_api_listing", "snippets_api_detail",
}  # fmt: skip


def names_of_localize():
    _, resolver = get_resolver().namespace_dict["wagtail_localize"]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def addresses(page):
    """Every address with arguments that belong to the edition `page`, and with what a POST would carry."""
    translation = translation_of(page)
    string = segments_of(page).get(context__path="summary")
    override = OverridableSegment.objects.filter(source=translation.source).first()
    t = {"translation_id": translation.pk}
    snippet = {"app_label": "network", "model_name": "organization"}
    return [
        ("javascript_catalog", {}),
        ("submit_page_translation", {"page_id": page.pk}),
        ("submit_page_translation", {"page_id": translation.source.get_source_instance().pk}),
        ("submit_snippet_translation", {**snippet, "pk": 1}),
        ("update_translations", {"translation_source_id": translation.source_id}),
        ("edit_string_translation", {**t, "string_segment_id": string.pk}),
        ("edit_override", {**t, "overridable_segment_id": override.pk}),
        ("download_pofile", t),
        ("upload_pofile", t),
        ("machine_translate", t),
        ("preview_translation", t),
        ("preview_translation", {**t, "mode": "none"}),
        ("stop_translation", t),
        ("convert_to_alias", {"page_id": page.pk}),
        ("translations_report", {}),
        ("translations_report_results", {}),
        ("snippets_api_listing", snippet),
        ("snippets_api_detail", {**snippet, "pk": 1}),
    ]


def body_of(name, method, page):
    if method not in ("post", "put"):
        return {}
    if name == "upload_pofile":
        po = str(translation_of(page).export_po()).replace('msgstr ""\n\n', 'msgstr "Uppladdad"\n\n')
        from django.core.files.uploadedfile import SimpleUploadedFile

        return {"data": {"file": SimpleUploadedFile("a.po", po.encode())}}
    data = {
        "value": "Ändrad",
        "locales": [page.locale_id],
        "publish_translations": "on",
        "include_subtree": "on",
    }
    if method == "put":
        from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

        return {"data": encode_multipart(BOUNDARY, data), "content_type": MULTIPART_CONTENT}
    return {"data": data}


@pytest.fixture
def editions(site):
    return made_once(make_editions)


def make_editions() -> tuple[Page, Page]:
    """A published blueprint, half translated into Swedish and German."""
    original = make_blueprint()
    swedish, german = started(original, "sv"), started(original, "de")
    fill(swedish, leave=2)
    fill(german, leave=2)
    return swedish, german


def client_for(role, as_user):
    if role == "anonymous":
        return Client()
    name, language = ROLES[role]
    return as_user(name, language, superuser=role == "superuser")


def test_the_names_are_those_that_the_rules_know(db):
    assert names_of_localize() == NAMES == set(LOCALIZE_RULES) == set(OPEN_TO)


def test_a_name_that_nobody_knows_is_denied_to_superusers_too(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    with pytest.raises(Refused):
        check_localize(request, "something_new", {})


@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_by_role_and_language(role, editions, as_user, record_property):
    client = client_for(role, as_user)
    client.raise_request_exception = False
    before = dump()
    asked = refused = 0
    for page, language in zip(editions, ("own", "other"), strict=True):
        for name, arguments in addresses(page):
            for method in METHODS:
                case = f"{role} {method} {name} {language}"
                body = body_of(name, method, page)
                with transaction.atomic():
                    response = getattr(client, method)(reverse(f"wagtail_localize:{name}", kwargs=arguments), **body)
                    after = dump()
                    transaction.set_rollback(True)
                asked += 1
                allowed = role in OPEN_TO[name] and (
                    language == "own" or name in WITHOUT_LANGUAGE or role == "superuser"
                )
                assert response.status_code < 500, case
                if role == "anonymous":
                    assert response.status_code == 302, case
                    assert "/admin/login/" in response["Location"], case
                elif allowed:
                    assert response.status_code != 403, case
                else:
                    assert response.status_code == 403, case
                    assert response.content, case
                if not allowed:
                    refused += 1
                    assert after == before, case
                elif language == "own" or role != "superuser":
                    assert changes_only(before, after, page), case
    record_property("asked", asked)
    print(f"{role}: {asked} requests, {refused} refused")


def changes_only(before, after, page):
    """Whether all that differs belongs to the edition `page`."""
    pages = {row[0] for row in set(before["Page"]) ^ set(after["Page"])}
    strings = {row[2] for row in set(before["StringTranslation"]) ^ set(after["StringTranslation"])}
    overrides = {row[2] for row in set(before["SegmentOverride"]) ^ set(after["SegmentOverride"])}
    translations = {row[0] for row in set(before["Translation"]) ^ set(after["Translation"])}
    return (
        pages <= {page.pk}
        and strings | overrides <= {page.locale_id}
        and translations <= {translation_of(page).pk}
        and before["TranslationSource"] == after["TranslationSource"]
    )


def test_what_is_allowed_works(editions, as_user):
    swedish, _german = editions
    client = as_user("translator", "sv")
    found = {}
    for name, arguments in addresses(swedish):
        method = {"edit_string_translation": "put", "edit_override": "put", "upload_pofile": "post"}.get(name, "get")
        with transaction.atomic():
            response = getattr(client, method)(
                reverse(f"wagtail_localize:{name}", kwargs=arguments), **body_of(name, method, swedish)
            )
            transaction.set_rollback(True)
        found.setdefault(name, response.status_code)
    assert found["edit_string_translation"] == 200
    assert found["edit_override"] in (200, 201)
    assert found["download_pofile"] == 200
    assert found["preview_translation"] == 200
    assert found["upload_pofile"] == 302
    assert found["javascript_catalog"] == 200


def test_a_refusal_to_a_script_is_json(editions, as_user):
    _swedish, german = editions
    name, arguments = next(row for row in addresses(german) if row[0] == "edit_string_translation")
    response = as_user("translator", "sv").delete(reverse(f"wagtail_localize:{name}", kwargs=arguments))
    assert response.status_code == 403
    assert "German" in response.json()["error"]


def test_a_translation_whose_page_was_deleted_is_gone(editions, as_user):
    swedish, _german = editions
    cases = [row for row in addresses(swedish) if "translation_id" in row[1]]
    swedish.delete()
    client = as_user(superuser=True)
    assert Translation.objects.filter(enabled=False).exists()
    for name, arguments in cases:
        for method in METHODS:
            assert getattr(client, method)(reverse(f"wagtail_localize:{name}", kwargs=arguments)).status_code == 410


def test_a_stopped_translation_takes_no_strings(editions, as_user):
    swedish, _german = editions
    Translation.objects.filter(pk=translation_of(swedish).pk).update(enabled=False)
    name, arguments = next(row for row in addresses(swedish) if row[0] == "edit_string_translation")
    client = as_user("coordinator", "sv")
    response = client.put(reverse(f"wagtail_localize:{name}", kwargs=arguments), **body_of(name, "put", swedish))
    assert response.status_code == 403


def test_a_string_without_text_is_a_bad_request(editions, as_user):
    swedish, _german = editions
    name, arguments = next(row for row in addresses(swedish) if row[0] == "edit_string_translation")
    assert as_user("translator", "sv").put(reverse(f"wagtail_localize:{name}", kwargs=arguments)).status_code == 400
