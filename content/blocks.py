"""The blocks of a body: few, each with one purpose, each rendered by a template of its own."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("2", _("Section")), ("3", _("Subsection"))], default="2")

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "content/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt_text = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=300,
        help_text=_("What the picture shows, for people who cannot see it. Empty only for decoration."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "content/blocks/picture.html"


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who said it, or where"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "content/blocks/quotation.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Note")
        template = "content/blocks/callout.html"


class RowBlock(blocks.StructBlock):
    cells = blocks.ListBlock(blocks.CharBlock(label=_("Cell"), required=False), label=_("Cells"))


class TableBlock(blocks.StructBlock):
    """Rows of plain text cells, so that every cell is a segment that translators see."""

    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    has_header = blocks.BooleanBlock(label=_("The first row holds headings"), required=False, default=True)
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"))

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        rows = list(value["rows"])
        header = rows.pop(0) if value["has_header"] and rows else None
        return {**super().get_context(value, parent_context), "header": header, "rows": rows}

    class Meta:
        icon = "table"
        label = _("Table")
        template = "content/blocks/table.html"


class BodyBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=TEXT_FEATURES, template="content/blocks/paragraph.html"
    )
    heading = HeadingBlock()
    picture = PictureBlock()
    quotation = QuotationBlock()
    callout = CalloutBlock()
    table = TableBlock()

    class Meta:
        required = False


class CodeBlock(blocks.CharBlock):
    """A short identifier that is the same in every language, so never a segment to translate."""

    def get_translatable_segments(self, value: str) -> list:
        return []

    def restore_translated_segments(self, value: str, segments: list) -> str:
        return value
