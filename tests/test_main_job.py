"""The main job, end to end, through the forms that people use."""

import hashlib
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from wagtail.models import Collection
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html, rich_text, streamfield

from accounts.models import Role, Team, User
from content.models import File
from resources.models import ListingPage
from taxonomy.models import Concept
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
            "license": File._meta.get_field("license").get_default(),
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
