"""Blocks that lead to a file or to another work."""

from copy import copy

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Page

from content.languages import own_name
from content.parents import pages_by_id

from .base import SiteBlock
from .shown import shown_in


class PageBlock(blocks.PageChooserBlock):
    """A page, read together with those of the other blocks and with what a form shows of them."""

    def bulk_to_python(self, values: list[int | None]) -> list[Page | None]:
        found = pages_by_id(self.model_class, {value for value in values if value})
        return [copy(found[value]) if value in found else None for value in values]


class FileBlock(SiteBlock):
    file = DocumentChooserBlock(label=_("File"))
    text = blocks.CharBlock(
        label=_("What it is for"),
        required=False,
        max_length=300,
        help_text=_("Empty: the description that the file has itself, in whatever language."),
    )

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        file = shown_in(context).file(value["file"])
        language = dict(settings.LANGUAGES).get(file.language, "") if file else ""
        return {**context, "file": file, "file_language": language}

    class Meta:
        icon = "download"
        label = _("File")
        group = _("Links")
        description = _("A file to download, with its kind, size, language and licence.")
        template = "content/blocks/file.html"

        def preview_value(*args: object) -> dict:
            return {"file": None, "text": ""}


class ResourceBlock(SiteBlock):
    """The card of another work, as readers may see that work when this page is published or the work changes."""

    page = PageBlock(
        label=_("Resource"),
        help_text=_("Any of its languages. Readers see the edition in their own, and no card while it is not public."),
    )

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        if getattr(value["page"].specific_class, "catalog_kind", ""):
            return {}
        message = _("This page has no card of its own. Choose a resource, a piece of news or a page of the site.")
        return {"page": ValidationError(message, code="no_card")}

    def get_context(self, value: blocks.StructValue, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        entry = shown_in(context).work(value["page"])
        language = entry.language if entry else ""
        page_language = get_language()
        is_foreign = bool(language) and language != page_language
        return {
            **context,
            "entry": entry,
            "page_language": page_language,
            "is_foreign": is_foreign,
            "language_name": own_name(language),
            "direction": "rtl" if is_foreign and get_language_info(language)["bidi"] else "ltr",
        }

    class Meta:
        icon = "doc-full"
        label = _("Resource")
        group = _("Links")
        description = _("The card of another resource on this site. It follows what is changed there.")
        template = "content/blocks/resource.html"

        def preview_value(*args: object) -> dict:
            return {"page": None}
