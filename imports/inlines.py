"""One paragraph or list item as rich text: text, bold, italic, links and line breaks, nothing else."""

import re
from html import escape

from lxml.html import HtmlElement

BOLD, ITALIC = {"b", "strong"}, {"i", "em", "cite", "var", "dfn"}
SPACES = re.compile(r"[ \t\n\r\f]+")
RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
SMALL_LETTERS = {"sup": RAISED, "sub": LOWERED}
LINK = re.compile(r"(?:https?://[^/\s]|mailto:[^\s@]+@)\S*", re.IGNORECASE)


class Mark:
    """An inline element that lasts until its end: compared by identity, so that neighboring links stay apart."""

    def __init__(self, tag: str, attributes: str = "") -> None:
        self.start, self.end = f"<{tag}{attributes}>", f"</{tag}>"
        self.tag = tag


class Line:
    """Collects inline content. Marks are opened when text comes, so that none is ever empty."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marks: list[Mark] = []
        self.open: list[Mark] = []
        self.at_space = True
        self.breaks = 0
        self.words = 0

    def add_text(self, text: str, *, keep_spaces: bool = False) -> None:
        if not keep_spaces:
            text = SPACES.sub(" ", text)
            text = text.lstrip(" ") if self.at_space else text
        if not text:
            return
        self.words += bool(text.strip())
        self.flush_breaks()
        kept = 0
        while kept < len(self.open) and kept < len(self.marks) and self.open[kept] is self.marks[kept]:
            kept += 1
        self.close_marks(kept)
        for mark in self.marks[kept:]:
            self.pieces.append(mark.start)
            self.open.append(mark)
        self.pieces.append(escape(text, quote=False))
        self.at_space = text.endswith(" ") and not keep_spaces

    def add_break(self, *, once: bool = False) -> None:
        """Written when more text follows: breaks at the beginning and at the end mean nothing."""
        if self.pieces:
            self.breaks = max(self.breaks, 1) if once else self.breaks + 1
        self.at_space = True

    def flush_breaks(self) -> None:
        if self.breaks:
            self.close_marks(0)
            self.strip_end()
            self.pieces.append("<br/>" * self.breaks)
            self.breaks = 0

    def close_marks(self, kept: int) -> None:
        while len(self.open) > kept:
            self.pieces.append(self.open.pop().end)

    def strip_end(self) -> None:
        for index in range(len(self.pieces) - 1, -1, -1):
            if not self.pieces[index].startswith("</"):
                self.pieces[index] = self.pieces[index].rstrip(" ")
                return

    def take(self) -> str:
        """The finished HTML, none for white space; the line is empty afterwards, its marks last on."""
        self.close_marks(0)
        self.strip_end()
        html = "".join(self.pieces) if self.words else ""
        self.pieces, self.at_space, self.breaks, self.words = [], True, 0, 0
        return html


def mark_for(element: HtmlElement, marks: list[Mark]) -> Mark | None:
    """The mark that an element sets; None for one that sets none, or that only repeats what holds already."""
    tag = element.tag
    name = "b" if tag in BOLD else "i" if tag in ITALIC else "a" if tag == "a" else ""
    if not name or any(mark.tag == name for mark in marks):
        return None
    if name != "a":
        return Mark(name)
    address = link_address(element)
    return Mark("a", f' href="{escape(address)}"') if address else None


def link_address(element: HtmlElement) -> str:
    """An http, https or mailto address; empty for any other."""
    address = (element.get("href") or "").strip()
    return address if LINK.fullmatch(address) else ""


def small_letters(text: str, tag: str) -> str:
    """Raised and lowered figures as characters of their own, because rich text has no mark for them."""
    table = SMALL_LETTERS[tag]
    return text.translate(table) if all(ord(character) in table for character in text) else text


SEPARATED = {"br", "p", "li", "div", "tr", "dt", "dd", "ul", "ol", "section", "h1", "h2", "h3", "h4", "h5", "h6"}
LINE_END = "\v"


def plain_text(element: HtmlElement, *, line_break: str = " ", with_links: bool = False) -> str:
    """Text without markup; with `with_links`, the address of a link follows its text in parentheses."""
    pieces: list[str] = []
    collect_text(element, pieces, with_links)
    lines = (SPACES.sub(" ", line).strip() for line in "".join(pieces).split(LINE_END))
    return line_break.join(line for line in lines if line)


def collect_text(element: HtmlElement, pieces: list[str], with_links: bool) -> None:
    start = len(pieces)
    separation = LINE_END if element.tag in SEPARATED else " " if element.tag in ("td", "th") else ""
    own = element.text or ""
    pieces += [separation, small_letters(own, element.tag) if element.tag in SMALL_LETTERS else own]
    for child in element:
        collect_text(child, pieces, with_links)
        pieces.append(child.tail or "")
    if with_links and element.tag == "a" and (address := link_address(element)):
        bare = address.removeprefix("mailto:")
        if bare not in "".join(pieces[start:]):
            pieces.append(f" ({bare})")
    pieces.append(separation)
