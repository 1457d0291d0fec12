"""Organizations in blocks: chosen from the records, or by name where there is no record."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _text
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from content.blocks import Untranslated

from .models import Organization


class OrganizationBlock(Untranslated, SnippetChooserBlock):
    """The record of an organization, the same in every language; its value is None once the record is gone."""

    def __init__(self, **options: object) -> None:
        super().__init__(Organization, **options)


class OrganizationOrNameBlock(blocks.StructBlock):
    """A row that names one or the other; publishing one that names nobody is refused at the field for the name."""

    name_field = "name"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not (cleaned.get("organization") or cleaned.get(self.name_field)):
            message = ValidationError(_text("Choose an organization or write its name."), code="required")
            raise StructBlockValidationError(block_errors={self.name_field: message})
        return cleaned


def with_names(organizations: Iterable[Organization | None]) -> list[Organization]:
    """Those that there are, with their names in all languages, read for all of them together."""
    found = [organization for organization in organizations if organization]
    prefetch_related_objects(found, "other_names")
    return found


def linked(organization: Organization, language: str) -> SafeString:
    """Its name, which leads to its page."""
    return format_html('<a href="{}">{}</a>', organization.path_in(language), organization.name_in(language))
