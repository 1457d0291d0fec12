"""Several codes of a fixed list in one field, and the lists that resources use."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class CodesField(models.JSONField):
    """A list of codes, each of them one of `codes`; shown as checkboxes."""

    def __init__(self, *args: object, codes: type[models.TextChoices] | None = None, **kwargs: object) -> None:
        self.codes = codes
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def clone(self) -> models.JSONField:
        _name, _path, args, kwargs = self.deconstruct()
        return models.JSONField(*args, **kwargs)

    def validate(self, value: object, model_instance: models.Model) -> None:
        super().validate(value, model_instance)
        known = set(self.codes.values) if self.codes else set()
        if not isinstance(value, list) or not all(isinstance(code, str) and code in known for code in value):
            raise ValidationError(_("Choose from the list."), code="invalid_choice")

    def formfield(self, **kwargs: object) -> forms.Field:
        choices = self.codes.choices if self.codes else []
        return forms.MultipleChoiceField(
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
        )

    def labels(self, values: list[str]) -> list[str]:
        """In the active language, in the order of the list."""
        return [str(label) for code, label in self.codes.choices if code in values] if self.codes else []


class AccessMode(models.TextChoices):
    """How the content is perceived: schema.org accessMode."""

    TEXTUAL = "textual", _("Reading (text)")
    VISUAL = "visual", _("Seeing (pictures, diagrams, video)")
    AUDITORY = "auditory", _("Hearing (sound, speech)")
    TACTILE = "tactile", _("Touching")


class AccessibilityFeature(models.TextChoices):
    """What helps people to use it: values of schema.org accessibilityFeature."""

    ALTERNATIVE_TEXT = "alternativeText", _("Pictures have alternative texts")
    LONG_DESCRIPTION = "longDescription", _("Diagrams are described in full")
    CAPTIONS = "captions", _("Videos have captions")
    TRANSCRIPT = "transcript", _("Sound and video have a transcript")
    AUDIO_DESCRIPTION = "audioDescription", _("Videos have audio description")
    SIGN_LANGUAGE = "signLanguage", _("There is a version in sign language")
    STRUCTURE = "structuralNavigation", _("Headings and lists are marked up")
    READING_ORDER = "readingOrder", _("The reading order is right")
    EASY_LANGUAGE = "easyToRead", _("It is written in plain or easy language")
    LARGE_PRINT = "largePrint", _("There is a version in large print")
    HIGH_CONTRAST = "highContrastDisplay", _("Colours have a high contrast")
    TAGGED_PDF = "taggedPDF", _("PDF files are tagged")
