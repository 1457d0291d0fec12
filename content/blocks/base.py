"""What the blocks of a body have in common."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .shown import SampleShown

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
PREVIEW_TEMPLATE = "content/blocks/preview.html"
WEB_SCHEMES = ("http", "https")


class SiteBlock(blocks.StructBlock):
    """A block with a preview in the admin's chooser and with rules that concern several of its fields."""

    def problems(self, value: blocks.StructValue) -> dict[str, ValidationError]:
        """What is wrong with a value whose fields are right one by one, by the field that the editor should mend."""
        return {}

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if not self.is_deferred_validation and (problems := self.problems(value)):
            raise blocks.StructBlockValidationError(problems)
        return value

    def get_preview_context(self, value: Any, parent_context: dict | None = None) -> dict:
        return {**(parent_context or {}), "shown": SampleShown()}

    class Meta:
        preview_template = PREVIEW_TEMPLATE


class Untranslated:
    """Mixin of a block whose value is the same in every language, so never a segment to translate."""

    def get_translatable_segments(self, value: Any) -> list:
        return []

    def restore_translated_segments(self, value: Any, segments: list) -> Any:
        return value


class CodeBlock(Untranslated, blocks.CharBlock):
    """A short identifier."""


class WebAddressField(forms.URLField):
    default_validators = [URLValidator(schemes=WEB_SCHEMES)]
    default_error_messages = {"invalid": _("Enter a web address that begins with http:// or https://.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, assume_scheme="https")


class WebAddressBlock(Untranslated, blocks.FieldBlock):
    """The address of a page on the web, and of nothing else that a link can do."""

    def __init__(self, required: bool = True, help_text: str | None = None, **options: Any) -> None:
        self.field = WebAddressField(required=required, help_text=help_text, max_length=1000)
        super().__init__(**options)

    class Meta:
        icon = "link-external"
