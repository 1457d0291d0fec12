"""Files and pictures: checked like uploads, stored once, left nowhere when the line does not go in."""

import base64
import io
import os
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from content.models import File, Picture
from imports.models import ImportedEdition

from .conftest import row

pytestmark = pytest.mark.django_db


def picture(color="red", format="PNG", size=(4, 3)):
    content = io.BytesIO()
    Image.new("RGB", size, color).save(content, format)
    return content.getvalue()


def page_of(import_id, language="en"):
    return ImportedEdition.objects.get(import_id=import_id, language=language).page.specific


def stored_names():
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "list.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (tmp_path / "p.png").write_bytes(picture())
    return tmp_path


def test_files_are_attached_in_order_with_what_is_said_of_them(run, write_lines, folder):
    (folder / "notes.txt").write_text("Notes", encoding="utf-8")
    files = [
        {"path": "files/list.csv", "title": "List", "language": "sv", "license": "CC0-1.0", "description": "Numbers"},
        {"path": "notes.txt"},
    ]
    run(write_lines(row(files=files, license="CC-BY-SA-4.0")), publish=True)
    first, second = (attached.file for attached in page_of("one").attached_files.all())
    assert (first.title, first.language, first.license.code, first.description) == ("List", "sv", "CC0-1.0", "Numbers")
    assert (second.title, second.license.code) == ("notes", "CC-BY-SA-4.0")
    assert first.file.read() == b"a;b\n1;2\n"
    assert len(first.sha256) == 64
    assert (first.file_size, len(first.file_hash)) == (8, 40)
    assert "1  unchanged" in run(write_lines(row(files=files, license="CC-BY-SA-4.0")), publish=True)


def test_the_same_content_is_stored_once(run, write_lines, folder):
    report = run(
        write_lines(
            row(files=[{"path": "files/list.csv", "title": "List"}]),
            row(id="two", files=[{"path": "files/list.csv", "title": "Lista"}, {"path": "files/list.csv"}]),
        )
    )
    assert File.objects.count() == 1
    assert page_of("two").attached_files.get().file.title == "List"
    assert "The content of" in report


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("fake.pdf", b"<html></html>", "not a valid file"),
        ("empty.txt", b"", "empty"),
        ("run.exe", b"MZ", "not accepted"),
        ("latin.txt", "ö".encode("latin-1"), "UTF-8"),
    ],
)
def test_what_an_upload_would_not_pass_refuses_the_line(run, write_lines, folder, name, content, reason):
    (folder / name).write_bytes(content)
    before = stored_names()
    report = run(write_lines(row(files=[{"path": "files/list.csv"}, {"path": name}])))
    assert "refused" in report
    assert reason in report
    assert not ImportedEdition.objects.exists()
    assert stored_names() == before


def test_link_out_of_the_folder_is_refused(run, write_lines, folder):
    outside = folder.parent / f"{folder.name}-outside.txt"
    outside.write_text("secret", encoding="utf-8")
    os.symlink(outside, folder / "inside.txt")
    assert "leads out of the folder" in run(write_lines(row(files=[{"path": "inside.txt"}])))
    outside.unlink()


@pytest.mark.parametrize(
    "files",
    [
        "list.csv",
        [1],
        [{}],
        [{"path": "files/list.csv", "licence": "x"}],
        [{"path": "files/list.csv", "language": "xx"}],
        [{"path": "files/list.csv", "license": "NONE"}],
        [{"path": "files/list.csv", "title": "x" * 256}],
        [{"path": 5}],
    ],
)
def test_malformed_files_refuse_the_line(run, write_lines, folder, files):
    assert "1  refused" in run(write_lines(row(files=files)))
    assert not File.objects.exists()


def test_storage_is_cleaned_when_the_line_fails(run, write_lines, folder, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no")

    before = stored_names()
    with monkeypatch.context() as patch:
        patch.setattr("imports.writing.remember", fail)
        run(write_lines(row(html='<img src="p.png" alt="P">', files=[{"path": "files/list.csv"}])))
    assert stored_names() == before
    assert not File.objects.exists()
    assert not Picture.objects.exists()


def test_changed_file_is_a_change_of_the_line(run, write_lines, folder):
    path = write_lines(row(files=[{"path": "files/list.csv"}], html='<img src="p.png" alt="P">'))
    run(path)
    assert "1  unchanged" in run(path)
    (folder / "files" / "list.csv").write_text("new;er\n", encoding="utf-8")
    assert "1  differ" in run(path)
    run(path, update=True)
    assert page_of("one").latest_revision.as_object().attached_files.get().file.file.read() == b"new;er\n"
    (folder / "p.png").write_bytes(picture("blue"))
    assert "1  differ" in run(path)


def test_local_picture_goes_in_once(run, write_lines, folder):
    html = '<p>a</p><img src="p.png" alt="Red field"><p>b</p><img src="./p.png" alt="Again">'
    run(write_lines(row(html=html), row(id="two", lang="sv", html='<img src="p.png" alt="Rött">')), publish=True)
    stored = Picture.objects.get()
    assert (stored.title, stored.width, stored.height) == ("Red field", 4, 3)
    blocks = [(block.block_type, block.value) for block in page_of("one").body]
    assert [kind for kind, _ in blocks] == ["paragraph", "picture", "paragraph", "picture"]
    assert blocks[1][1]["image"] == stored
    assert page_of("two", "sv").body[0].value["alt_text"] == "Rött"


def test_picture_inside_the_text_goes_in(run, write_lines):
    data = base64.b64encode(picture("green", "JPEG")).decode()
    run(write_lines(row(html=f'<p>a<img src="data:image/jpeg;base64,{data}" alt="Green"></p>')), publish=True)
    assert Picture.objects.get().title == "Green"
    assert page_of("one").body[1].value["image"] == Picture.objects.get()


@pytest.mark.parametrize(
    "address",
    [
        "data:image/png;base64,AAAA",
        "data:image/png;base64,%%%",
        "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
        "data:image/png;base64," + "A" * 3_000_000,
        "data:,x",
    ],
)
def test_picture_inside_the_text_that_cannot_be_read_leaves_its_text(run, write_lines, address):
    report = run(write_lines(row(html=f'<p>a</p><img src="{address}" alt="The chart">')))
    assert "1  created" in report
    assert "note. A picture inside the text was left out" in report
    assert "The chart" in str(page_of("one").body.raw_data)
    assert not Picture.objects.exists()


@pytest.mark.parametrize("content", [b"<svg/>", b"", picture()[:40]])
def test_broken_picture_refuses_the_line(run, write_lines, folder, content):
    (folder / "bad.png").write_bytes(content)
    report = run(write_lines(row(html='<img src="bad.png" alt="x">'), row(id="two")))
    assert 'line 1 (one, en): refused. The picture "bad.png"' in report
    assert "1  created" in report


def test_remote_picture_is_not_fetched_and_reported(run, write_lines):
    report = run(write_lines(row(html='<p>a <img src="https://e.org/p.png" alt="the chart"></p>')))
    assert "note. The picture at https://e.org/p.png is elsewhere and is not fetched." in report
    assert page_of("one").body.raw_data[0]["value"] == "<p>a the chart</p>"


def test_file_that_hides_something_is_found_out(run, write_lines, folder):
    with zipfile.ZipFile(folder / "fake.docx", "w") as archive:
        archive.writestr("run.sh", "#!/bin/sh")
    assert "not a valid file" in run(write_lines(row(files=[{"path": "fake.docx"}])))
