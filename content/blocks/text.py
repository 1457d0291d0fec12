"""Blocks that consist of words."""

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import PREVIEW_TEMPLATE, TEXT_FEATURES, SiteBlock


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **options: object) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **options})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        description = _("Paragraphs and lists, with links to pages and files.")
        template = "content/blocks/paragraph.html"
        preview_template = PREVIEW_TEMPLATE

        def preview_value(*args: object) -> str:
            return f"<p>{_text('Paragraphs and lists, with links to pages and files.')}</p>"


class HeadingBlock(SiteBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("2", _("Section")), ("3", _("Subsection"))], default="2")

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        """A subsection before the first section would leave a level out: it is shown as a section."""
        context = super().get_context(value, parent_context)
        level = "2" if context.get("is_before_sections") else value["level"]
        return {**context, "level": level}

    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")
        description = _("Begins a section, which gets an entry in the page's contents, or a subsection.")
        template = "content/blocks/heading.html"

        def preview_value(*args: object) -> dict:
            return {"text": _text("Heading"), "level": "2"}


class QuotationBlock(SiteBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who said it, or where"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        group = _("Text")
        description = _("The words of somebody else, with their name.")
        template = "content/blocks/quotation.html"

        def preview_value(*args: object) -> dict:
            return {"text": _text("The words of somebody else, with their name."), "source": _text("Name")}


class CalloutBlock(SiteBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Note")
        group = _("Text")
        description = _("What must not be overlooked. One or two on a page; with more, nobody sees them.")
        template = "content/blocks/callout.html"

        def preview_value(*args: object) -> dict:
            return {"title": _text("Note"), "text": f"<p>{_text('What must not be overlooked.')}</p>"}


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)


class AccordionBlock(SiteBlock):
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Accordion")
        group = _("Text")
        description = _("Titles that open a text, for what only some readers need, such as questions and answers.")
        template = "content/blocks/accordion.html"

        def preview_value(*args: object) -> dict:
            item = {"title": _text("Title"), "text": f"<p>{_text('Text')}</p>"}
            return {"items": [item, item]}
