"""The small site of the catalog's tests, and concepts to put on its pages."""

import pytest

from taxonomy.models import Concept, ConceptLabel

from ..catalog.conftest import name_database_of_atomic_blocks, site  # noqa: F401


def add_concept(code: str, scheme="topic", *, others=(), **labels) -> Concept:
    """`labels` by language; `others` are further English names."""
    concept = Concept.objects.create(scheme=scheme, code=code)
    for language, label in labels.items():
        ConceptLabel.objects.create(concept=concept, language=language, label=label)
    for label in others:
        ConceptLabel.objects.create(concept=concept, language="en", label=label, is_alternative=True)
    return concept


@pytest.fixture
def learning(site):  # noqa: F811
    return Concept.objects.get(code="learning")
