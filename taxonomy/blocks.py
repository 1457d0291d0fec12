"""Concepts in blocks."""

from django.utils.translation import get_language
from wagtail import blocks

from .labels import labels
from .models import Scheme


class ConceptCodeBlock(blocks.ChoiceBlock):
    """The code of a concept of one vocabulary; that of a concept that was merged reads as the one it became."""

    def __init__(self, scheme: Scheme, **options: object) -> None:
        self.scheme = scheme
        super().__init__(choices=self.concepts, **options)

    def concepts(self) -> list[tuple[str, str]]:
        return list(labels.in_scheme(self.scheme, get_language() or "en").items())

    def to_python(self, value: str | None) -> str | None:
        return labels.current_code(self.scheme, value) if value else value
