import io
import zipfile
from pathlib import PurePath

import docx
import pypdfium2
import pytest
from django.core.files.base import ContentFile
from lxml import etree

from content.uploads import check_file
from home.demo.works import FILES, read_works
from home.demo.worksheets import can_be_made, make_worksheet, making
from home.demo.worksheets.text import Kind, parse

TEXT = """# A sheet
A paragraph & more.
## A heading
- point
- another
[] to tick
1. first
2. second
| Day | What |
| Monday | |
___ 2
"""
OTHER = {"language": "en", "source": "A blueprint · CC-BY-4.0"}


def texts():
    """Of all worksheets in the repository."""
    for work in read_works():
        for data in work.data.get("files", []):
            if not (FILES / data["file"]).exists():
                yield data["file"], work.text(f"{PurePath(data['file']).stem}.txt"), data["language"]


def test_lines_of_one_kind_are_one_block():
    blocks = parse(TEXT)
    assert [block.kind for block in blocks] == [
        Kind.TITLE, Kind.PARAGRAPH, Kind.HEADING, Kind.POINTS, Kind.BOXES, Kind.STEPS, Kind.TABLE, Kind.LINES,
    ]  # fmt: skip
    assert blocks[3].entries == ["point", "another"]
    assert blocks[6].rows == [["Day", "What"], ["Monday", ""]]
    assert blocks[7].text == "2"


@pytest.mark.parametrize("text", ["", "No title", "# Title\n| a | b |\n| c |"])
def test_a_text_without_title_or_with_a_ragged_table_is_refused(text):
    with pytest.raises(ValueError):
        parse(text)


def test_word_knows_headings_tables_and_the_language():
    document = docx.Document(io.BytesIO(make_worksheet("a.docx", TEXT, **OTHER)))
    assert (document.core_properties.title, document.core_properties.language) == ("A sheet", "en")
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert (styles["A sheet"], styles["A heading"], styles["point"]) == ("Title", "Heading 1", "List Bullet")
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Day", "What"]
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml
    assert document.paragraphs[-1].text == OTHER["source"]


def test_opendocument_begins_with_its_type_and_has_well_formed_parts():
    with zipfile.ZipFile(io.BytesIO(make_worksheet("a.odt", TEXT, **OTHER))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        content = etree.fromstring(archive.read("content.xml"))
    words = "".join(content.itertext())
    assert "A paragraph & more." in words
    assert "A blueprint" in words


@pytest.mark.skipif(not can_be_made("a.pdf"), reason="Pango is missing")
def test_a_pdf_is_tagged_and_says_its_title():
    content = make_worksheet("a.pdf", TEXT, **OTHER)
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_value("Title") == "A sheet"
    assert "A paragraph & more." in document[0].get_textpage().get_text_range()
    assert b"/MarkInfo" in content or document.is_tagged()


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_arabic_runs_from_right_to_left(name):
    content = make_worksheet(name, TEXT, language="ar", source="نموذج")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml" if name == "a.docx" else "content.xml").decode()
    assert ("<w:bidi/>" in xml and "<w:bidiVisual/>" in xml) or 'writing-mode="rl-tb"' in xml


@pytest.mark.parametrize(("name", "text", "language"), list(texts()), ids=lambda value: value[:40])
def test_a_worksheet_could_be_uploaded_and_is_the_same_each_time(name, text, language):
    if not can_be_made(name):
        pytest.skip("Pango is missing")
    content = make_worksheet(name, text, language=language, source="A blueprint")
    make_worksheet.cache_clear()
    assert make_worksheet(name, text, language=language, source="A blueprint") == content
    check_file(ContentFile(content, name=name))
    assert 150 < len(text.split()) < 900


def test_without_pango_there_are_documents_but_no_pdf(monkeypatch):
    monkeypatch.setattr(making, "has_pango", lambda: False)
    assert [can_be_made(name) for name in ("a.docx", "a.odt", "a.pdf")] == [True, True, False]
