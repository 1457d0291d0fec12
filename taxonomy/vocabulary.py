"""Loads the vocabularies that come with the platform; what editors changed stays as it is."""

import json
from pathlib import Path

from babel import Locale
from django.conf import settings
from django.db import transaction

from .models import Concept, ConceptLabel, License, Scheme

DATA_DIR = Path(__file__).parent / "data"
FILES = {
    Scheme.TOPIC: "topics.json",
    Scheme.TARGET_GROUP: "target_groups.json",
    Scheme.GOAL: "goals.json",
}
# Territories of CLDR that are regions or private codes rather than ISO 3166-1 countries.
NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "XK", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


@transaction.atomic
def load_vocabulary() -> int:
    """Add missing concepts, labels and licences. Returns how many concepts were added."""
    added = sum(add_concepts(scheme, read(name)) for scheme, name in FILES.items())
    added += add_concepts(Scheme.COUNTRY, countries())
    add_licenses(read("licenses.json"))
    return added


def read(name: str) -> list[dict]:
    return json.loads((DATA_DIR / name).read_text(encoding="utf-8"))


def countries() -> list[dict]:
    """The countries of ISO 3166-1 with CLDR's names in every language of the site."""
    languages = [code for code, _ in settings.LANGUAGES]
    names = {language: Locale.parse(language).territories for language in languages}
    codes = sorted(code for code in names["en"] if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES)
    return [
        {
            "code": code,
            "uri": "",
            "labels": {language: names[language][code] for language in languages if code in names[language]},
            "reviewed": True,
        }
        for code in codes
    ]


def add_concepts(scheme: Scheme, rows: list[dict]) -> int:
    known = set(Concept.objects.in_scheme(scheme).values_list("code", flat=True))
    new = [
        Concept(scheme=scheme, code=row["code"], uri=row.get("uri") or "", position=position)
        for position, row in enumerate(rows)
        if row["code"] not in known
    ]
    Concept.objects.bulk_create(new)
    concepts = {concept.code: concept for concept in new}
    ConceptLabel.objects.bulk_create(
        label for row in rows if row["code"] in concepts for label in labels_of(concepts[row["code"]], row)
    )
    return len(new)


def labels_of(concept: Concept, row: dict) -> list[ConceptLabel]:
    """Labels translated by the platform's makers, not by the vocabulary's owner, are to be reviewed."""
    reviewed = row.get("reviewed", False)
    preferred = [
        ConceptLabel(concept=concept, language=language, label=label, to_review=not reviewed and language != "en")
        for language, label in row["labels"].items()
    ]
    alternative = [
        ConceptLabel(concept=concept, language=language, label=label, is_alternative=True)
        for language, labels in (row.get("alt_labels") or {}).items()
        for label in labels
    ]
    return preferred + alternative


def add_licenses(rows: list[dict]) -> None:
    known = set(License.objects.values_list("code", flat=True))
    License.objects.bulk_create(
        License(
            code=row["code"],
            uri=row["uri"],
            short=row["short"],
            conditions=row["conditions"],
            names=row["labels"],
            position=position,
        )
        for position, row in enumerate(rows)
        if row["code"] not in known
    )
