"""Rows that several kinds of resources have, and their way into HTML."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from catalog.privacy import private_ids
from content.blocks import CodeBlock
from content.models import File
from content.money import Currency, money
from taxonomy.labels import labels

from .rendering import render_table


def licenses() -> list[tuple[str, str]]:
    return list(labels.license_names().items())


class PeriodBlock(blocks.StructBlock):
    """Abstract: a row with `start` and `end`, either of which may be missing."""

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if cleaned.get("start") and cleaned.get("end") and cleaned["end"] < cleaned["start"]:
            raise StructBlockValidationError(
                block_errors={"end": ValidationError(_("The end is before the beginning."), code="order")}
            )
        return cleaned


class ChangeBlock(blocks.StructBlock):
    version = CodeBlock(label=_("Version"), max_length=20, help_text=_("For example 1.1"))
    date = blocks.DateBlock(label=_("Date"), required=False)
    text = blocks.TextBlock(label=_("What changed"), max_length=1000)

    class Meta:
        icon = "history"
        label = _("Version")


class SourceBlock(blocks.StructBlock):
    """A work of others that this one is based on: schema.org isBasedOn, with what an attribution must say."""

    title = blocks.CharBlock(label=_("Title"), max_length=255)
    creator = blocks.CharBlock(label=_("Made by"), required=False, max_length=255)
    url = blocks.URLBlock(label=_("Address"), required=False, help_text=_("Where the original can be read."))
    license = blocks.ChoiceBlock(
        choices=licenses, label=_("Licence"), required=False, help_text=_("That of the original.")
    )
    changes = blocks.TextBlock(
        label=_("What was changed"),
        required=False,
        max_length=1000,
        help_text=_("For example: translated, shortened, examples from Sweden added."),
    )

    class Meta:
        icon = "copy"
        label = _("Source")


class LinkBlock(blocks.StructBlock):
    """Something to use: a link, a file, or both."""

    title = blocks.CharBlock(label=_("Name"), max_length=200)
    url = blocks.URLBlock(label=_("Link"), required=False)
    file = DocumentChooserBlock(label=_("File"), required=False)
    text = blocks.CharBlock(label=_("What it is for"), required=False, max_length=300)

    class Meta:
        icon = "link"
        label = _("Link or file")


class CostBlock(blocks.StructBlock):
    item = blocks.CharBlock(label=_("What for"), max_length=200, help_text=_("For example: coordinator, half a post"))
    amount = blocks.DecimalBlock(label=_("Amount"), required=False, min_value=0, max_digits=14, decimal_places=2)
    currency = blocks.ChoiceBlock(label=_("Currency"), choices=Currency.choices, default=Currency.EUR)
    per = blocks.CharBlock(
        label=_("Per what"), required=False, max_length=100, help_text=_("For example: per year, once, per participant")
    )

    class Meta:
        icon = "tag"
        label = _("Cost")


class EndorsementBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Who"), max_length=200)
    role = blocks.CharBlock(label=_("As what"), required=False, max_length=200)
    date = blocks.DateBlock(label=_("Date"), required=False)
    statement = blocks.TextBlock(label=_("What they said"), required=False, max_length=1000)

    class Meta:
        icon = "pick"
        label = _("Endorsement")


def short_date(value: date | None) -> SafeString | str:
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), date_format(value, "DATE_FORMAT"))


def link(url: str, title: str) -> SafeString | str:
    return format_html('<a href="{}">{}</a>', url, title) if url else title


def render_changes(rows: Iterable[blocks.StructValue]) -> str:
    return render_table(
        _text("Versions"),
        [_text("Version"), _text("Date"), _text("What changed")],
        [(row["version"], short_date(row["date"]), row["text"]) for row in rows],
    )


def render_costs(rows: Iterable[blocks.StructValue]) -> str:
    return render_table(
        _text("Costs"),
        [_text("What for"), _text("Amount"), _text("Per what")],
        [(row["item"], money(row["amount"], row["currency"]), row["per"]) for row in rows],
    )


def render_sources(rows: Iterable[blocks.StructValue]) -> str:
    names = dict(licenses()) if rows else {}
    return render_table(
        _text("Based on"),
        [_text("Title"), _text("Made by"), _text("Licence"), _text("What was changed")],
        [
            (link(row["url"], row["title"]), row["creator"], names.get(row["license"], ""), row["changes"])
            for row in rows
        ],
    )


def render_endorsements(rows: Iterable[blocks.StructValue]) -> str:
    return render_table(
        _text("Endorsements"),
        [_text("Who"), _text("As what"), _text("Date"), _text("What they said")],
        [(row["name"], row["role"], short_date(row["date"]), row["statement"]) for row in rows],
    )


def render_links(rows: Iterable[blocks.StructValue]) -> str:
    """A list of links and files, without the files that only some readers may have."""
    rows = list(rows)
    private = private_ids(File, {row["file"].pk for row in rows if row["file"]})
    items = []
    for row in rows:
        file = row["file"] if row["file"] and row["file"].pk not in private else None
        if row["file"] and file is None and not row["url"]:
            continue
        name = link(row["url"], row["title"])
        if file:
            address = reverse("wagtaildocs_serve", args=[file.pk, file.filename])
            extension = file.file_extension.upper()
            download = format_html(
                '<a href="{}" download>{}</a>', address, row["title"] if not row["url"] else extension
            )
            name = format_html("{} ({})", name, download) if row["url"] else format_html("{} ({})", download, extension)
        items.append(format_html("<li>{}{}</li>", name, f": {row['text']}" if row["text"] else ""))
    return f'<ul class="links">{"".join(items)}</ul>' if items else ""
