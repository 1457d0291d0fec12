"""A worksheet as an OpenDocument text (ODF 1.3): three XML parts in a ZIP file."""

from collections.abc import Iterator

from django.utils.translation import get_language_info
from lxml.builder import ElementMaker
from lxml.etree import _Element, tostring

from .text import Block, Kind
from .zipping import packed

MIMETYPE = "application/vnd.oasis.opendocument.text"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    **{name: f"{OASIS}{name}:1.0" for name in ("office", "text", "table", "style", "meta", "manifest")},
    "fo": f"{OASIS}xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
OFFICE, TEXT, TABLE, STYLE, META, MANIFEST, DC = (
    ElementMaker(namespace=NAMESPACES[name], nsmap=NAMESPACES)
    for name in ("office", "text", "table", "style", "meta", "manifest", "dc")
)
BOX, RULE = "\N{BALLOT BOX} ", "_" * 70


def as_odt(blocks: list[Block], language: str, source: str) -> bytes:
    parts = {
        "META-INF/manifest.xml": manifest(),
        "content.xml": content(blocks, language, source),
        "meta.xml": description(blocks[0].text, language),
    }
    packable = [(name, tostring(part, xml_declaration=True, encoding="UTF-8")) for name, part in parts.items()]
    return packed([("mimetype", MIMETYPE.encode()), *packable], plain="mimetype")


def named(prefix: str, **values: str) -> dict[str, str]:
    """Attributes of one namespace; `_` stands for a hyphen, and a last one is dropped."""
    return {f"{{{NAMESPACES[prefix]}}}{name.strip('_').replace('_', '-')}": value for name, value in values.items()}


def manifest() -> _Element:
    entries = (("/", MIMETYPE), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    return MANIFEST.manifest(
        named("manifest", version="1.3"),
        *(
            MANIFEST("file-entry", named("manifest", full_path=path, media_type=media_type))
            for path, media_type in entries
        ),
    )


def description(title: str, language: str) -> _Element:
    return OFFICE("document-meta", named("office", version="1.3"), OFFICE.meta(DC.title(title), DC.language(language)))


def content(blocks: list[Block], language: str, source: str) -> _Element:
    body = [element for number, block in enumerate(blocks) for element in elements(block, f"Table{number}")]
    return OFFICE(
        "document-content",
        named("office", version="1.3"),
        OFFICE("automatic-styles", *styles(language)),
        OFFICE.body(OFFICE.text(*body, paragraph(source, "Small"))),
    )


def styles(language: str) -> Iterator[_Element]:
    direction = "rl-tb" if get_language_info(language)["bidi"] else "lr-tb"
    looks = {
        "Title": {"font_size": "20pt", "font_weight": "bold"},
        "Heading": {"font_size": "14pt", "font_weight": "bold"},
        "Plain": {"font_size": "11pt"},
        "Strong": {"font_size": "11pt", "font_weight": "bold"},
        "Small": {"font_size": "9pt"},
    }
    for name, look in looks.items():
        yield STYLE.style(
            named("style", name=name, family="paragraph"),
            STYLE(
                "paragraph-properties",
                named("fo", margin_top="0.2cm", margin_bottom="0.15cm", text_align="start")
                | named("style", writing_mode=direction),
            ),
            STYLE(
                "text-properties", named("fo", language=language, **look) | named("style", language_complex=language)
            ),
        )
    yield STYLE.style(
        named("style", name="Cell", family="table-cell"),
        STYLE("table-cell-properties", named("fo", border="0.5pt solid #555555", padding="0.12cm")),
    )
    yield STYLE.style(
        named("style", name="Wide", family="table"),
        STYLE("table-properties", named("style", writing_mode=direction, rel_width="100%")),
    )
    indent = named("text", label_followed_by="listtab") | named("fo", text_indent="-0.5cm", margin_left="0.8cm")
    yield TEXT(
        "list-style",
        named("style", name="Points"),
        TEXT(
            "list-level-style-bullet",
            named("text", level="1", bullet_char="\N{BULLET}"),
            STYLE(
                "list-level-properties",
                named("text", list_level_position_and_space_mode="label-alignment"),
                STYLE("list-level-label-alignment", indent),
            ),
        ),
    )


def elements(block: Block, name: str) -> Iterator[_Element]:
    match block.kind:
        case Kind.TITLE:
            yield heading(block.text, "Title", 1)
        case Kind.HEADING:
            yield heading(block.text, "Heading", 2)
        case Kind.POINTS:
            yield listing(block.entries)
        case Kind.STEPS:
            yield from (paragraph(f"{number}. {entry}") for number, entry in enumerate(block.entries, start=1))
        case Kind.BOXES:
            yield from (paragraph(BOX + entry) for entry in block.entries)
        case Kind.TABLE:
            yield table(block.rows, name)
        case Kind.LINES:
            yield from (paragraph(RULE) for _ in range(int(block.text)))
        case Kind.PARAGRAPH:
            yield paragraph(block.text)


def heading(words: str, style: str, level: int) -> _Element:
    return TEXT.h(named("text", style_name=style, outline_level=str(level)), words)


def paragraph(words: str, style: str = "Plain") -> _Element:
    return TEXT.p(named("text", style_name=style), words)


def listing(entries: list[str]) -> _Element:
    return TEXT.list(named("text", style_name="Points"), *(TEXT("list-item", paragraph(entry)) for entry in entries))


def table(rows: list[list[str]], name: str) -> _Element:
    head, *others = rows
    return TABLE.table(
        named("table", name=name, style_name="Wide"),
        TABLE("table-column", named("table", number_columns_repeated=str(len(head)))),
        TABLE("table-header-rows", line(head, "Strong")),
        *(line(row, "Plain") for row in others),
    )


def line(cells: list[str], style: str) -> _Element:
    return TABLE(
        "table-row",
        *(TABLE("table-cell", named("table", style_name="Cell"), paragraph(words, style)) for words in cells),
    )
