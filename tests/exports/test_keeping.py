"""Downloads that are made once and kept: who makes them, what waits, what goes away."""

import io
import zipfile
from datetime import timedelta

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from catalog.models import CatalogEntry, DownloadCount
from catalog.signals import entry_changed
from exports import keeping
from exports.exporter import CannotExport
from exports.models import KeptDownload
from exports.pdf import PdfExporter

from .conftest import body, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def worker(monkeypatch):
    """Tasks wait until they are worked off by hand, as in a site with a busy worker."""
    waiting = []
    monkeypatch.setattr(keeping, "make", Queue(waiting, keeping.make.func))
    return waiting


class Queue:
    def __init__(self, waiting, function):
        self.waiting, self.function = waiting, function

    def enqueue(self, *arguments):
        self.waiting.append(arguments)

    def work_off(self):
        while self.waiting:
            self.function(*self.waiting.pop(0))


def address(entry) -> str:
    return f"/{entry.language}/download/{entry.work}.pdf"


def stored() -> set[str]:
    if not default_storage.exists("exports/pdf"):
        return set()
    return {f"exports/pdf/{name}" for name in default_storage.listdir("exports/pdf")[1]}


def test_first_request_waits_on_a_page_that_reloads_itself(add_entry, client, site_tree, worker):
    entry = add_entry("عنوان", language="ar")
    response = client.get(address(entry))
    page = response.content.decode()
    assert response.status_code == 202
    assert response["Retry-After"] == "4"
    assert response["Cache-Control"] == "no-store"
    assert '<meta http-equiv="refresh" content="4">' in page
    assert 'lang="ar" dir="rtl"' in page
    assert "noindex" in page


def test_fifty_requests_start_one_rendering(add_entry, client, site_tree, worker):
    entry = add_entry()
    assert {client.get(address(entry)).status_code for _ in range(50)} == {202}
    assert len(worker) == 1
    keeping.make.work_off()
    response = client.get(address(entry))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert body(response).startswith(b"%PDF")
    client.get(address(entry))
    assert worker == []


def test_pdf_is_named_after_the_work_and_counted(add_entry, client):
    entry = add_entry("Gör så här!", language="sv")
    response = client.get(address(entry))
    assert "filename*=UTF-8''G%C3%B6r-s%C3%A5-h%C3%A4r-sv.pdf" in response["Content-Disposition"]
    assert response["X-Robots-Tag"] == "noindex"
    client.head(address(entry))
    count = DownloadCount.objects.get(item=f"work/{entry.work}")
    assert (count.format, count.language, count.count) == ("pdf", "sv", 1)


def test_pdf_is_served_in_ranges_and_not_again_when_unchanged(add_entry, client):
    entry = add_entry()
    etag = client.get(address(entry))["ETag"]
    assert client.get(address(entry), headers={"if-none-match": etag}).status_code == 304
    part = client.get(address(entry), headers={"range": "bytes=0-3"})
    assert part.status_code == 206
    assert body(part) == b"%PDF"


def test_changed_edition_gets_a_new_file_and_the_old_one_goes(add_entry, client):
    entry = add_entry()
    client.get(address(entry))
    before = stored()
    entry.digest = "another"
    entry.save()
    entry_changed.send(sender=CatalogEntry, entry=entry)
    assert not KeptDownload.objects.exists()
    assert before
    assert stored() == set()
    assert client.get(address(entry)).status_code == 200
    assert len(stored()) == 1


def test_file_of_an_old_look_is_replaced(add_entry, client, monkeypatch):
    entry = add_entry()
    client.get(address(entry))
    before = stored()
    monkeypatch.setattr("exports.pdf.LOOK", "2")
    assert client.get(address(entry)).status_code == 200
    assert len(stored()) == len(before)
    assert stored() != before


def test_withdrawn_edition_is_gone_with_its_file(add_entry, client, site_tree):
    entry, other = add_entry("Withdrawn"), None
    other = add_entry("Kvar", language="sv", work=entry.work)
    client.get(address(entry))
    assert stored()
    withdraw(entry)
    assert stored() == set()
    for path in (
        address(entry),
        f"/en/download/{entry.work}/",
        f"/en/cite/{entry.work}.bib",
        f"/en/amb/{entry.work}.json",
    ):
        response = client.get(path)
        assert response.status_code == 410, path
        assert "Withdrawn" not in response.content.decode()
    assert client.get(address(other)).status_code == 200


def test_edition_withdrawn_while_its_file_is_made_leaves_nothing(add_entry, client, site_tree, worker, monkeypatch):
    entry = add_entry()
    client.get(address(entry))
    plain = PdfExporter.stream

    def slow(self, entry):
        content = plain(self, entry)
        withdraw(entry)
        return content

    monkeypatch.setattr(PdfExporter, "stream", slow)
    keeping.make.work_off()
    assert stored() == set()
    assert not KeptDownload.objects.exists()


def test_task_for_a_version_that_is_over_makes_nothing(add_entry, client, site_tree, worker):
    entry = add_entry()
    client.get(address(entry))
    CatalogEntry.objects.filter(pk=entry.pk).update(digest="newer")
    keeping.make.work_off()
    assert stored() == set()
    client.get(address(entry))
    assert len(worker) == 1


def test_failure_is_said_and_not_tried_again_at_once(add_entry, client, site_tree, worker, monkeypatch, caplog):
    entry, tries = add_entry(), []

    def failing(self, entry):
        tries.append(entry)
        raise RuntimeError("boom")

    monkeypatch.setattr(PdfExporter, "stream", failing)
    client.get(address(entry))
    keeping.make.work_off()
    for _ in range(3):
        response = client.get(address(entry))
        assert response.status_code == 503
        assert 'role="alert"' in response.content.decode()
        assert f"/en/download/{entry.work}/" in response.content.decode()
    keeping.make.work_off()
    assert len(tries) == 1
    KeptDownload.objects.update(requested_at=timezone.now() - timedelta(hours=1))
    client.get(address(entry))
    assert len(worker) == 1


def test_refusal_of_the_exporter_is_kept_as_the_reason(add_entry, client, site_tree, worker, monkeypatch):
    def refusing(self, entry):
        raise CannotExport("The text is too long.")

    monkeypatch.setattr(PdfExporter, "stream", refusing)
    client.get(address(add_entry()))
    keeping.make.work_off()
    assert KeptDownload.objects.get().error == "The text is too long."


def test_dead_worker_is_replaced_after_a_while(add_entry, client, site_tree, worker):
    entry = add_entry()
    client.get(address(entry))
    worker.clear()
    client.get(address(entry))
    assert worker == []
    KeptDownload.objects.update(requested_at=timezone.now() - keeping.PATIENCE - timedelta(seconds=1))
    client.get(address(entry))
    assert len(worker) == 1


def test_file_that_the_storage_lost_is_made_again(add_entry, client, site_tree):
    entry = add_entry()
    client.get(address(entry))
    default_storage.delete(KeptDownload.objects.get().file.name)
    assert client.get(address(entry)).status_code == 202
    assert client.get(address(entry)).status_code == 200


def test_zip_has_the_pdf_once_somebody_asked_for_it_and_the_citations(add_entry, client):
    entry = add_entry("Work")

    def names():
        with zipfile.ZipFile(io.BytesIO(body(client.get(f"/en/download/{entry.work}/")))) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}

    assert "Work/Work-en.pdf" not in names()
    client.get(address(entry))
    members = names()
    assert len(pypdfium2.PdfDocument(members["Work/Work-en.pdf"])) == 1
    assert {f"Work/citation/citation.{extension}" for extension in ("bib", "ris", "json")} <= set(members)
    assert b"Work-en.pdf" in members["Work/SHA256SUMS.txt"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/download/not-a-uuid.pdf", 404),
        ("/en/download/00000000-0000-0000-0000-000000000000.pdf", 404),
        ("/en/download/{work}.exe", 404),
        ("/en/download/{work}.", 404),
        ("/en/download/{work}.pdf%00", 400),
        ("/sv/download/{work}.pdf", 404),
        ("/en/cite/{work}.exe", 404),
        ("/en/cite/nothing.bib", 404),
        ("/en/amb/{work}.xml", 404),
    ],
)
def test_odd_addresses_are_refused(add_entry, client, site_tree, path, status):
    entry = add_entry()
    assert client.get(path.format(work=entry.work), follow=True).status_code == status
    assert client.post(f"/en/download/{entry.work}.pdf").status_code == 405


def test_news_is_no_resource(add_entry, client, site_tree):
    entry = add_entry(kind="news")
    for part in ("download/{}.pdf", "cite/{}.bib", "amb/{}.json"):
        assert client.get(f"/en/{part.format(entry.work)}").status_code == 404
