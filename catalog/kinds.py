"""The kinds of entries. Page apps register theirs; nothing here knows them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .models import CatalogEntry, EntryQuerySet


NEWEST_FIRST = _("Newest first")


def no_context(request: HttpRequest, entry: "CatalogEntry") -> dict:
    return {}


def newest_first(entries: "EntryQuerySet") -> "EntryQuerySet":
    return entries.newest_first()


@dataclass(frozen=True)
class Kind:
    """What a kind of entry is called, which template shows it, and where it takes part.

    `context` adds what only this kind's page needs; it may query the catalog, never pages.
    `in_footer`: those directly below the home page are linked at the foot of every page.
    `in_order` sorts its entries for a listing, `order_label` names that order, `cards` is the template for a page of
    them.
    `is_resource`: may be downloaded as a whole, carries a licence. `searchable`: found by readers.
    """

    name: str
    label: str | Promise
    plural: str | Promise
    template: str
    searchable: bool = True
    is_resource: bool = False
    in_footer: bool = False
    context: Callable[[HttpRequest, "CatalogEntry"], dict] = no_context
    in_order: Callable[["EntryQuerySet"], "EntryQuerySet"] = newest_first
    order_label: str | Promise = NEWEST_FIRST
    cards: str = "components/cards.html"


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> Kind:
    _kinds[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind:
    """Raises KeyError for a kind that no app registered."""
    return _kinds[name]


@cache
def kind_label(name: str, language: str) -> str:
    """What one of a kind is called. Raises KeyError for a kind that no app registered."""
    with translation.override(language):
        return str(kind_named(name).label)


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def searchable_kinds() -> list[str]:
    return [kind.name for kind in _kinds.values() if kind.searchable]
