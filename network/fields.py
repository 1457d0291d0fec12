"""Fields that take what people paste, and say at once what is wrong with it."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.db import models
from django.forms import Field

from taxonomy.fields import ConceptFormField

from .identifiers import bare_orcid, bare_ror, check_orcid, check_pic, check_ror

LONGEST_TYPED = 100


class IdentifierField(models.CharField):
    """Keeps the identifier alone, although a form takes its whole address."""

    bare: Callable[[str], str] = staticmethod(str.strip)

    def to_python(self, value: object) -> str | None:
        text = super().to_python(value)
        return self.bare(text) if text else text

    def formfield(self, **kwargs: object) -> Field:
        return super().formfield(**{"max_length": LONGEST_TYPED, **kwargs})


class RorField(IdentifierField):
    bare = staticmethod(bare_ror)
    default_validators = [check_ror]


class OrcidField(IdentifierField):
    bare = staticmethod(bare_orcid)
    default_validators = [check_orcid]


class PicField(IdentifierField):
    default_validators = [check_pic]


class LanguagesField(models.JSONField):
    """A list of codes of the site's languages, chosen by ticking them."""

    def formfield(self, **kwargs: object) -> Field:
        return forms.MultipleChoiceField(
            choices=settings.LANGUAGES,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )


class ConceptKey(models.ForeignKey):
    """In forms, a list of the concepts of its vocabulary, read at once; to migrations, an ordinary foreign key.

    Wagtail would let people choose among the concepts of all vocabularies.
    """

    def formfield(self, **kwargs: object) -> Field:
        return super().formfield(**{**kwargs, "form_class": ConceptFormField, "widget": forms.Select})

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs
