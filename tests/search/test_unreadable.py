"""Files whose text is not known: the editors' report, and reading them again."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission

from accounts.models import Role
from accounts.roles import group_name
from content.models import File
from resources.models import AttachedFile
from search import rereading
from search.extraction import EXTRACTOR_VERSION, Extraction, Outcome
from search.indexing import extract_file
from search.models import FileText, SearchText
from search.rereading import to_read_again
from search.unreadable import REASONS

from ..admin.conftest import editor, signed_in  # noqa: F401
from ..catalog.conftest import add_blueprint, add_file, name_database_of_atomic_blocks, site  # noqa: F401
from .attachments import SAMPLES, archive, paragraph, word

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/reports/unreadable-files/"
PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def attachment(name: str, content: bytes, **fields) -> File:
    title = fields.pop("title", name)
    return File.objects.create(title=title, file=ContentFile(content, name), **fields)


def offered(*files: File, name="one", **fields):
    return add_blueprint(name, attached_files=[AttachedFile(file=file) for file in files], **fields)


def unread(title="Handout", outcome=Outcome.BROKEN, **fields) -> File:
    """A file that was tried, without trying it."""
    file = add_file(f"name-{File.objects.count()}", **fields)
    file.title = title
    file.save()
    FileText.objects.create(
        file=file, sha256=file.sha256, extractor_version=EXTRACTOR_VERSION, read_at=timezone.now(), outcome=outcome
    )
    return file


def shown(client: Client, address=ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def files_of_report(html: str) -> list[str]:
    return re.findall(r'href="/admin/documents/edit/(\d+)/"', html)


# The report


def test_file_that_cannot_be_read_is_reported_with_its_page_and_the_others_are_found(editor):  # noqa: F811
    protected, readable = attachment("locked.docx", PROTECTED), attachment("open.docx", word(paragraph("Findable")))

    page = offered(protected, readable, title="Our <b>blueprint</b>")

    html = shown(editor)
    assert files_of_report(html) == [str(protected.pk)]
    assert "Our &lt;b&gt;blueprint&lt;/b&gt;" in html
    assert page.get_url() in html
    assert str(REASONS[Outcome.ENCRYPTED].cause) in html
    assert str(REASONS[Outcome.ENCRYPTED].advice) in html
    assert "Findable" in SearchText.objects.get(entry__page_id=page.pk).files


def test_file_leaves_the_report_when_it_is_replaced_and_is_found_then(editor):  # noqa: F811
    file = attachment("locked.docx", PROTECTED)
    page = offered(file)
    assert files_of_report(shown(editor)) == [str(file.pk)]

    file.file = ContentFile(word(paragraph("Findable")), "open.docx")
    file.save()

    assert files_of_report(shown(editor)) == []
    assert "Findable" in SearchText.objects.get(entry__page_id=page.pk).files


def test_replaced_file_leaves_the_report_before_it_is_read(editor):  # noqa: F811
    file = unread()
    File.objects.filter(pk=file.pk).update(sha256="0" * 64)

    assert files_of_report(shown(editor)) == []


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_but_text_and_media_has_a_reason(editor, outcome):  # noqa: F811
    file = unread(outcome=outcome)

    listed = files_of_report(shown(editor)) == [str(file.pk)]

    assert listed == (outcome not in {Outcome.OK, Outcome.MEDIA})


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("bomb.docx", word(paragraph(" " * 5 * 1024**2)), Outcome.TOO_LARGE),
        ("broken.epub", archive({"mimetype": "application/epub+zip"}), Outcome.BROKEN),
        ("letter.rtf", b"{\\rtf1 Words}", Outcome.UNSUPPORTED),
        ("scan.pdf", SAMPLES["pdf"].replace(b"(Some text to read) Tj", b"%" + b" " * 21), Outcome.EMPTY),
    ],
)
def test_hostile_and_useless_files_are_reported_beside_others(editor, name, content, outcome):  # noqa: F811
    file, good = attachment(name, content), attachment("good.txt", b"Findable")

    page = offered(file, good)

    assert FileText.objects.get(file=file).outcome == outcome
    assert files_of_report(shown(editor)) == [str(file.pk)]
    assert "Findable" in SearchText.objects.get(entry__page_id=page.pk).files


@pytest.mark.parametrize("role", [None, *Role])
def test_report_is_for_those_who_write(site, role):  # noqa: F811
    unread("Title of the file")
    client = signed_in(role or Role.TRANSLATOR, "")
    if role is None:
        client.user.teams.clear()
    may = role in {Role.EDITOR, Role.COORDINATOR}

    for address in (ADDRESS, f"{ADDRESS}results/", f"{ADDRESS}?export=csv", f"{ADDRESS}?export=xlsx"):
        response = client.get(address)
        assert (response.status_code == 200) == may, address
        assert may or b"Title of the file" not in getattr(response, "content", b"")
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (ADDRESS in menu) == may


def test_files_of_collections_that_one_may_not_choose_from_are_not_named(editor):  # noqa: F811
    root = Collection.get_first_root_node()
    mine, theirs = root.add_child(name="Mine"), root.add_child(name="Theirs")
    unread("Seen", collection=mine)
    unread("Secret name", collection=theirs)
    GroupCollectionPermission.objects.filter(collection=root).delete()
    choose = Permission.objects.get(codename="choose_document")
    group = Group.objects.get(name=group_name(Role.EDITOR))
    GroupCollectionPermission.objects.create(group=group, collection=mine, permission=choose)

    html = shown(editor)
    table = b"".join(editor.get(f"{ADDRESS}?export=csv").streaming_content).decode()

    assert "Seen" in html
    assert "Seen" in table
    assert "Secret name" not in html + table
    # Choosing is not changing.
    assert files_of_report(html) == []


def test_report_asks_as_much_for_many_files_as_for_few(editor):  # noqa: F811
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(editor)
        return len(captured)

    offered(unread("a"), name="first")
    shown(editor)
    few = queries()
    for number in range(12):
        offered(unread(f"b{number}"), unread(f"c{number}"), name=f"page-{number}")

    assert queries() <= few


def test_report_has_pages_and_bad_numbers_and_filters_do_no_harm(editor):  # noqa: F811
    for number in range(60):
        unread(f"File {number:02}", outcome=Outcome.ENCRYPTED if number % 2 else Outcome.BROKEN)

    assert len(files_of_report(shown(editor))) == 50
    assert len(files_of_report(shown(editor, f"{ADDRESS}?p=2"))) == 10
    assert len(files_of_report(shown(editor, f"{ADDRESS}?outcome=encrypted"))) == 30
    for bad in ("p=x", "p=-1", "p=9999", "outcome=none", "ordering=text", "export=pdf"):
        assert files_of_report(shown(editor, f"{ADDRESS}?{bad}"))


HOSTILE = '=HYPERLINK("http://x.example")'


@pytest.mark.parametrize("title", [HOSTILE, " +1", "-1", "@x", "\t=1"])
def test_tables_hold_no_formulas(editor, title):  # noqa: F811
    offered(unread(title), title=HOSTILE)

    table = b"".join(editor.get(f"{ADDRESS}?export=csv").streaming_content)
    response = editor.get(f"{ADDRESS}?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active

    assert table.startswith(b"\xef\xbb\xbf")
    rows = table.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("File,")
    assert not re.search(r'(?:^|,)"?\s*[=+@-]', "\n".join(rows[1:]))
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet["A2"].value == title
    assert "blueprints/one/" in sheet["E2"].value


def test_tables_take_characters_that_spreadsheets_do_not_know(editor):  # noqa: F811
    file = unread()
    File.objects.filter(pk=file.pk).update(title="bell\x07")

    response = editor.get(f"{ADDRESS}?export=xlsx")

    assert openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active["A2"].value == "bell"


def test_page_that_is_not_public_is_not_named_as_offering_a_file(editor):  # noqa: F811
    file = attachment("locked.docx", PROTECTED)
    page = offered(file, title="Was public")
    page.unpublish()

    html = shown(editor)

    assert files_of_report(html) == [str(file.pk)]
    assert "Was public" not in html
    assert "No published page" in html


# Reading again


def test_files_that_an_older_version_read_are_read_again_and_indexed(site):  # noqa: F811
    page = offered(attachment("slides.pptx", SAMPLES["pptx"]))
    FileText.objects.update(outcome=Outcome.UNSUPPORTED, text="", extractor_version=1, read_at=None)
    SearchText.objects.update(files="")

    call_command("read_files_again")

    found = FileText.objects.get()
    assert (found.outcome, found.text, found.extractor_version) == ("ok", "Some text to read", EXTRACTOR_VERSION)
    assert "Some text to read" in SearchText.objects.get(entry__page_id=page.pk).files
    assert not to_read_again().exists()


def test_reading_again_goes_on_where_it_was_interrupted(site, monkeypatch):  # noqa: F811
    offered(*[attachment(f"{number}.txt", b"words %d" % number) for number in range(3)])
    FileText.objects.update(extractor_version=1)
    asked = []

    def interrupted(path, extension):
        asked.append(path)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return Extraction(Outcome.OK, "again")

    monkeypatch.setattr("search.indexing.extract_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        call_command("read_files_again")
    assert to_read_again().count() == 2

    call_command("read_files_again")

    assert len(asked) == 4
    assert list(FileText.objects.values_list("text", flat=True)) == ["again"] * 3


def test_worker_reads_again_in_batches_until_nothing_is_left(site, monkeypatch):  # noqa: F811
    monkeypatch.setattr(rereading, "BATCH", 2)
    monkeypatch.setattr("search.indexing.extract_text", lambda path, extension: Extraction(Outcome.OK, "again"))
    for number in range(5):
        FileText.objects.create(file=add_file(f"file-{number}"), sha256="old", outcome="ok")

    call_command("read_files_again", later=True)

    assert not to_read_again().exists()
    assert list(FileText.objects.values_list("text", flat=True)) == ["again"] * 5


def test_file_that_was_never_read_is_read_by_the_command(site):  # noqa: F811
    page = offered(attachment("a.txt", b"Findable"))
    FileText.objects.all().delete()
    SearchText.objects.update(files="")

    call_command("read_files_again")

    assert "Findable" in SearchText.objects.get(entry__page_id=page.pk).files


def test_file_that_could_not_be_opened_is_tried_again_after_a_day(site):  # noqa: F811
    file = attachment("a.txt", b"words")
    stored = file.file.path
    offered(file)
    with open(stored, "rb") as content:
        kept = content.read()
    file.file.storage.delete(file.file.name)
    FileText.objects.update(extractor_version=1)

    call_command("read_files_again")

    found = FileText.objects.get()
    assert (found.outcome, found.text) == (Outcome.UNAVAILABLE, "words")
    assert not to_read_again().exists()
    file.file.storage.save(file.file.name, ContentFile(kept))
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert to_read_again().exists()
        call_command("read_files_again")
    assert FileText.objects.get().outcome == Outcome.OK


def test_storage_that_raises_is_an_outcome_and_not_an_error(site, monkeypatch):  # noqa: F811
    file = add_file()

    def fails(self):
        raise RuntimeError("no connection to a secret address")

    monkeypatch.setattr(File, "open_local", fails)
    extract_file.call(file.pk)

    found = FileText.objects.get()
    assert (found.outcome, found.detail) == (Outcome.UNAVAILABLE, "RuntimeError")


def test_text_goes_with_its_file(site):  # noqa: F811
    file = attachment("a.txt", b"words")
    extract_file.call(file.pk)

    file.delete()
    extract_file.call(file.pk)

    assert not FileText.objects.exists()


def test_text_does_not_count_as_a_use_of_its_file(site):  # noqa: F811
    file = attachment("a.txt", b"words")
    offered(file)

    assert {type(used).__name__ for used, _ in file.get_usage()} == {"Page"}
