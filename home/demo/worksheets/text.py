"""The text of a worksheet: a little of Markdown, read line by line.

# Title             - point               | first row | is the heading |
## Heading          [] box to tick        | cell      |                |
a paragraph         1. step               ___ 3 (so many lines to write on)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

LINE = re.compile(r"(?P<sign># |## |- |\[\] |\d+\. |\||___ ?)?(?P<words>.*)")


class Kind(Enum):
    TITLE = "# "
    HEADING = "## "
    POINTS = "- "
    BOXES = "[] "
    STEPS = "1. "
    TABLE = "|"
    LINES = "___"
    PARAGRAPH = ""


# Lines of these kinds that follow each other are one block.
GROUPED = {Kind.POINTS, Kind.BOXES, Kind.STEPS, Kind.TABLE}


@dataclass(frozen=True, slots=True)
class Block:
    """`rows` are the entries of a list or the rows of a table; a paragraph is one row of one cell."""

    kind: Kind
    rows: list[list[str]]

    @property
    def entries(self) -> list[str]:
        return [row[0] for row in self.rows]

    @property
    def text(self) -> str:
        return self.rows[0][0]


def parse(text: str) -> list[Block]:
    """Raises ValueError unless it begins with its title and its tables have as many cells in every row."""
    blocks = list(_blocks(text))
    if not blocks or blocks[0].kind is not Kind.TITLE:
        raise ValueError(f"A worksheet begins with its title: {text[:40]}")
    for block in blocks:
        if len({len(row) for row in block.rows}) > 1:
            raise ValueError(f"The rows of a table differ in length: {block.rows[0]}")
    return blocks


def _blocks(text: str) -> Iterator[Block]:
    lines = [(number, *_read(line)) for number, line in enumerate(text.splitlines())]
    for _, group in groupby(lines, key=lambda line: line[1] if line[1] in GROUPED else line[0]):
        found = [(kind, row) for _, kind, row in group]
        if found[0][1] != [""]:
            yield Block(found[0][0], [row for _, row in found])


def _read(line: str) -> tuple[Kind, list[str]]:
    found = LINE.fullmatch(line.strip())
    sign, words = found["sign"] or "", found["words"].strip()
    if sign == "|":
        return Kind.TABLE, [cell.strip() for cell in words.removesuffix("|").split("|")]
    if sign.startswith("___"):
        return Kind.LINES, [words or "1"]
    if sign[:1].isdigit():
        return Kind.STEPS, [words]
    return Kind(sign), [words]
