"""A worksheet as a Word file: headings, lists and tables by their styles, so that a screen reader knows them."""

from datetime import UTC, datetime
from io import BytesIO

from django.utils.translation import get_language_info
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from .text import Block, Kind
from .zipping import repacked

STYLES = {
    Kind.TITLE: "Title",
    Kind.HEADING: "Heading 1",
    Kind.POINTS: "List Bullet",
    Kind.STEPS: "List Number",
    Kind.BOXES: "Normal",
    Kind.LINES: "Normal",
    Kind.PARAGRAPH: "Normal",
}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
BOX, RULE = "\N{BALLOT BOX}  ", "_" * 70


def as_docx(blocks: list[Block], language: str, source: str) -> bytes:
    document = Document()
    prepare(document, blocks[0].text, language)
    for block in blocks:
        add(document, block)
    document.add_paragraph(source).runs[0].font.size = Pt(9)
    if get_language_info(language)["bidi"]:
        turn_around(document)
    content = BytesIO()
    document.save(content)
    return repacked(content.getvalue())


def prepare(document: DocxDocument, title: str, language: str) -> None:
    """A4, and the properties that readers' software shows or speaks by."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    properties = document.core_properties
    properties.title, properties.language, properties.author = title, language, "Inclusion Commons"
    properties.comments, properties.created, properties.modified = "", LONG_AGO, LONG_AGO
    for tongue in document.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), language)
        tongue.set(qn("w:bidi"), language)


def add(document: DocxDocument, block: Block) -> None:
    if block.kind is Kind.TABLE:
        add_table(document, block.rows)
        return
    entries = [RULE] * int(block.text) if block.kind is Kind.LINES else block.entries
    for number, entry in enumerate(entries):
        if block.kind is Kind.STEPS:
            # By hand, because all lists of one style would count on from each other.
            paragraph = document.add_paragraph(f"{number + 1}. {entry}")
        else:
            text = BOX + entry if block.kind is Kind.BOXES else entry
            paragraph = document.add_paragraph(text, style=STYLES[block.kind])
        paragraph.paragraph_format.space_after = Pt(4)


def add_table(document: DocxDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.font.bold = True
    heading = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(heading)
    document.add_paragraph()


def turn_around(document: DocxDocument) -> None:
    """Paragraphs and tables from right to left."""
    for paragraph in all_paragraphs(document):
        paragraph._p.get_or_add_pPr().insert_element_before(
            OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
        for run in paragraph.runs:
            run.font.rtl = True
    for table in document.tables:
        table._tbl.tblPr.insert_element_before(OxmlElement("w:bidiVisual"), "w:tblW", "w:jc", "w:tblLook")


def all_paragraphs(document: DocxDocument) -> list[Paragraph]:
    return [*document.paragraphs, *(found for table in document.tables for found in paragraphs_in(table))]


def paragraphs_in(table: Table) -> list[Paragraph]:
    return [paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]
