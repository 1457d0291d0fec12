"""What is in the PDF, and that nothing from elsewhere gets into it."""

import re
import socket
import zlib
from contextlib import suppress

import pypdfium2
import pytest
from django.core.management import call_command
from django.utils import translation
from PIL import ImageFile

from catalog.record import FundingNotice, Source
from content.publication import Section
from exports import pdf as pdf_module
from exports.checks import check_exporters
from exports.exporter import CannotExport
from exports.pdf import PdfExporter, css_string, load_weasyprint

from .conftest import CC_BY, picture_notice, shows

pytestmark = pytest.mark.django_db
ARABIC = "شبكة المقاطعة"


def made(entry) -> bytes:
    return b"".join(PdfExporter().stream(entry))


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def flat(text: str) -> str:
    return " ".join(text.split())


def catalog_of(content: bytes) -> str:
    """The file with its objects and metadata unpacked: enough to look for what it says of itself."""
    pieces = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        with suppress(zlib.error):
            pieces.append(zlib.decompressobj().decompress(stream))
    return b"\n".join(pieces).decode("latin-1")


def number_of_pictures(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    return sum(item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for page in document for item in page.get_objects())


def test_pdf_has_text_source_attribution_and_licence(add_entry):
    entry = add_entry(
        html="<p>One practice.</p><table><thead><tr><th>A</th></tr></thead><tr><td>cell</td></tr></table>"
    )
    text = flat(text_of(made(entry)))
    for expected in ("Heading", "One practice.", "cell", "What it is about.", f"http://127.0.0.1:8000{entry.path}",
                     "CC BY 4.0", "City of Lund & Partners", "Page 1 of 1", CC_BY.uri):  # fmt: skip
        assert expected in text, expected


def test_pdf_is_tagged_and_says_its_language_title_and_standard(add_entry):
    content = made(add_entry("Lär & gör", language="sv"))
    source = catalog_of(content)
    assert re.search(r"/MarkInfo\s*<<\s*/Marked true", source)
    assert "/Lang (sv)" in source
    assert "/StructTreeRoot" in source
    assert "/DisplayDocTitle true" in source
    assert "http://www.aiim.org/pdfua/ns/id/" in source
    assert re.search(r'pdfuaid:part(?:>|=")1', source)
    document = pypdfium2.PdfDocument(content)
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == "Lär & gör"


def test_arabic_pdf_is_read_from_right_to_left(add_entry):
    entry = add_entry(ARABIC, language="ar", html="<p>يلتقي الأعضاء أربع مرات، ولا ينتقل إلا الأول.</p>")
    content = made(entry)
    text = flat(text_of(content))
    assert ARABIC in text
    assert "يلتقي الأعضاء أربع مرات، ولا ينتقل إلا الأول." in text
    assert "/Lang (ar)" in catalog_of(content)
    with translation.override("ar"):
        assert 'dir="rtl"' in pdf_module.print_html(entry)
    right = pypdfium2.PdfDocument(content)[0]
    boxes = [item.get_bounds() for item in right.get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
    assert max(box[2] for box in boxes) > right.get_width() - 70


def test_funding_is_acknowledged_once(add_entry):
    notice = FundingNotice("erasmus", "Erasmus+", "Co-funded by the programme.", "Views are the authors' own.")
    text = flat(text_of(made(add_entry(funding=(notice, notice)))))
    assert text.count("Co-funded by the programme.") == 1
    assert text.count("Views are the authors' own.") == 1


def test_what_the_work_is_based_on_is_named(add_entry):
    source = Source("Old guide", "Somebody", "https://example.org/old", CC_BY, "Shortened.")
    text = flat(text_of(made(add_entry(based_on=(source,)))))
    assert "Based on Old guide, Somebody, CC BY 4.0." in text
    assert "Changes: Shortened." in text


def test_own_pictures_are_shown_and_only_those(add_entry, rendition):
    html = f'<img src="{rendition.url}" alt="x">'
    entry = add_entry(html=html, picture=picture_notice(rendition))
    assert number_of_pictures(made(entry)) == 0
    shows(entry, rendition)
    assert number_of_pictures(made(entry)) == 2


HOSTILE = [
    '<img src="file:///etc/passwd" alt="">',
    '<img src="http://169.254.169.254/latest/" alt="">',
    '<img src="//evil.example/x.png" alt="">',
    '<img src="/documents/1/x.png" alt="">',
    '<link rel="stylesheet" href="http://evil.example/x.css"><link rel="attachment" href="file:///etc/passwd">',
    '<style>@import url("file:///etc/passwd"); body { background: url(http://evil.example/y) }</style>',
    '<object data="file:///etc/passwd"></object><embed src="http://evil.example/"><iframe src="file:///etc/hosts"></iframe>',
    '<svg><image href="file:///etc/passwd"/></svg><svg><use href="http://evil.example/#a"/></svg>',
]


@pytest.mark.parametrize("html", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_is_fetched_from_files_or_the_network(add_entry, monkeypatch, html):
    touched = []
    entry = add_entry(html=f"{html}<p>After it.</p>")
    made(add_entry())
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: touched.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: touched.append(args) or [])
    opened = []
    plain_open = open
    monkeypatch.setattr("builtins.open", lambda name, *a, **k: opened.append(str(name)) or plain_open(name, *a, **k))
    content = made(entry)
    assert "After it." in text_of(content)
    assert touched == []
    assert not [name for name in opened if name.startswith("/etc/") and "font" not in name]
    assert b"root:x" not in content
    assert b"/EmbeddedFile" not in content


def test_title_cannot_leave_the_style_sheet(add_entry):
    entry = add_entry('"} </style><script>x</script> \\')
    assert "</style><script>" not in pdf_module.print_html(entry)
    assert "</style>" not in css_string('"</style>')
    assert "script" in text_of(made(entry))


def test_toolkit_keeps_the_order_and_depth_of_its_parts(add_entry):
    sections = (
        Section("outcomes", "Outcomes", "<p>first</p>"),
        Section("m1", "Module", "<p>second</p>", level=2, depth=1, path="/en/m1/"),
        Section("u1", "Unit", "<h2>Inside</h2><p>third</p>", level=3, depth=2, path="/en/m1/u1/"),
    )
    text = flat(text_of(made(add_entry(kind="toolkit", sections=sections))))
    places = [text.index(word) for word in ("first", "Module", "second", "Unit", "Inside", "third")]
    assert places == sorted(places)


def test_too_long_text_is_refused_with_a_reason(add_entry, monkeypatch):
    monkeypatch.setattr(pdf_module, "MAX_CHARACTERS", 2_000)
    with pytest.raises(CannotExport, match="too long"):
        made(add_entry())


def test_version_follows_the_content_and_the_look(add_entry, monkeypatch):
    entry, exporter = add_entry(), PdfExporter()
    before = exporter.version(entry)
    assert exporter.version(entry) == before
    monkeypatch.setattr(pdf_module, "LOOK", "other")
    assert exporter.version(entry) != before


def test_machine_without_pango_is_told_and_offers_no_pdf(add_entry, client, site_tree, monkeypatch):
    entry = add_entry()
    assert check_exporters(None) == []
    assert "Download as PDF" in client.get(entry.path).content.decode()
    monkeypatch.setattr(pdf_module, "has_pango", lambda: False)
    (warning,) = check_exporters(None)
    assert warning.id == "exports.W001"
    assert "libpango" in warning.hint
    page = client.get(entry.path)
    assert page.status_code == 200
    assert "Download as PDF" not in page.content.decode()
    assert client.get(f"/en/download/{entry.work}.pdf").status_code == 404
    assert client.get(f"/en/download/{entry.work}/").status_code == 200
    call_command("check")


def test_weasyprint_does_not_make_truncated_pictures_acceptable():
    """It sets this for the whole process when it is imported."""
    load_weasyprint()
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
