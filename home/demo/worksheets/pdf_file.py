"""A worksheet as a tagged PDF (PDF/UA-1), made by WeasyPrint as the downloads of resources are."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import get_language_info
from lxml.builder import E
from lxml.etree import _Element
from lxml.html import tostring

from exports.pdf import load_weasyprint

from .text import Block, Kind

LOOK = """
@page { size: A4; margin: 18mm; @bottom-center { content: counter(page) " / " counter(pages); font: 8pt sans-serif } }
body { font: 10.5pt/1.45 "Noto Sans", "Noto Naskh Arabic", "DejaVu Sans", sans-serif }
h1 { font-size: 19pt; line-height: 1.2; color: #0a3a43 }
h2 { font-size: 13pt; margin: 5mm 0 1mm; break-after: avoid; color: #0a3a43 }
p, ul, ol { margin: 2mm 0 }
li { margin: 1mm 0 }
ul.boxes { list-style: "\\2610  " }
table { width: 100%; border-collapse: collapse; margin: 3mm 0 }
table.form { table-layout: fixed }
tr { break-inside: avoid }
th, td { border: 0.5pt solid #555; padding: 1.5mm 2mm; vertical-align: top; text-align: start; height: 6mm }
th { background: #e8f0ec }
p.line { border-bottom: 0.5pt solid #555; height: 7mm; margin: 0 }
footer { margin-top: 6mm; font-size: 8.5pt }
"""


def as_pdf(blocks: list[Block], language: str, source: str) -> bytes:
    """Raises CannotExport where Pango is missing."""
    html = page(blocks, language, source)
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    document = load_weasyprint().HTML(string=html)
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier)


def page(blocks: list[Block], language: str, source: str) -> str:
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return tostring(
        E.html(
            E.head(E.title(blocks[0].text), E.style(LOOK), E.meta(name="author", content="Inclusion Commons")),
            E.body(*(element for block in blocks for element in elements(block)), E.footer(source)),
            lang=language,
            dir=direction,
        ),
        doctype="<!doctype html>",
        encoding="unicode",
    )


def elements(block: Block) -> Iterator[_Element]:
    match block.kind:
        case Kind.TITLE:
            yield E.h1(block.text)
        case Kind.HEADING:
            yield E.h2(block.text)
        case Kind.POINTS:
            yield E.ul(*map(E.li, block.entries))
        case Kind.BOXES:
            yield E.ul({"class": "boxes"}, *map(E.li, block.entries))
        case Kind.STEPS:
            yield E.ol(*map(E.li, block.entries))
        case Kind.TABLE:
            head, *others = block.rows
            is_form = any("" in row for row in others)
            yield E.table(
                {"class": "form"} if is_form else {},
                E.thead(E.tr(*map(E.th, head))),
                E.tbody(*(E.tr(*map(E.td, row)) for row in others)),
            )
        case Kind.LINES:
            yield from (E.p({"class": "line"}) for _ in range(int(block.text)))
        case Kind.PARAGRAPH:
            yield E.p(block.text)
