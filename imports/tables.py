"""HTML tables as rows of plain text, every row as long as the longest."""

from dataclasses import dataclass

from lxml.html import HtmlElement

from .inlines import plain_text

MAX_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Table:
    rows: list[list[str]]
    has_header: bool
    caption: str


def read_table(table: HtmlElement) -> Table:
    """A cell that spans several places stands in the first of them; the others stay empty."""
    rows: list[list[str]] = []
    taken: dict[int, int] = {}
    for row in own_rows(table):
        rows.append(read_row(row, taken))
    width = max((len(row) for row in rows), default=0)
    captions = [plain_text(caption) for caption in table.findall("caption")]
    return Table(
        rows=[row + [""] * (width - len(row)) for row in rows],
        has_header=has_header(table),
        caption=" ".join(caption for caption in captions if caption),
    )


def own_rows(table: HtmlElement) -> list[HtmlElement]:
    """Not those of tables inside cells. A `tfoot` may precede the body; it belongs below it."""
    parts = [part for part in table if part.tag in ("thead", "tbody", "tfoot", "tr")]
    parts.sort(key=lambda part: {"thead": 0, "tfoot": 2}.get(part.tag, 1))
    return [row for part in parts for row in ([part] if part.tag == "tr" else part.findall("tr"))]


def read_row(row: HtmlElement, taken: dict[int, int]) -> list[str]:
    """`taken` counts for each column the rows below that a cell further up still covers."""
    cells: list[str] = []

    def skip_taken() -> None:
        while taken.get(len(cells)) and len(cells) < MAX_COLUMNS:
            taken[len(cells)] -= 1
            cells.append("")

    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        skip_taken()
        columns = span(cell, "colspan", MAX_COLUMNS - len(cells))
        below = span(cell, "rowspan", 1000) - 1
        for offset in range(columns):
            taken[len(cells)] = below
            cells.append("" if offset else plain_text(cell, with_links=True))
    skip_taken()
    return cells


def span(cell: HtmlElement, attribute: str, limit: int) -> int:
    text = cell.get(attribute, "1").strip()
    return max(1, min(int(text), limit)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def has_header(table: HtmlElement) -> bool:
    rows = own_rows(table)
    if not rows:
        return False
    cells = [cell for cell in rows[0] if cell.tag in ("td", "th")]
    return rows[0].getparent().tag == "thead" or all(cell.tag == "th" for cell in cells)
