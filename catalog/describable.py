"""How a page type joins the catalog."""

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from content.publication import Publication

from .record import Record
from .showing import show_page


class Describable(models.Model):
    """Mixin for page types with an entry of their own.

    `to_record()` and `to_publication()` read the page as it is in memory; whoever calls them has
    activated the page's language. They make renditions, and change nothing else.
    A type that is read together with pages below it says so in `has_parts` and names them in `parts`.
    """

    catalog_kind: ClassVar[str]
    has_parts: ClassVar[bool] = False
    parts: Sequence[Page] = ()

    class Meta:
        abstract = True

    def to_record(self) -> Record:
        raise NotImplementedError(f"{type(self).__name__} must say what it is.")

    def to_publication(self) -> Publication:
        raise NotImplementedError(f"{type(self).__name__} must say how it is read.")

    def shown_assets(self) -> tuple[set[int], set[int]]:
        """Ids of the files and of the pictures that the page shows to whoever may read it."""
        raise NotImplementedError(f"{type(self).__name__} must name its files and pictures.")

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Reached only by pages that are not in the catalog: the restricted ones, once Wagtail let the reader in."""
        return show_page(request, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return show_page(request, self)


class Part(models.Model):
    """Mixin for page types that are read inside the entry of the nearest Describable above them."""

    class Meta:
        abstract = True
