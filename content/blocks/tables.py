"""Tables of plain text."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from .base import SiteBlock


class RowBlock(blocks.StructBlock):
    cells = blocks.ListBlock(blocks.CharBlock(label=_("Cell"), required=False), label=_("Cells"))


class TableBlock(SiteBlock):
    """Rows of plain text cells, so that every cell is a segment that translators see."""

    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)
    has_header = blocks.BooleanBlock(label=_("The first row holds headings"), required=False, default=True)
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"))

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        """Under headings, a row with a cell too few or too many says something of the wrong column."""
        if not value["has_header"] or not value["rows"]:
            return {}
        widths = [len(row["cells"]) for row in value["rows"]]
        errors = {
            index: blocks.StructBlockValidationError({"cells": wrong_width(width, widths[0])})
            for index, width in enumerate(widths)
            if width != widths[0]
        }
        return {"rows": ListBlockValidationError(block_errors=errors)} if errors else {}

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        rows = list(value["rows"])
        header = rows.pop(0) if value["has_header"] and rows else None
        return {**super().get_context(value, parent_context), "header": header, "rows": rows}

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Text")
        description = _("Rows and columns of short texts and figures.")
        template = "content/blocks/table.html"

        def preview_value(*args: object) -> dict:
            cell = _text("Cell")
            rows = [{"cells": [_text("Heading"), _text("Heading")]}, {"cells": [cell, cell]}]
            return {"caption": _text("Table"), "has_header": True, "rows": rows}


def wrong_width(width: int, wanted: int) -> ValidationError:
    message = ngettext(
        "The row of headings has %(wanted)s cell, this row has %(width)s. Give every row the same number.",
        "The row of headings has %(wanted)s cells, this row has %(width)s. Give every row the same number.",
        wanted,
    )
    return ValidationError(message, params={"wanted": wanted, "width": width}, code="ragged")
