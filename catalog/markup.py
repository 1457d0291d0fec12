"""HTML of an entry that every reader of the edition sees alike: made when it is published rather than when it is read.

The templates are in `templates/readers/fragments`. When one of them changes, `rebuild_catalog` makes it anew.
"""

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from content.languages import own_name

from .kinds import kind_named

if TYPE_CHECKING:
    from .cards import Card
    from .models import CatalogEntry

# `facts`: what is known about it, and its table of contents. `files`: attached ones. `words`: attribution, citation.
FRAGMENTS = ("facts", "files", "words")
KIND_BEGINS, KIND_ENDS = '<p class="card-kind">', "</p>"


def render_markup(entry: "CatalogEntry") -> None:
    """Fill `card` and `markup` from the rest of the entry, in the language that is active."""
    context = {
        "entry": entry,
        "record": entry.record_data,
        "publication": entry.publication,
        "kind": entry.kind_info,
        "language": entry.language,
    }
    entry.card = render_to_string("fragments/card.html", context).strip()
    rendered = {name: render_to_string(f"fragments/{name}.html", context).strip() for name in FRAGMENTS}
    entry.markup = {name: html for name, html in rendered.items() if html}


def card_html(entry: "Card | CatalogEntry", language: str) -> SafeString:
    """The card as readers of `language` see it: in another language it says which that is."""
    card = entry.card
    if entry.language != language and card:
        before, _, rest = card.partition(KIND_BEGINS)
        own, _, after = rest.partition(KIND_ENDS)
        _, dot, more = own.partition(" · ")
        kind = format_html(
            '<p class="card-kind" lang="{}">{}{} · <bdi>{}</bdi></p>',
            language,
            kind_named(entry.kind).label,
            mark_safe(dot + more),
            own_name(entry.language),
        )
        card = f"{before}{kind}{after}"
    return mark_safe(card)
