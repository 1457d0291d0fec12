"""Lists as rich text, nested as deep as they were."""

from lxml.html import HtmlElement

from .inlines import SMALL_LETTERS, Line, Mark, mark_for, small_letters

BREAKING = {"br", "p", "div", "section", "blockquote", "dt", "dd", "pre", "tr", "figure", "figcaption", "hr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary"}
ELSEWHERE = {"table", "img"}


def list_html(element: HtmlElement) -> str:
    """Empty for a list without text. Tables and pictures are left out: they follow the list as blocks."""
    items: list[str] = []

    def add_stray(text: str | None) -> None:
        """Text between the items is not allowed, but browsers show it."""
        if text and text.strip():
            line = Line()
            line.add_text(text)
            items.append(f"<li>{line.take()}</li>")

    add_stray(element.text)
    for child in element:
        if child.tag in ("ul", "ol"):
            # A list directly inside a list belongs to the item before it.
            nested = list_html(child)
            if items and nested:
                items[-1] = items[-1].removesuffix("</li>") + nested + "</li>"
            elif nested:
                items.append(f"<li>{nested}</li>")
        elif item := item_html(child):
            items.append(f"<li>{item}</li>")
        add_stray(child.tail)
    return f"<{element.tag}>{''.join(items)}</{element.tag}>" if items else ""


def item_html(item: HtmlElement) -> str:
    line, nested = Line(), []
    add_content(item, line, nested)
    return line.take() + "".join(nested)


def add_content(element: HtmlElement, line: Line, nested: list[str]) -> None:
    add_text(element.text, element, line)
    for child in element:
        if child.tag in ("ul", "ol"):
            nested.append(list_html(child))
            line.add_break(once=True)
        elif child.tag not in ELSEWHERE:
            add_child(child, line, nested)
        add_text(child.tail, element, line)


def add_child(child: HtmlElement, line: Line, nested: list[str]) -> None:
    breaks = child.tag in BREAKING or child.tag in HEADINGS
    if breaks:
        line.add_break(once=child.tag != "br")
    mark = Mark("b") if child.tag in HEADINGS else mark_for(child, line.marks)
    if mark:
        line.marks.append(mark)
    add_content(child, line, nested)
    if mark:
        line.marks.remove(mark)
    if breaks and child.tag != "br":
        line.add_break(once=True)


def add_text(text: str | None, element: HtmlElement, line: Line) -> None:
    if text:
        line.add_text(small_letters(text, element.tag) if element.tag in SMALL_LETTERS else text)
