"""The vocabularies that come with the platform, against their owners' rules."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taxonomy.models import Concept, ConceptLabel, FundingProgramme, License, Scheme
from taxonomy.vocabulary import NUTS, add_concepts, load_vocabulary

pytestmark = pytest.mark.django_db
LANGUAGES = {code for code, _ in settings.LANGUAGES}


def loaded(scheme: Scheme) -> dict[str, Concept]:
    load_vocabulary()
    return {concept.code: concept for concept in Concept.objects.in_scheme(scheme).select_related("broader")}


@pytest.mark.parametrize("scheme", Scheme)
def test_every_concept_has_one_label_in_every_language(scheme):
    loaded(scheme)
    labels: dict[str, list[str]] = {}
    rows = ConceptLabel.objects.filter(concept__scheme=scheme, is_alternative=False)
    for code, language, label in rows.values_list("concept__code", "language", "label"):
        assert label == label.strip() != ""
        labels.setdefault(code, []).append(language)
    assert labels
    assert [code for code, languages in labels.items() if sorted(languages) != sorted(LANGUAGES)] == []


def test_there_are_seventeen_goals_with_their_official_addresses():
    goals = loaded(Scheme.GOAL)
    assert {code: goal.uri for code, goal in goals.items()} == {
        str(number): f"http://metadata.un.org/sdg/{number}" for number in range(1, 18)
    }


def test_there_are_fourteen_licences_with_versioned_addresses():
    load_vocabulary()
    kinds = ("by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd")
    expected = {
        f"CC-{kind.upper()}-{version}": f"https://creativecommons.org/licenses/{kind}/{version}/"
        for version in ("4.0", "3.0")
        for kind in kinds
    }
    expected["CC0-1.0"] = "https://creativecommons.org/publicdomain/zero/1.0/"
    expected["CC-PDM-1.0"] = "https://creativecommons.org/publicdomain/mark/1.0/"
    assert dict(License.objects.values_list("code", "uri")) == expected
    for license in License.objects.all():
        assert set(license.names) == LANGUAGES
        conditions = {"attribution": "BY", "share-alike": "SA", "non-commercial": "NC", "no-derivatives": "ND"}
        assert set(license.conditions) == {
            name for name, part in conditions.items() if part in license.code.split("-")
        }, license.code


def test_resource_types_are_those_of_the_owner(testdata):
    text = (testdata / "hcrt" / "hcrt.ttl").read_text(encoding="utf-8")
    official = {
        code: {language: label.strip() for label, language in re.findall(r'"([^"]*)"@(\w+)', labels)}
        for code, labels in re.findall(r"<(\w+)> a skos:Concept ?;.*?skos:prefLabel (.*?) [;.]\s*\n", text, re.DOTALL)
    }
    types = loaded(Scheme.RESOURCE_TYPE)
    assert set(types) == set(official)
    for code, concept in types.items():
        assert concept.uri == f"https://w3id.org/kim/hcrt/{code}"
        for row in concept.labels.filter(is_alternative=False):
            assert row.to_review is (row.language not in official[code]), (code, row.language)
            if not row.to_review:
                assert row.label == official[code][row.language]


def test_fields_of_education_follow_isced_f():
    fields = loaded(Scheme.FIELD)
    broad = {code for code in fields if len(code) == 2}
    assert broad == {f"{number:02}" for number in range(11)}
    assert len(fields) - len(broad) == 29
    for code, concept in fields.items():
        assert re.fullmatch(r"(0\d|10)\d?", code)
        assert concept.uri == f"http://data.europa.eu/esco/isced-f/{code}"
        assert (concept.broader.code if concept.broader else "") == (code[:2] if len(code) == 3 else "")


def test_levels_of_education_are_those_of_isced_and_its_german_list():
    levels = loaded(Scheme.EDUCATION_LEVEL)
    assert {str(number) for number in range(9)} <= set(levels)
    for code, concept in levels.items():
        assert code == "adult-education" or re.fullmatch(
            r"https://w3id\.org/kim/educationalLevel/level_(\d|0\d|A|C)", concept.uri
        ), code
    assert {code for code, level in levels.items() if level.broader} == {"6", "7", "8"}


def test_regions_lead_up_to_their_country():
    regions = loaded(Scheme.REGION)
    by_id = {concept.pk: concept for concept in Concept.objects.all()}
    assert {code[:2] for code in regions} == {"DE", "SE", "IT", "TR", "FI", "NO", "IE", "CY", "BE", "DK"}
    for code, concept in regions.items():
        assert re.fullmatch(r"[A-Z]{2}[0-9A-Z]{1,3}", code)
        assert concept.uri == NUTS + code
        above = by_id[concept.broader_id]
        assert above.code == code[:-1]
        assert above.scheme == (Scheme.COUNTRY if len(code) == 3 else Scheme.REGION)
    harz = regions["DEE09"]
    assert harz.label("de") == "Harz"
    assert harz.broader.label("en") == "Saxony-Anhalt"


def test_loading_again_changes_nothing_that_editors_did():
    goals = loaded(Scheme.GOAL)
    label = goals["1"].labels.get(language="en")
    label.label, label.to_review = "No poverty at all", False
    label.save()
    field = Concept.objects.get(scheme="field", code="011")
    Concept.objects.filter(pk=field.pk).update(broader=None, uri="https://example.org/")
    programme = FundingProgramme.objects.get(code="amif")
    programme.texts.filter(language="en").update(acknowledgement="The official words.", to_review=False)
    before = ConceptLabel.objects.count()
    assert load_vocabulary() == 0
    assert ConceptLabel.objects.count() == before
    assert goals["1"].labels.get(language="en").label == "No poverty at all"
    field.refresh_from_db()
    assert (field.broader, field.uri) == (None, "https://example.org/")
    assert programme.texts_in("en").acknowledgement == "The official words."


def test_loading_takes_few_queries():
    with CaptureQueriesContext(connection) as queries:
        load_vocabulary()
    # SQLite takes a limited number of values at once, so the labels need several statements.
    assert len(queries) < 150


def test_what_belongs_to_something_is_added_after_it():
    rows = [{"code": "b", "broader": "a", "labels": {"en": "B"}}, {"code": "a", "labels": {"en": "A"}}]
    assert add_concepts(Scheme.FIELD, rows) == 2
    assert Concept.objects.get(code="b").broader.code == "a"


def test_concept_that_was_merged_is_not_loaded_again():
    from taxonomy.merging import merge_concepts

    fields = loaded(Scheme.FIELD)
    merge_concepts(fields["02"], fields["03"])
    assert load_vocabulary() == 0
    assert not Concept.objects.filter(scheme="field", code="02").exists()
    assert Concept.objects.get(scheme="field", code="021").broader == fields["03"]
