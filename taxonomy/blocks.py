"""Concepts in blocks."""

from wagtail import blocks

from .labels import labels
from .models import Concept, Scheme


class ConceptCodeBlock(blocks.ChoiceBlock):
    """The code of a concept of one vocabulary; that of a concept that was merged reads as the one it became."""

    def __init__(self, scheme: Scheme, **options: object) -> None:
        self.scheme = scheme
        super().__init__(choices=self.concepts, **options)

    def concepts(self) -> list[tuple[str, str]]:
        return [(concept.code, concept.label()) for concept in Concept.objects.in_scheme(self.scheme).with_labels()]

    def to_python(self, value: str | None) -> str | None:
        return labels.current_code(self.scheme, value) if value else value
