"""HTML as the blocks of a page's body."""

from typing import Any
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from .bullets import with_lists
from .content import Content, PictureSource
from .hostility import inspect
from .inlines import SMALL_LETTERS, Line, Mark, link_address, mark_for, plain_text, small_letters
from .lists import list_html
from .markup import BLOCK, parsed
from .tables import read_table

MAX_HEADING = MAX_CAPTION_OF_TABLE = MAX_SOURCE = 200
MAX_ALT = MAX_CAPTION = 300
NOT_IN_QUOTATIONS = ("ul", "ol", "table", "img", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")


def convert(html: str) -> Content:
    """Raises `Refused` for hostile HTML."""
    warnings = inspect(html)
    writer = _Writer()
    writer.content.warnings += warnings
    writer.walk(parsed(html))
    writer.end_rich_text()
    return writer.content


class _Writer:
    """Goes through the tree once. Paragraphs and lists that follow each other make one block of rich text."""

    def __init__(self) -> None:
        self.content = Content()
        self.rich: list[str] = []
        self.line = Line()
        self.words = 0

    def walk(self, element: HtmlElement) -> None:
        self.add_text(element.text, element)
        for child in element:
            self.add_element(child)
            self.add_text(child.tail, element)

    def add_text(self, text: str | None, element: HtmlElement) -> None:
        if text:
            self.words += bool(text.strip())
            self.line.add_text(small_letters(text, element.tag) if element.tag in SMALL_LETTERS else text)

    def add_element(self, element: HtmlElement) -> None:
        writer = getattr(self, f"add_{WRITERS.get(element.tag, '')}", None)
        if writer:
            writer(element)
        elif element.tag in BLOCK:
            self.end_line()
            self.walk(element)
            self.end_line()
        else:
            self.add_inline(element)

    def add_inline(self, element: HtmlElement) -> None:
        mark = mark_for(element, self.line.marks)
        if mark:
            self.line.marks.append(mark)
        words = self.words
        self.walk(element)
        if element.tag == "a" and self.words == words and (address := link_address(element)):
            self.line.add_text(address.removeprefix("mailto:"))
        if mark:
            self.line.marks.remove(mark)

    def add_break(self, element: HtmlElement) -> None:
        self.line.add_break()

    def add_rule(self, element: HtmlElement) -> None:
        self.end_line()

    def add_term(self, element: HtmlElement) -> None:
        self.end_line()
        self.add_bold(lambda: self.walk(element))

    def add_bold(self, write: Any) -> None:
        mark = Mark("b")
        self.line.marks.append(mark)
        write()
        self.end_line()
        self.line.marks.remove(mark)

    def add_preformatted(self, element: HtmlElement) -> None:
        self.end_line()
        for number, text in enumerate(element.text_content().expandtabs(4).strip("\n").splitlines()):
            if number:
                self.line.add_break()
            self.line.add_text(text.rstrip(), keep_spaces=True)
        self.end_line()

    def add_heading(self, element: HtmlElement) -> None:
        """A heading is plain text: its links follow it."""
        self.end_line()
        text = plain_text(element)
        if len(text) > MAX_HEADING:
            self.content.warn(f"A heading is longer than {MAX_HEADING} characters and became bold text.")
            self.add_bold(lambda: self.line.add_text(text))
        elif text:
            self.add_block("heading", {"text": text, "level": "2" if element.tag in ("h1", "h2") else "3"})
        for link in list(element.iter("a")):
            if link_address(link):
                self.add_inline(link)
                self.end_line()
        self.add_pictures_in(element)

    def add_list(self, element: HtmlElement) -> None:
        self.end_line()
        if html := list_html(element):
            self.rich.append(html)
        for table in outermost_tables(element):
            self.add_table(table)
            table.drop_tree()
        self.add_pictures_in(element)

    def add_table(self, element: HtmlElement, caption: str = "") -> None:
        self.end_line()
        table = read_table(element)
        title = " ".join(text for text in (table.caption, caption) if text)
        is_filled = any(any(row) for row in table.rows)
        if not is_filled or len(title) > MAX_CAPTION_OF_TABLE:
            self.line.add_text(title)
            self.end_line()
            title = ""
        if is_filled:
            self.add_block("table", {"caption": title, "has_header": table.has_header, "rows": table.rows})
        self.add_pictures_in(element)

    def add_quotation(self, element: HtmlElement) -> None:
        if any(element.find(f".//{tag}") is not None for tag in NOT_IN_QUOTATIONS) or has_links(element):
            self.content.warn("A quotation that holds more than text became ordinary text.")
            self.end_line()
            self.walk(element)
            self.end_line()
            return
        self.end_line()
        whole = plain_text(element, line_break="\n")
        source = source_of(element)
        text = plain_text(element, line_break="\n")
        if whole:
            self.add_block("quotation", {"text": text or whole, "source": source if text else ""})

    def add_figure(self, element: HtmlElement) -> None:
        self.end_line()
        pictures, tables, caption = (
            element.findall(".//img"),
            element.findall(".//table"),
            element.find(".//figcaption"),
        )
        text = plain_text(caption) if caption is not None else ""
        if caption is None or has_links(caption) or len(text) > MAX_CAPTION or len(pictures) + len(tables) != 1:
            self.walk(element)
        else:
            caption.drop_tree()
            if tables:
                self.add_table(tables[0], text)
            else:
                self.add_picture(pictures[0], text)
            (tables or pictures)[0].drop_tree()
            self.walk(element)
        self.end_line()

    def add_picture(self, element: HtmlElement, caption: str = "") -> None:
        alt = " ".join((element.get("alt") or "").split())
        source = self.picture_source((element.get("src") or "").strip())
        if source is None:
            self.add_text(" ".join(["", *(text for text in (alt, caption) if text), ""]), element)
            return
        if len(alt) > MAX_ALT:
            self.content.warn(f"An alternative text was cut at {MAX_ALT} characters.")
        self.end_line()
        self.add_block("picture", {"image": source, "alt_text": alt[:MAX_ALT], "caption": caption})

    def picture_source(self, address: str) -> PictureSource | None:
        """None, after a warning, for a picture that cannot be had: its alternative text stands for it."""
        scheme = urlsplit(address).scheme.lower() if not address.startswith("data:") else "data"
        if scheme in ("http", "https") or address.startswith("//"):
            self.content.warn(f"The picture at {address[:200]} is elsewhere and is not fetched.")
            return None
        if scheme == "data":
            return PictureSource(address)
        path = unquote(address.partition("#")[0].partition("?")[0])
        if not path:
            self.content.warn("A picture has no address.")
            return None
        return PictureSource(path)

    def add_pictures_in(self, element: HtmlElement) -> None:
        """Pictures of a list, a table or a heading, which cannot hold them, follow it."""
        for picture in list(element.iter("img")):
            self.add_picture(picture)
        self.end_line()

    def end_line(self) -> None:
        if html := self.line.take():
            self.rich.append(f"<p>{html}</p>")

    def end_rich_text(self) -> None:
        self.end_line()
        if self.rich:
            html = "".join(self.rich)
            if (listed := with_lists(html)) != html:
                self.content.warn("Lines that begin with a bullet became a list.")
            self.content.blocks.append(("paragraph", listed))
            self.rich = []

    def add_block(self, kind: str, value: dict) -> None:
        self.end_rich_text()
        self.content.blocks.append((kind, value))


WRITERS = {
    "br": "break", "hr": "rule", "pre": "preformatted", "ul": "list", "ol": "list", "table": "table", "dt": "term",
    "summary": "term", "blockquote": "quotation", "figure": "figure", "img": "picture",
    **{f"h{level}": "heading" for level in range(1, 7)},
}  # fmt: skip


def has_links(element: HtmlElement) -> bool:
    return any(link_address(link) for link in element.iter("a"))


def outermost_tables(element: HtmlElement) -> list[HtmlElement]:
    return [table for table in element.iter("table") if next(table.iterancestors("table"), None) is None]


def source_of(quotation: HtmlElement) -> str:
    """Taken out of the quotation: what a `footer`, or else the last `cite`, names."""
    found = quotation.findall(".//footer") or quotation.findall(".//cite")
    if not found:
        return ""
    source = plain_text(found[-1]).strip("—–- ")
    if not source or len(source) > MAX_SOURCE:
        return ""
    found[-1].drop_tree()
    return source
