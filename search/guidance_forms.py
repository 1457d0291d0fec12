"""The forms in which editors tell search something."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.kinds import kind_named
from content.edit_forms import RecordForm

from .analysis import terms_of
from .guidance import EditorsPick
from .guidance_rights import writable_languages

MAX_LINES, MAX_LINE_LENGTH, MAX_WORDS = 20, 80, 6


class GuidanceForm(RecordForm):
    """Offers the languages in which somebody writes."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        languages = writable_languages(self.for_user) if self.for_user else None
        field = self.fields["language"]
        field.choices = [(code, name) for code, name in settings.LANGUAGES if languages is None or code in languages]


class SynonymsForm(GuidanceForm):
    def clean(self) -> dict:
        cleaned = super().clean()
        language = cleaned.get("language")
        if language:
            known: dict[tuple[str, ...], str] = {}
            for name in ("words", "others"):
                if name in cleaned:
                    try:
                        cleaned[name] = checked_lines(cleaned[name], language, known)
                    except ValidationError as error:
                        self.add_error(name, error)
            if "words" in cleaned and not cleaned.get("others") and len(cleaned["words"].splitlines()) < 2:
                self.add_error("words", _("Give at least two words that mean the same, each in a line of its own."))
        return cleaned


def checked_lines(text: str, language: str, known: dict[tuple[str, ...], str]) -> str:
    """The lines in order; adds what they say to `known`. Raises a ValidationError for what search could not use."""
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    if len(lines) > MAX_LINES:
        raise ValidationError(_("Use at most %(limit)s lines.") % {"limit": MAX_LINES})
    for line in lines:
        terms = tuple(terms_of(line, language))
        if not terms:
            raise ValidationError(_("“%(word)s” has neither letters nor digits.") % {"word": line[:MAX_LINE_LENGTH]})
        if len(line) > MAX_LINE_LENGTH or len(terms) > MAX_WORDS:
            message = _("“%(word)s” is too long. Use at most %(limit)s words.")
            raise ValidationError(message % {"word": line[:MAX_LINE_LENGTH], "limit": MAX_WORDS})
        if terms in known:
            message = _("“%(word)s” and “%(other)s” are the same for search. One of them is enough.")
            raise ValidationError(message % {"word": line, "other": known[terms]})
        known[terms] = line
    return "\n".join(lines)


class EditorsPickForm(GuidanceForm):
    def clean(self) -> dict:
        self.check_pages()
        cleaned = super().clean()
        language, words = cleaned.get("language"), cleaned.get("words")
        if language and words:
            terms = frozenset(terms_of(words, language))
            others = EditorsPick.objects.filter(language=language).exclude(pk=self.instance.pk)
            if not terms:
                self.add_error("words", _("“%(word)s” has neither letters nor digits.") % {"word": words})
            for other in others.values_list("words", flat=True):
                if frozenset(terms_of(other, language)) == terms:
                    message = _("There are picks for “%(word)s” already, which is the same for search.")
                    self.add_error("words", message % {"word": other})
        return cleaned

    def check_pages(self) -> None:
        rows = self.formsets["works"]
        rows.is_valid()  # Otherwise their data are not cleaned yet.
        for row in rows.forms:
            page = getattr(row, "cleaned_data", {}).get("page")
            kind = getattr(page and page.specific_class, "catalog_kind", None)
            if page and (kind is None or not kind_named(kind).searchable):
                row.add_error("page", _("Readers do not find this page by searching. Choose a resource."))
