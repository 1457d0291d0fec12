"""Extraction from slides, spreadsheets, books, web pages and plain texts."""

import io
import time
import warnings
import zipfile

import openpyxl
import pytest

from content.uploads.kinds import KINDS
from search.extraction import EXTENSIONS, MEDIA_EXTENSIONS, Outcome

from .attachments import (
    ENTITIES,
    NAMES,
    ODF_TYPE,
    A,
    P,
    R,
    S,
    archive,
    book,
    chapter,
    content_types,
    opendocument,
    relations,
    shape,
    slides,
    workbook,
)

MEGABYTE = 1024**2
# Accepted as uploads, and their words are not looked for: what editors are told of them is in their report.
UNREAD = {"rtf", "zip"}


def test_every_kind_that_may_be_uploaded_is_read_or_known_to_hold_no_text():
    assert set(KINDS) == (EXTENSIONS | MEDIA_EXTENSIONS | UNREAD) - {"gif", "jpeg", "webp"}
    assert not EXTENSIONS & MEDIA_EXTENSIONS


@pytest.mark.parametrize("extension", ["jpg", "MP4", ".png"])
def test_picture_or_film_is_media_and_not_opened(extracted, extension):
    assert extracted(b"nothing of the kind", extension).outcome == Outcome.MEDIA


# Slides


def test_slides_come_in_the_order_in_which_they_are_shown(extracted):
    result = extracted(slides(shape("One"), shape("Two", "and more"), shape("Three"), order=(3, 1, 2)), "pptx")

    assert (result.outcome, result.text, result.detail) == (Outcome.OK, "Three\nOne\nTwo\nand more", "")


def test_tables_and_groups_of_slides_are_read_and_fields_left_out(extracted):
    cells = "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>" for text in "LR")
    table = f"<p:graphicFrame><a:graphic><a:tbl><a:tr>{cells}</a:tr></a:tbl></a:graphic></p:graphicFrame>"
    field = '<a:p><a:fld type="slidenum"><a:t>99</a:t></a:fld><a:fld type="datetime1"><a:t>1.1.</a:t></a:fld></a:p>'
    copies = f"<mc:AlternateContent><mc:Choice>{shape('Once')}</mc:Choice><mc:Fallback>{shape('Once')}</mc:Fallback></mc:AlternateContent>"
    broken = "<p:sp><a:p><a:r><a:t>a</a:t></a:r><a:br/><a:r><a:t>b</a:t></a:r></a:p></p:sp>"

    result = extracted(slides(f"<p:grpSp>{shape('Grouped')}</p:grpSp>{table}{field}{copies}{broken}"), "pptx")

    assert result.text == "Grouped\nL\nR\nOnce\na\nb"


def test_notes_and_diagrams_follow_their_slide(extracted):
    parts = {
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("n", "notesSlide", "../notesSlides/notesSlide1.xml"),
            ("d", "diagramData", "/ppt/diagrams/data1.xml"),
            ("l", "slideLayout", "../slideLayouts/slideLayout1.xml"),
        ),
        "ppt/notesSlides/notesSlide1.xml": f"<p:notes {NAMES}>{shape('Say hello')}</p:notes>",
        "ppt/diagrams/data1.xml": f'<d:dataModel xmlns:d="urn:d" xmlns:a="{A}"><d:t><a:p><a:r><a:t>Box</a:t></a:r></a:p></d:t></d:dataModel>',
        "ppt/slideLayouts/slideLayout1.xml": f"<p:sldLayout {NAMES}>{shape('Click to add')}</p:sldLayout>",
    }

    assert extracted(slides(shape("One"), shape("Two"), **parts), "pptx").text == "One\nSay hello\nBox\nTwo"


def test_slides_of_the_strict_variant_are_read(extracted):
    strict = {
        P: "http://purl.oclc.org/ooxml/presentationml/main",
        A: "http://purl.oclc.org/ooxml/drawingml/main",
        R: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    names = NAMES
    for transitional, other in strict.items():
        names = names.replace(transitional, other)
    rels = relations(("r1", "slide", "slides/slide1.xml")).replace(R, strict[R])

    content = slides(shape("Strict"), names=names, **{"ppt/_rels/presentation.xml.rels": rels})

    assert extracted(content, "pptx").text == "Strict"


def test_damaged_slide_is_reported_beside_the_text_of_others(extracted):
    result = extracted(slides(shape("Kept"), "<p:sp>", shape("Kept too")), "pptx")

    assert (result.outcome, result.text, result.detail) == (
        Outcome.OK,
        "Kept\nKept too",
        "1 of 3 slides cannot be read",
    )


def test_slides_that_are_missing_or_elsewhere_are_broken(extracted):
    for target in ("slides/none.xml", "../../../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1/x", ""):
        content = slides("", **{"ppt/_rels/presentation.xml.rels": relations(("r1", "slide", target))})

        assert extracted(content, "pptx").outcome == Outcome.BROKEN, target


def test_external_relationship_is_not_followed(extracted):
    rels = relations(("r1", "slide", "slides/slide1.xml"), external=True)

    result = extracted(slides(shape("Elsewhere"), **{"ppt/_rels/presentation.xml.rels": rels}), "pptx")

    assert (result.outcome, result.text) == (Outcome.EMPTY, "")


def test_slides_that_refer_to_each_other_in_a_circle_are_read_once(extracted):
    circle = {
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("a", "notesSlide", "slide1.xml"), ("b", "notesSlide", "slide2.xml"), ("c", "slide", "slide2.xml")
        ),
        "ppt/slides/_rels/slide2.xml.rels": relations(("a", "slide", "slide1.xml")),
    }

    result = extracted(slides(shape("One"), shape("Two"), order=(1, 2, 1, 2, 1), **circle), "pptx")

    assert result.text.count("One") <= 2
    assert result.text.count("Two") <= 2


def test_slides_beyond_the_limit_are_not_read(extracted):
    result = extracted(slides(shape("One"), shape("Two"), shape("Three")), "pptx", pages=2)

    assert (result.text, result.detail) == ("One\nTwo", "read 2 of 3 slides")


def test_one_slide_shown_a_million_times_is_read_once(extracted):
    ids = '<p:sldId id="256" r:id="r1"/>' * 1_000_000
    presentation = f"<p:presentation {NAMES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"

    result = extracted(slides(shape("Once"), **{"ppt/presentation.xml": presentation}), "pptx", ratio=10_000)

    assert (result.outcome, result.text) == (Outcome.OK, "Once")


def test_many_thousand_empty_slides_end_within_the_limits(extracted):
    content, count = io.BytesIO(), 20_000
    ids = "".join(f'<p:sldId id="{n}" r:id="r{n}"/>' for n in range(count))
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("[Content_Types].xml", content_types("ppt/presentation.xml", "presentationml.presentation"))
        file.writestr("ppt/presentation.xml", f"<p:presentation {NAMES}>{ids}</p:presentation>")
        file.writestr(
            "ppt/_rels/presentation.xml.rels",
            relations(*[(f"r{n}", "slide", f"slides/{n}.xml") for n in range(count)]),
        )
        for number in range(count):
            file.writestr(f"ppt/slides/{number}.xml", f"<p:sld {NAMES}/>")
    started = time.monotonic()

    result = extracted(content.getvalue(), "pptx")

    assert (result.outcome, result.detail) == (Outcome.EMPTY, "read 10000 of 20000 slides")
    assert time.monotonic() - started < 30


# Spreadsheets


def test_workbook_as_people_make_them_is_read_row_by_row(extracted):
    made = openpyxl.Workbook()
    made.active.title = "Participants"
    made.active.append(["Name", "Age", "Share", "Born"])
    made.active.append(["Ayşe", 41, 0.255, "1984-05-06"])
    made.active["C2"].number_format = "0.0%"
    made.active["A3"] = "=1+1"
    other = made.create_sheet("Second")
    other["B2"] = "Over here"
    made.create_sheet("Hidden").sheet_state = "hidden"
    made["Hidden"]["A1"] = "unseen"
    content = io.BytesIO()
    made.save(content)

    result = extracted(content.getvalue(), "xlsx")

    assert result.outcome == Outcome.OK
    assert result.text.split("\n") == [
        "Participants",
        "Name Age Share Born",
        "Ayşe 41 25.5% 1984-05-06",
        "Second",
        "Over here",
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("0.30000000000000004", "General", "0.3"),
        ("1234567", "#,##0", "1234567"),
        ("45356", "yyyy-mm-dd", "2024-03-05"),
        ("45356.75", "d.m.yy h:mm", "2024-03-05 18:00"),
        ("0.5", "h:mm", "12:00"),
        ("45356", "0.00", "45356"),
        ("1e400", "General", ""),
        ("1e300", "yyyy", "1e+300"),
        ("not a number", "General", "not a number"),
    ],
)
def test_numbers_are_shown_as_people_see_them(extracted, value, number_format, text):
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{number_format}"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>'
    )

    result = extracted(workbook(f'<row><c s="1"><v>{value}</v></c></row>', styles=styles), "xlsx")

    assert result.text.split("\n") == ["First", text] if text else ["First"]


def test_dates_count_from_1904_where_the_workbook_says_so(extracted):
    content = workbook(
        '<row><c s="0"><v>0</v></c><c s="0"><v>1</v></c></row>',
        styles='<cellXfs><xf numFmtId="14"/></cellXfs>',
        properties='<workbookPr date1904="1"/>',
    )

    assert "1904-01-02" in extracted(content, "xlsx").text


def test_each_type_of_cell_is_read_and_errors_are_left_out(extracted):
    rows = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c>'
        '<c t="str"><f>A1</f><v>computed</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c/></row>'
    )
    strings = "<si><r><t>sha</t></r><r><t>red</t></r><rPh><t>aid</t></rPh></si>"

    assert extracted(workbook(rows, strings=strings), "xlsx").text == "First\nshared inline computed TRUE"


@pytest.mark.parametrize("index", ["-1", "1", "99999999999999999999", "x", ""])
def test_cell_that_names_no_shared_text_is_empty(extracted, index):
    rows = f'<row><c t="s" s="{index}"><v>{index}</v></c><c s="{index}"><v>7</v></c></row>'

    result = extracted(workbook(rows, strings="<si><t>only</t></si>", styles="<cellXfs/>"), "xlsx")

    assert result.text == "First\n7"


def test_text_boxes_follow_their_sheet(extracted):
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("d", "drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": f"<x:wsDr xmlns:x='urn:x' {NAMES}>{shape('In a box')}</x:wsDr>",
    }

    assert extracted(workbook("<row><c><v>1</v></c></row>", **parts), "xlsx").text == "First\n1\nIn a box"


def test_cells_that_all_show_one_long_text_do_not_fill_the_memory(extracted):
    rows = '<row><c t="s"><v>0</v></c></row>' * 200_000

    result = extracted(workbook(rows, strings=f"<si><t>{'long ' * 150_000}</t></si>"), "xlsx", ratio=10_000)

    assert result.outcome == Outcome.OK
    assert len(result.text) <= 1_000_000


def test_shared_texts_beyond_the_limit_are_left_out_and_counted(extracted):
    strings = "".join(f"<si><t>{letter * 150}</t></si>" for letter in "abc")
    rows = "".join(f'<row><c t="s"><v>{n}</v></c></row>' for n in range(3))

    result = extracted(workbook(rows, strings=strings), "xlsx", characters=100)

    assert result.outcome == Outcome.OK
    assert "2 texts of cells left out" in result.detail


def test_endless_rows_end_within_the_limits(extracted):
    result = extracted(workbook("<row><c><v>1</v></c></row>" * 3_000_000), "xlsx", ratio=10_000, cpu_seconds=2)

    assert result.outcome in {Outcome.OK, Outcome.TIMEOUT}


def test_sheet_declared_to_be_huge_is_too_large(extracted):
    assert extracted(workbook(" " * 8 * MEGABYTE), "xlsx").outcome == Outcome.TOO_LARGE


# OpenDocument slides and spreadsheets


def test_slides_and_sheets_of_opendocument_are_read(extracted):
    page = (
        "<drawing:page><drawing:frame><text:p>Slide</text:p></drawing:frame>"
        "<drawing:notes><text:p>Note</text:p></drawing:notes></drawing:page>"
    )
    table = (
        "<table:table><table:table-row><table:table-cell><text:p>12 %</text:p><office:annotation><text:p>no</text:p>"
        "</office:annotation></table:table-cell></table:table-row></table:table>"
    )

    assert extracted(opendocument(page, mimetype=f"{ODF_TYPE}.presentation"), "odp").text == "Slide\nNote"
    assert extracted(opendocument(table, mimetype=f"{ODF_TYPE}.spreadsheet"), "ods").text == "12 %"


# Books


def test_chapters_come_in_the_order_of_the_spine(extracted):
    spine = '<itemref idref="c2"/><itemref idref="c1" linear="no"/><itemref idref="none"/><itemref idref="c2"/>'

    result = extracted(book("<p>One</p>", "<h1>Two</h1><p>more</p>", spine=spine), "epub")

    assert (result.outcome, result.text, result.detail) == (Outcome.OK, "Two\nmore\nOne", "")


def test_chapter_may_have_a_document_type_and_names_of_characters(extracted):
    page = (
        '<?xml version="1.0" encoding="windows-1252"?>'
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
        + chapter('<p>Caf\u00e9&nbsp;&mdash;<a id="x"/>open</p><script src="x"/><p>after</p>')
    ).encode("cp1252")

    assert extracted(book("", **{"OPS/text/c1.xhtml": page}), "epub").text == "Café —open\nafter"


def test_addresses_of_chapters_may_be_escaped_and_have_fragments(extracted):
    content = book("", hrefs=("./text/../a%20b.xhtml#part",), **{"OPS/a b.xhtml": chapter("<p>Found</p>")})

    assert extracted(content, "epub").text == "Found"


@pytest.mark.parametrize(
    "href", ["/etc/passwd", "../../../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1/", "%2e%2e/%00", ""]
)
def test_chapter_outside_the_book_is_reported_and_the_others_are_read(extracted, href):
    result = extracted(book("<p>Inside</p>", "", hrefs=("text/c1.xhtml", href)), "epub")

    assert (result.outcome, result.text) == (Outcome.OK, "Inside")
    assert result.detail == "1 of 2 chapters cannot be read"
    assert extracted(book("", hrefs=(href,)), "epub").outcome == Outcome.BROKEN


def encryption(algorithm: str, uri: str = "OPS/text/c1.xhtml") -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
        f'<e:EncryptedData><e:EncryptionMethod Algorithm="{algorithm}"/><e:CipherData><e:CipherReference URI="{uri}"/>'
        "</e:CipherData></e:EncryptedData></encryption>"
    )


def test_protected_book_is_encrypted(extracted):
    parts = {"META-INF/encryption.xml": encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}

    result = extracted(book("<p>\ufffd</p>", **parts), "epub")

    assert (result.outcome, result.text) == (Outcome.ENCRYPTED, "")


def test_book_with_rights_whose_chapters_cannot_be_read_is_encrypted(extracted):
    parts = {"META-INF/rights.xml": "<rights/>", "OPS/text/c1.xhtml": bytes(range(256))}

    assert extracted(book("", **parts), "epub").outcome == Outcome.ENCRYPTED


def test_book_with_obfuscated_fonts_only_is_read(extracted):
    parts = {"META-INF/encryption.xml": encryption("http://www.idpf.org/2008/embedding", "OPS/font.otf")}

    assert extracted(book("<p>Open</p>", **parts), "epub").text == "Open"


def test_chapters_share_one_allowance(extracted):
    result = extracted(book("<p>words</p>" * 50_000, "<p>words</p>" * 50_000), "epub", unpacked_bytes=MEGABYTE)

    assert result.outcome == Outcome.TOO_LARGE


# Web pages


def test_page_gives_what_a_browser_shows(extracted):
    page = (
        "<!DOCTYPE html><html><head><title>Title</title><style>p{}</style><script>if (a<b) run('<p>no</p>')</script>"
        "</head><body><h1>Head<b>line</b></h1><table><tr><td>left<td>right</table><!-- comment --><p>A&amp;B<br>next"
        "<ruby>字<rt>aid</rt></ruby><template><p>later</p></template><noscript>turn on</noscript></body></html>"
    )

    assert extracted(page.encode(), "html").text.split("\n") == ["Title", "Headline", "left", "right", "A&B", "next字"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>Grüße".encode(), "Grüße"),
        ("\ufeff<p>Grüße".encode(), "Grüße"),
        ("<p>Grüße".encode("utf-16"), "Grüße"),
        ('<meta charset="iso-8859-1"><p>Grüße'.encode("latin-1"), "Grüße"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Вчитель'.encode("cp1251"),
            "Вчитель",
        ),
        ('<meta charset="no-such"><p>Grüße'.encode(), "Grüße"),
        (b'<meta charset="utf-7"><p>+ADw-b+AD4-', "+ADw-b+AD4-"),
        (b'<meta charset="utf-16"><p>plain', "plain"),
        (b'<meta charset="idna"><p>plain', "plain"),
        (b'<meta charset="rot13"><p>plain', "plain"),
    ],
)
def test_encoding_of_a_page_is_what_it_says_unless_that_would_hide_letters(extracted, content, text):
    assert extracted(content, "html").text == text


@pytest.mark.parametrize(
    "page",
    [
        ENTITIES + "]><p>&j;&j;</p>",
        '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]><p>&j;</p>',
        '<html xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></html>',
    ],
    ids=["growing", "file", "inclusion"],
)
def test_page_makes_nothing_of_entities_and_inclusions(extracted, page):
    for content, extension in ((page.encode(), "html"), (book("", **{"OPS/text/c1.xhtml": page}), "epub")):
        result = extracted(content, extension)

        assert result.outcome in {Outcome.OK, Outcome.EMPTY}
        assert "root:" not in result.text
        assert len(result.text) < 5_000


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 1_000_000 + b"deep",
        b"<p " + b"a=b " * 1_000_000 + b">deep",
        b"<" * 3_000_000 + b"deep",
        b"<!--" * 1_000_000 + b"-->deep",
        b"&#x" * 1_000_000 + b"deep",
        b"<b><p>" * 300_000 + b"deep",
    ],
    ids=["nested", "attributes", "openings", "comments", "references", "misnested"],
)
def test_page_made_to_be_slow_is_read_in_time(extracted, page):
    started = time.monotonic()

    assert extracted(page, "html", characters=10_000_000).outcome in {Outcome.OK, Outcome.EMPTY}
    assert time.monotonic() - started < 15


def test_page_is_not_read_beyond_what_is_kept(extracted):
    result = extracted(b"<p>words</p>" * 2_000_000, "html", characters=1000)

    assert (result.outcome, len(result.text) <= 1000) == (Outcome.OK, True)


# Plain texts

SENTENCES = {
    "cp1252": "Die Lehrkräfte können die Übungen für größere Gruppen ändern.",
    "cp1253": "Οι εκπαιδευτικοί μπορούν να αλλάξουν τις ασκήσεις.",
    "cp1254": "Öğretmenler alıştırmaları şu şekilde değiştirebilir.",
    "cp1251": "Вчителі можуть змінювати вправи для більших груп.",
    "cp1256": "يمكن للمعلمين تغيير التمارين للمجموعات",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("extension", ["txt", "csv", "md"])
def test_text_in_unicode_is_read(extracted, extension, encoding):
    text = "".join(SENTENCES.values())

    result = extracted(text.encode(encoding), extension)

    assert (result.outcome, result.text) == (Outcome.OK, text)


@pytest.mark.parametrize("encoding", SENTENCES)
def test_text_in_an_old_encoding_of_its_language_is_read(extracted, encoding):
    assert extracted(SENTENCES[encoding].encode(encoding), "txt").text == SENTENCES[encoding]


def test_old_encoding_is_found_behind_a_long_plain_beginning(extracted):
    content = b"plain words\n" * 20_000 + SENTENCES["cp1252"].encode("cp1252")

    assert extracted(content, "txt").text.endswith(SENTENCES["cp1252"])


def test_stray_byte_does_not_spoil_a_text_in_utf_8(extracted):
    content = f"{SENTENCES['cp1251']} | {SENTENCES['cp1251']}".encode().replace(b"|", b"\xff")

    assert extracted(content, "txt").text.count(SENTENCES["cp1251"]) == 2


def test_letters_on_the_edge_of_what_is_read_at_once_stay_whole(extracted):
    text = "a" + "ü" * 200_000

    assert extracted(text.encode(), "txt").text == text


def test_utf_7_is_not_decoded(extracted):
    assert extracted(b"+ADw-script+AD4-", "txt").text == "+ADw-script+AD4-"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \n\t", b"\xff" * 10])
def test_text_without_letters_is_read(extracted, content):
    assert extracted(content, "txt").outcome in {Outcome.EMPTY, Outcome.OK}


def test_captions_give_the_words_without_times_notes_and_tags(extracted):
    content = (
        "WEBVTT - lesson\r\nKind: captions\r\n\r\nNOTE not shown\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n"
        "intro-1\r\n00:00.000 --> 00:02.000 align:start\r\n<v Ayşe>Welcome <i>back</i> &amp; hello\r\nagain</v>\r\n\r\n"
        "00:02.000 --> 00:04.000\r\nSecond cue"
    )

    assert extracted(content.encode(), "vtt").text == "Welcome back & hello\nagain\nSecond cue"


def test_captions_without_their_first_word_are_broken(extracted):
    assert extracted(b"1\n00:00.000 --> 00:01.000\nSubRip", "vtt").outcome == Outcome.BROKEN


@pytest.mark.parametrize("extension", ["txt", "vtt"])
def test_one_endless_line_is_read_in_time(extracted, extension):
    content = b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + b"word " * 10_000_000

    result = extracted(content, extension)

    assert (result.outcome, len(result.text) <= 1_000_000) == (Outcome.OK, True)


# All archives


@pytest.mark.parametrize(
    ("make", "extension"),
    [
        (lambda prolog: slides(shape("&j;"), prolog=prolog), "pptx"),
        (lambda prolog: workbook("<row><c><v>&j;</v></c></row>", prolog=prolog), "xlsx"),
        (lambda prolog: workbook("", **{"xl/workbook.xml": f'{prolog}<workbook xmlns="{S}">&j;</workbook>'}), "xlsx"),
        (lambda prolog: slides("", **{"[Content_Types].xml": f"{prolog}<Types>&j;</Types>"}), "pptx"),
        (lambda prolog: book("", **{"META-INF/container.xml": f"{prolog}<container>&j;</container>"}), "epub"),
        (lambda prolog: book("", **{"OPS/book.opf": f"{prolog}<package>&j;</package>"}), "epub"),
        (lambda prolog: book("", **{"META-INF/encryption.xml": f"{prolog}<encryption>&j;</encryption>"}), "epub"),
    ],
    ids=["slide", "sheet", "workbook", "types", "container", "package", "encryption"],
)
@pytest.mark.parametrize(
    "document_type",
    [ENTITIES + "]>", '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'],
    ids=["growing", "file"],
)
def test_document_types_are_refused_in_every_part(extracted, make, extension, document_type):
    result = extracted(make(f'<?xml version="1.0"?>{document_type}'), extension)

    assert (result.outcome, result.text) == (Outcome.BROKEN, "")
    assert "XML with a document type" in result.detail


@pytest.mark.parametrize("name", ["ppt/slides/slide1.xml", "../../ppt/slides/slide1.xml", "/ppt/slides/slide1.xml"])
def test_archive_that_holds_a_name_twice_is_read_once(extracted, name):
    content = io.BytesIO(slides(shape("First")))
    with warnings.catch_warnings(), zipfile.ZipFile(content, "a") as file:
        warnings.simplefilter("ignore")
        file.writestr(name, f"<p:sld {NAMES}>{shape('Second')}</p:sld>")

    result = extracted(content.getvalue(), "pptx")

    assert (result.outcome, result.text) in {(Outcome.OK, "First"), (Outcome.OK, "Second")}


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (slides(shape(" " * 3 * MEGABYTE)), "pptx"),
        (workbook("", strings=f"<si><t>{' ' * 3 * MEGABYTE}</t></si>"), "xlsx"),
        (book(" " * 3 * MEGABYTE), "epub"),
        (opendocument(" " * 3 * MEGABYTE, mimetype=f"{ODF_TYPE}.spreadsheet"), "ods"),
    ],
    ids=["pptx", "xlsx", "epub", "ods"],
)
def test_packed_bomb_is_too_large(extracted, content, extension):
    result = extracted(content, extension)

    assert (result.outcome, result.text) == (Outcome.TOO_LARGE, "")
    assert ":1" in result.detail


def test_deep_nesting_does_not_exhaust_the_parser(extracted):
    nested = "<p:x>" * 100_000 + shape("Deep") + "</p:x>" * 100_000

    assert extracted(slides(nested), "pptx", ratio=10_000).text == "Deep"


def test_directory_of_a_million_names_ends_within_the_limits(extracted):
    entry = b"PK\x01\x02" + bytes(24) + (4).to_bytes(2, "little") + bytes(16) + b"name"
    count, size = 1_500_000, 1_500_000 * len(entry)
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff" * 2 + size.to_bytes(4, "little") + bytes(4) + bytes(2)

    result = extracted(entry * count + end, "epub", cpu_seconds=3)

    assert result.outcome in {Outcome.BROKEN, Outcome.TOO_LARGE, Outcome.TIMEOUT}


def test_archive_without_any_part_is_broken(extracted):
    for extension in ("docx", "epub", "odp", "ods", "odt", "pptx", "xlsx"):
        assert extracted(archive({}), extension).outcome == Outcome.BROKEN


def test_unknown_names_of_markup_are_ignored(extracted):
    assert extracted(slides("<mc:Ignorable>x</mc:Ignorable>"), "pptx").outcome == Outcome.EMPTY
