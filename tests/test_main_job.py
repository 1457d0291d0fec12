"""The main job, end to end, through the forms that people use."""

import hashlib
import io
import zipfile
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from wagtail.fields import StreamField
from wagtail.models import Collection, Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html, rich_text, streamfield
from wagtail_localize.models import StringSegment, Translation

from accounts.models import Role, Team, User
from content.models import File
from resources.models import ListingPage
from taxonomy.models import Concept, License
from toolkits.models import ModulePage, ToolkitPage

pytestmark = pytest.mark.django_db


def sign_in(name: str, role: Role, language: str) -> Client:
    user = User.objects.create_user(name, f"{name}@example.org", "a long password 1")
    team, _ = Team.objects.get_or_create(role=role, language=language)
    team.members.add(user)
    client = Client()
    client.force_login(user)
    return client


def create_page(client: Client, model: str, parent_id: int, fields: dict) -> None:
    """Fill in the admin's form for a new page as it is served, and press Publish."""
    address = f"/admin/pages/add/{model}/{parent_id}/"
    form = client.get(address)
    assert form.status_code == 200, form.headers
    data = querydict_from_html(form.content.decode(), form_id="page-edit-form").dict()
    page_class = apps.get_model(*model.split("/"))
    streams = [field.name for field in page_class._meta.get_fields() if isinstance(field, StreamField)]
    fields = {**{name: streamfield([]) for name in streams}, **fields}
    data |= nested_form_data(fields) | {"action-publish": "action-publish"}
    response = client.post(address, data)
    if response.status_code != 302:
        errors = response.context["form"].errors, [f.errors for f in response.context["form"].formsets.values()]
        raise AssertionError(errors)


def word_file(text: str) -> bytes:
    document, content = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


def publish_toolkit(editor: Client) -> ToolkitPage:
    response = editor.post(
        "/admin/documents/add/",
        {
            "title": "Conversation cards",
            "language": "en",
            "license": License.objects.get(code="CC-BY-4.0").pk,
            "description": "Twelve cards to print.",
            "file": SimpleUploadedFile("cards.docx", word_file("Who helped you last week?")),
            "collection": Collection.get_first_root_node().pk,
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    file = File.objects.get(title="Conversation cards")
    listing = ListingPage.objects.get(lists="toolkit", locale__language_code="en")
    topic = Concept.objects.get(scheme="topic", code="peer-learning")
    create_page(
        editor,
        "toolkits/toolkitpage",
        listing.pk,
        {
            "title": "Listening circles",
            "slug": "listening-circles",
            "summary": "How colleagues learn from each other by listening.",
            "format": "peer",
            "learning_outcomes": rich_text("<ul><li>lead a listening circle</li></ul>"),
            "body": streamfield([("paragraph", rich_text("<p>Circles need forty minutes and a talking piece.</p>"))]),
            "topics": str(topic.pk),
            "attached_files": inline_formset([{"file": str(file.pk), "ORDER": "1"}]),
            "related_works": inline_formset([]),
            "contributions": inline_formset([{"person": "Amal Haddad", "role": "author", "ORDER": "1"}]),
        },
    )
    toolkit = ToolkitPage.objects.get(slug="listening-circles")
    create_page(
        editor,
        "toolkits/modulepage",
        toolkit.pk,
        {"title": "Preparing a circle", "slug": "preparing", "summary": "What must be ready.", "minutes": "30"},
    )
    module = ModulePage.objects.get(slug="preparing")
    create_page(
        editor,
        "toolkits/unitpage",
        module.pk,
        {
            "title": "The talking piece",
            "slug": "talking-piece",
            "type": "lesson",
            "minutes": "20",
            "summary": "",
            "body": streamfield([("paragraph", rich_text("<p>A pebble from the river is enough.</p>"))]),
            "questions": streamfield(
                [
                    (
                        "question",
                        {
                            "question": "Who may speak?",
                            "options": streamfield_list(
                                [{"text": "Who holds it", "is_right": "on"}, {"text": "Everybody"}]
                            ),
                            "feedback": "The piece gives the floor.",
                        },
                    )
                ]
            ),
        },
    )
    return toolkit


def streamfield_list(items: list[dict]) -> dict:
    """Form data of a ListBlock."""
    data = {str(i): {"value": item, "order": str(i), "deleted": ""} for i, item in enumerate(items)}
    return {**data, "count": str(len(items))}


def test_editor_publishes_translator_translates_reader_finds_and_downloads(site_tree, client):
    editor = sign_in("edit", Role.EDITOR, "en")
    toolkit = publish_toolkit(editor)

    found = client.get("/en/search/", {"q": "listen colleague", "format": "json"}).json()
    assert [result["title"] for result in found["results"]] == ["Listening circles"]
    assert found["results"][0]["url"] == "/en/toolkits/listening-circles/"
    assert "<mark>" in found["results"][0]["highlight"]
    # The words of a unit lead to its toolkit, and so do those of its attached file.
    for words in ("pebble", "last week"):
        assert client.get("/en/search/", {"q": words, "format": "json"}).json()["total"] == 1, words

    page = client.get("/en/toolkits/listening-circles/").content.decode()
    assert "Amal Haddad" in page
    assert "The talking piece" in page
    unit = client.get("/en/toolkits/listening-circles/preparing/talking-piece/")
    assert "pebble from the river" in unit.content.decode()

    archive = read_archive(client, toolkit, "en")
    assert "A pebble from the river is enough." in archive["index.html"].decode()
    assert archive["files/cards.docx"] == File.objects.get().file.open().read()
    assert "CC BY 4.0" in archive["LICENSE.txt"].decode()
    assert "Amal Haddad" in archive["ATTRIBUTION.txt"].decode()
    assert not client.cookies

    translator = sign_in("translate", Role.TRANSLATOR, "sv")
    coordinator = sign_in("coordinate", Role.COORDINATOR, "sv")
    assert client.get("/sv/search/", {"q": "lyssna", "format": "json"}).json()["total"] == 0
    translate_into_swedish(translator, toolkit)
    # Nothing is shown before somebody who may publish does so.
    assert client.get("/sv/search/", {"q": "lyssna", "format": "json"}).json()["total"] == 0
    assert translator.post(reverse("translations:publish", args=[toolkit.pk, "sv"])).status_code == 403
    for translation in Translation.objects.filter(target_locale__language_code="sv", enabled=True):
        assert coordinator.post(reverse("translations:texts", args=[translation.pk])).status_code == 302
    response = coordinator.post(reverse("translations:publish", args=[toolkit.pk, "sv"]), follow=True)
    assert response.status_code == 200, [str(message) for message in response.context["messages"]]

    found = client.get("/sv/search/", {"q": "lyssna", "format": "json"}).json()
    assert [(hit["title"], hit["language"]) for hit in found["results"]] == [("Att lyssna i ring", "sv")]
    page = client.get(found["results"][0]["url"]).content.decode()
    assert '<html lang="sv"' in page
    assert 'hreflang="en" href="http://127.0.0.1:8000/en/toolkits/listening-circles/"' in page
    archive = read_archive(client, toolkit, "sv")
    assert "En sten från ån räcker." in archive["index.html"].decode()
    assert archive["files/cards.docx"] == File.objects.get().file.open().read()
    assert client.get("/en/toolkits/listening-circles/").content.decode().count("Att lyssna i ring") == 0
    assert not client.cookies


SWEDISH = {
    "Listening circles": "Att lyssna i ring",
    "How colleagues learn from each other by listening.": "Hur kollegor lär av varandra genom att lyssna.",
    "lead a listening circle": "leda en samtalsring",
    "Circles need forty minutes and a talking piece.": "En ring tar fyrtio minuter och behöver ett talföremål.",
    "Preparing a circle": "Förbereda en ring",
    "What must be ready.": "Vad som ska vara klart.",
    "The talking piece": "Talföremålet",
    "A pebble from the river is enough.": "En sten från ån räcker.",
    "Who may speak?": "Vem får tala?",
    "Who holds it": "Den som håller i det",
    "Everybody": "Alla",
    "The piece gives the floor.": "Föremålet ger ordet.",
}


def translate_into_swedish(translator: Client, toolkit: ToolkitPage) -> None:
    """Press "Translate into Swedish", then save one string after the other, as the editor does."""
    assert translator.post(reverse("translations:start", args=[toolkit.pk, "sv"])).status_code == 302
    swedish = Page.objects.filter(locale__language_code="sv", path__startswith=toolkit.get_translation(sv()).path)
    assert swedish.count() == 3
    for page in swedish:
        assert translator.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
        translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=sv())
        for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
            if segment.string.data in SWEDISH:
                response = translator.put(
                    reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
                    urlencode({"value": SWEDISH[segment.string.data]}),
                    content_type="application/x-www-form-urlencoded",
                )
                assert response.status_code in (200, 201), response.content


def sv() -> Locale:
    return Locale.objects.get(language_code="sv")


def read_archive(client: Client, toolkit: ToolkitPage, language: str) -> dict[str, bytes]:
    """Members by name, without the folder; the checksums in it are verified."""
    response = client.get(f"/{language}/download/{toolkit.translation_key}/")
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        members = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    for line in members["SHA256SUMS.txt"].decode().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(members[name]).hexdigest() == digest, name
    return members
