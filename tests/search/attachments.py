"""Attachments made by hand, the hostile ones included: the smallest files that readers of their format take."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODF_TYPE = "application/vnd.oasis.opendocument"
ODT_TYPE = f"{ODF_TYPE}.text"


def pdf(
    *pages: bytes, trailer: bytes = b"", stream_filter: bytes = b"", font: bytes = b"", extra: tuple[bytes, ...] = ()
) -> bytes:
    """A PDF of the given content streams; `extra` objects follow after the last page."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>" % font,
    ]
    for content in pages:
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R" % (len(objects) + 2)
            + b" /Resources << /Font << /F1 3 0 R >> >> >>",
            b"<< %s /Length %d >>\nstream\n%s\nendstream" % (stream_filter, len(content), content),
        ]
    objects += extra
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        trailer,
        len(body),
    )


def lines(*texts: str) -> bytes:
    shown = " ".join(f"({text}) Tj T*" for text in texts)
    return f"BT /F1 12 Tf 20 700 Td 14 TL {shown} ET".encode("latin-1")


def archive(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def word(body: str, *, namespace: str = W, prolog: str = "", **parts: str) -> bytes:
    """A DOCX of the given body; `parts` are further ones by their kind: `header`, `footnotes`."""
    kinds = {"document": "document.main", **{name: name.rstrip("0123456789") for name in parts}}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD_TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    root = f'xmlns:w="{namespace}" xmlns:mc="{MC}"'
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}">{overrides}</Types>',
            "word/document.xml": f"{prolog}<w:document {root}><w:body>{body}</w:body></w:document>",
            **{f"word/{name}.xml": f"<w:part {root}>{content}</w:part>" for name, content in parts.items()},
        }
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def opendocument(body: str, *, mimetype: str = ODT_TYPE, prolog: str = "", **parts: str) -> bytes:
    root = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "style", "table", "drawing"))
    root += f' xmlns:svg="{ODF}:svg-compatible:1.0" xmlns:manifest="{ODF}:manifest:1.0"'
    contents: dict[str, str | bytes] = {
        "mimetype": mimetype,
        "content.xml": f"{prolog}<office:document-content {root}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>",
    }
    if "styles" in parts:
        contents["styles.xml"] = f"<office:document-styles {root}>{parts['styles']}</office:document-styles>"
    if "manifest" in parts:
        contents["META-INF/manifest.xml"] = f"<manifest:manifest {root}>{parts['manifest']}</manifest:manifest>"
    return archive(contents)


P = "http://schemas.openxmlformats.org/presentationml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"
NAMES = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" xmlns:mc="{MC}"'
CONTAINER_TYPE = "application/oebps-package+xml"


def content_types(part: str, content_type: str) -> str:
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/{part}" '
        f'ContentType="{OFFICE_TYPE}.{content_type}.main+xml"/></Types>'
    )


def relations(*rows: tuple[str, str, str], external: bool = False) -> str:
    """Of id, kind and target."""
    mode = ' TargetMode="External"' if external else ""
    inside = "".join(f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{to}"{mode}/>' for key, kind, to in rows)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def shape(*texts: str) -> str:
    inside = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in texts)
    return f"<p:sp><p:txBody>{inside}</p:txBody></p:sp>"


def slides(*bodies: str, order: tuple[int, ...] = (), prolog: str = "", names: str = NAMES, **parts: str) -> bytes:
    """A PPTX of these slides, shown in `order` (numbers from 1). `parts` replace or add any by their name."""
    numbers = range(1, len(bodies) + 1)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in order or numbers)
    contents = {
        "[Content_Types].xml": content_types("ppt/presentation.xml", "presentationml.presentation"),
        "ppt/presentation.xml": f"<p:presentation {names}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(*[(f"r{n}", "slide", f"slides/slide{n}.xml") for n in numbers]),
    }
    for number, body in enumerate(bodies, 1):
        contents[f"ppt/slides/slide{number}.xml"] = f"{prolog}<p:sld {names}><p:cSld>{body}</p:cSld></p:sld>"
    return archive(contents | parts)


def workbook(
    rows: str, *, strings: str = "", styles: str = "", properties: str = "", prolog: str = "", **parts: str
) -> bytes:
    """An XLSX with one sheet of these rows. `parts` replace or add any by their name."""
    contents = {
        "[Content_Types].xml": content_types("xl/workbook.xml", "spreadsheetml.sheet"),
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{properties}<sheets>'
        '<sheet name="First" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            *[("s", "sharedStrings", "sharedStrings.xml")] * bool(strings),
            *[("t", "styles", "/xl/styles.xml")] * bool(styles),
        ),
        "xl/worksheets/sheet1.xml": f'{prolog}<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>',
    }
    if strings:
        contents["xl/sharedStrings.xml"] = f'<sst xmlns="{S}">{strings}</sst>'
    if styles:
        contents["xl/styles.xml"] = f'<styleSheet xmlns="{S}">{styles}</styleSheet>'
    return archive(contents | parts)


def chapter(body: str) -> str:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{body}</body></html>'


def book(*bodies: str, hrefs: tuple[str, ...] = (), spine: str = "", **parts: str | bytes) -> bytes:
    """An EPUB of these chapters. `parts` replace or add any by their name."""
    numbers = range(1, len(bodies) + 1)
    hrefs = hrefs or tuple(f"text/c{n}.xhtml" for n in numbers)
    items = "".join(
        f'<item id="c{n}" href="{href}" media-type="application/xhtml+xml"/>' for n, href in enumerate(hrefs, 1)
    )
    spine = spine or "".join(f'<itemref idref="c{n}"/>' for n in numbers)
    contents: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": f'<container><rootfiles><rootfile full-path="OPS/book.opf" '
        f'media-type="{CONTAINER_TYPE}"/></rootfiles></container>',
        "OPS/book.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    for number, body in enumerate(bodies, 1):
        contents[f"OPS/text/c{number}.xhtml"] = chapter(body)
    return archive(contents | parts)


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9)
)

# What is text is whatever its letters are: nearly no bytes are no text.
TEXTS = {"csv", "html", "md", "txt"}
SAMPLES = {
    "pdf": pdf(lines("Some text to read")),
    "docx": word(paragraph("Some text to read")),
    "odt": opendocument("<text:p>Some text to read</text:p>"),
    "odp": opendocument("<text:p>Some text to read</text:p>", mimetype=f"{ODF_TYPE}.presentation"),
    "ods": opendocument("<text:p>Some text to read</text:p>", mimetype=f"{ODF_TYPE}.spreadsheet"),
    "pptx": slides(shape("Some text to read")),
    "xlsx": workbook('<row><c t="inlineStr"><is><t>Some text to read</t></is></c></row>'),
    "epub": book("<p>Some text to read</p>"),
    "html": b"<!DOCTYPE html><title>Some text</title><p>to read",
    "txt": b"Some text to read",
    "csv": b"Some;text;to;read",
    "md": b"# Some text to read",
    "vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\nSome text to read\n",
}
