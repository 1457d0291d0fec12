"""XLSX (ECMA-376, transitional and strict): the visible sheets, a line for each row, values as they are shown.

What a formula gave when the file was saved is text like any other; the formula is not.
"""

from array import array
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from search.extraction.archives import Archive
from search.extraction.drawing_text import DrawingText
from search.extraction.markup import SilentHandler, TextHandler, local_name, parse, text_pieces
from search.extraction.number_formats import Shape, shape_of, shown
from search.extraction.packages import main_part, relationship_id, relationships
from search.extraction.parts import texts_of
from search.extraction.records import Limits

EXCEL_TYPES = ("application/vnd.openxmlformats-officedocument.spreadsheetml.", "application/vnd.ms-excel.")
WORKBOOK_PARTS = frozenset({"worksheet", "sharedStrings", "styles"})
DRAWING = frozenset({"drawing"})
# Excel's own limit. Without one, few cells that all show the same long text would fill the memory.
CELL_CHARACTERS = 32_767
TRUTH = {"0": "FALSE", "1": "TRUE"}


class _Workbook(SilentHandler):
    """Ids and names of the sheets that are not hidden."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.counts_from_1904 = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            self.sheets[relationship_id(attributes)] = attributes.get("name", "")
        elif name == "workbookPr":
            self.counts_from_1904 = attributes.get("date1904") in {"1", "true"}


class _Styles(SilentHandler):
    """The shape of numbers by the index that cells give."""

    def __init__(self) -> None:
        self.shapes = array("b")
        self._codes: dict[str, str] = {}
        self._in_cell_formats = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cell_formats = True
        elif name == "xf" and self._in_cell_formats:
            number = attributes.get("numFmtId", "0")
            self.shapes.append(shape_of(number, self._codes.get(number)))

    def end(self, tag: str) -> None:
        if local_name(tag) == "cellXfs":
            self._in_cell_formats = False

    def of(self, index: str) -> Shape:
        known = index.isdecimal() and len(index) < 10 and int(index) < len(self.shapes)
        return Shape(self.shapes[int(index)]) if known else Shape.PLAIN


class _CellText(SilentHandler):
    """Text inside `t`, without the reading aids of East Asian scripts."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._reading = False
        self._aids = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        self._aids += name == "rPh"
        self._reading = name == "t" and not self._aids

    def end(self, tag: str) -> None:
        self._aids -= local_name(tag) == "rPh"
        self._reading = False

    def data(self, text: str) -> None:
        if self._reading:
            self._written.append(text)

    def _taken(self) -> str:
        text = "".join(self._written)[:CELL_CHARACTERS]
        self._written.clear()
        return text


class _SharedStrings(_CellText):
    """Texts by the index that cells give; `characters` is how many are kept in all."""

    def __init__(self, characters: int) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.left_out = 0
        self._characters = characters

    def end(self, tag: str) -> None:
        super().end(tag)
        if local_name(tag) == "si":
            text = self._taken()
            self._characters -= len(text)
            self.left_out += self._characters < 0
            self.texts.append(text if self._characters >= 0 else "")

    def at(self, index: str) -> str:
        known = index.isdecimal() and len(index) < 10 and int(index) < len(self.texts)
        return self.texts[int(index)] if known else ""


class _SheetText(_CellText, TextHandler):
    def __init__(self, strings: _SharedStrings, styles: _Styles, counts_from_1904: bool) -> None:
        TextHandler.__init__(self)
        _CellText.__init__(self)
        self._strings = strings
        self._styles = styles
        self._counts_from_1904 = counts_from_1904
        self._type = ""
        self._style = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().start(tag, attributes)
        name = local_name(tag)
        if name == "c":
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
        elif name == "v":
            self._reading = True

    def end(self, tag: str) -> None:
        super().end(tag)
        name = local_name(tag)
        if name == "c" and self._written:
            self.pieces.append(self._cell(self._taken()))
            self.pieces.append("\t")
        elif name == "row":
            self.pieces.append("\n")

    def _cell(self, value: str) -> str:
        if self._type == "s":
            return self._strings.at(value.strip())
        if self._type == "n":
            return shown(value, self._styles.of(self._style), counts_from_1904=self._counts_from_1904)
        if self._type == "b":
            return TRUTH.get(value.strip(), "")
        return "" if self._type == "e" else value


def read(stream: BinaryIO, limits: Limits, notes: list[str]) -> Iterator[str]:
    archive = Archive(stream, limits)
    main = main_part(archive, EXCEL_TYPES, "an Excel workbook")
    workbook = _Workbook()
    parse(workbook, archive.chunks(main))
    parts = relationships(archive, main, WORKBOOK_PARTS)
    styles, strings = _Styles(), _SharedStrings(2 * limits.characters)
    for kind, handler in (("styles", styles), ("sharedStrings", strings)):
        for name in [part.target for part in parts.values() if part.kind == kind][:1]:
            parse(handler, archive.chunks(name))
    if strings.left_out:
        notes.append(f"{strings.left_out} texts of cells left out")
    sheets = {key: part.target for key, part in parts.items() if part.kind == "worksheet"}
    titles = {sheets[key]: title for key, title in workbook.sheets.items() if key in sheets}

    def sheet(name: str) -> Iterator[str]:
        yield f"{titles[name]}\n"
        yield from text_pieces(_SheetText(strings, styles, workbook.counts_from_1904), archive.chunks(name))
        for drawing in dict.fromkeys(part.target for part in relationships(archive, name, DRAWING).values()):
            yield from text_pieces(DrawingText(), archive.chunks(drawing))

    yield from texts_of(titles, sheet, "sheets", limits, notes)
