"""Model fields that only events need."""

from django import forms
from django.conf import settings
from django.db import models


class LanguageCodesField(models.JSONField):
    """A list of codes of the site's languages, ticked in a form."""

    def formfield(self, **kwargs: object) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=settings.LANGUAGES,
            required=False,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
