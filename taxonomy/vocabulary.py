"""Loads the vocabularies that come with the platform; what editors changed stays as it is."""

import json
from pathlib import Path
from typing import Any

from babel import Locale
from django.conf import settings
from django.db import transaction

from .models import Concept, ConceptAlias, ConceptLabel, FundingProgramme, FundingText, License, Scheme

DATA_DIR = Path(__file__).parent / "data"
FILES = {
    Scheme.TOPIC: "topics.json",
    Scheme.TARGET_GROUP: "target_groups.json",
    Scheme.GOAL: "goals.json",
    Scheme.EDUCATION_LEVEL: "education_levels.json",
    Scheme.RESOURCE_TYPE: "resource_types.json",
    Scheme.FIELD: "fields.json",
}
NUTS = "http://data.europa.eu/nuts/code/"
# Territories of CLDR that are regions or private codes rather than ISO 3166-1 countries.
NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "XK", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


@transaction.atomic
def load_vocabulary() -> int:
    """Add missing concepts, labels, licences and funding programmes. Returns how many concepts were added."""
    added = sum(add_concepts(scheme, read(name)) for scheme, name in FILES.items())
    added += add_concepts(Scheme.COUNTRY, countries())
    added += add_concepts(Scheme.REGION, regions())
    add_licenses(read("licenses.json"))
    add_programmes(read("funding_programmes.json"))
    return added


def read(name: str) -> Any:
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


def regions() -> list[dict]:
    """NUTS regions below the countries. Where no name of their own is known in a language, they keep their own name."""
    data = read("regions.json")
    languages = [code for code, _ in settings.LANGUAGES]
    return [
        {
            "code": row["code"],
            "uri": NUTS + row["code"],
            "broader": row["code"][:-1],
            "labels": {language: row.get("exonyms", {}).get(language, row["name"]) for language in languages},
            "reviewed": data["own_languages"][row["code"][:2]],
        }
        for row in data["regions"]
    ]


def add_concepts(scheme: Scheme, rows: list[dict]) -> int:
    """Add the rows whose code is neither there nor that of a concept that was merged into another.

    `broader` is a code of the same scheme or, for the widest regions, of a country. What a row belongs
    to is added before the row; one that belongs to something which is gone stands by itself.
    """
    known = dict(Concept.objects.in_scheme(scheme).values_list("code", "pk"))
    known |= dict(ConceptAlias.objects.filter(scheme=scheme).values_list("code", "concept_id"))
    above = dict(Concept.objects.in_scheme(Scheme.COUNTRY).values_list("code", "pk")) if scheme == Scheme.REGION else {}
    waiting = {row["code"]: (position, row) for position, row in enumerate(rows) if row["code"] not in known}
    added = 0
    while waiting:
        ready = [row for row in waiting.values() if row[1].get("broader") not in waiting]
        new = [
            Concept(
                scheme=scheme,
                code=row["code"],
                uri=row.get("uri") or "",
                position=position,
                broader_id=known.get(row.get("broader")) or above.get(row.get("broader")),
            )
            for position, row in ready
        ]
        Concept.objects.bulk_create(new)
        ConceptLabel.objects.bulk_create(
            [label for concept, (_, row) in zip(new, ready, strict=True) for label in labels_of(concept, row)]
        )
        known |= {concept.code: concept.pk for concept in new}
        waiting = {code: row for code, row in waiting.items() if code not in known}
        added += len(new)
    return added


def labels_of(concept: Concept, row: dict) -> list[ConceptLabel]:
    """Labels translated by the platform's makers, not by the vocabulary's owner, are to be reviewed.

    `reviewed` is true where all labels are the owner's, or lists the languages in which they are.
    """
    reviewed = row.get("reviewed", ["en"])
    preferred = [
        ConceptLabel(
            concept=concept, language=language, label=label, to_review=reviewed is not True and language not in reviewed
        )
        for language, label in row["labels"].items()
    ]
    alternative = [
        ConceptLabel(concept=concept, language=language, label=label, is_alternative=True)
        for language, labels in (row.get("alt_labels") or {}).items()
        for label in labels
    ]
    return preferred + alternative


def add_programmes(rows: list[dict]) -> None:
    """Their texts are our own wording until somebody puts the official one in its place."""
    known = set(FundingProgramme.objects.values_list("code", flat=True))
    new = [row for row in rows if row["code"] not in known]
    programmes = [FundingProgramme(code=row["code"], name=row["name"], url=row["url"]) for row in new]
    FundingProgramme.objects.bulk_create(programmes)
    FundingText.objects.bulk_create(
        [
            FundingText(programme=programme, language=language, to_review=True, **texts)
            for programme, row in zip(programmes, new, strict=True)
            for language, texts in row["texts"].items()
        ]
    )


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
