"""What other systems are told of an entry: JSON-LD and AMB."""

import json
import re

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from catalog.models import EntryPart
from catalog.record import Agent, FileNotice, FundingNotice, LicenseNotice, Source, Term
from catalog.serializers.amb import CannotDescribe, amb
from catalog.serializers.json_ld import json_ld
from catalog.serializers.subjects import OF_FIELD, OF_TOPIC, SUBJECTS, subjects_of
from content.publication import Section
from taxonomy.vocabulary import DATA_DIR

from ..exports.conftest import CC_BY, add_entry, picture_notice, rendition  # noqa: F401

pytestmark = pytest.mark.django_db
HOST = "http://127.0.0.1:8000"
FILE = FileNotice(1, "File", "a b.pdf", "pdf", "/documents/1/a%20b.pdf", 1234, "a" * 64, "en", "", CC_BY)
FUNDING = FundingNotice("erasmus", "Erasmus+", "Thanks.", "Views.", "ERASMI", "2019-1-DE02")
FULL = {
    "agents": (
        Agent("Åsa Öst", identifier="https://orcid.org/0000-0002-1825-0097", is_person=True),
        Agent("Lund", url="not an address"),
        Agent("Translator", role="translator", is_person=True),
    ),
    "publisher": Agent("Harz", role="publisher", path="/en/organizations/harz/"),
    "concepts": {
        "topic": (Term("language-learning", "Language learning"), Term("own", "Own topic", "https://example.org/t/1")),
        "field": (Term("0923", "Social work", "http://data.europa.eu/isced-f/0923"),),
        "goal": (Term("4", "Quality education", "http://metadata.un.org/sdg/4"),),
        "resource_type": (Term("case-study", "Case study"), Term("own-type", "Own", "https://example.org/x")),
        "education_level": (Term("level_C", "Adults", "https://w3id.org/kim/educationalLevel/level_C"),),
        "country": (Term("DE", "Germany"),),
    },
    "files": (FILE,),
    "funding": (FUNDING, FUNDING),
    "based_on": (Source("Old", "Somebody", "https://example.org/old", CC_BY, "Shortened."), Source("Other")),
    "keywords": ("network", "county"),
    "version": "2",
}


@pytest.fixture(scope="session")
def amb_schema(testdata) -> Draft7Validator:
    folder = testdata / "amb" / "20231019" / "schemas"
    if not folder.is_dir():
        pytest.skip("the test data have no AMB schema")
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    registry = Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas)
    main = next(schema for schema in schemas if schema["$id"].endswith("/schema.json"))
    return Draft7Validator(main, registry=registry, format_checker=Draft7Validator.FORMAT_CHECKER)


def errors(schema: Draft7Validator, document: dict) -> list[str]:
    return [f"{list(error.path)}: {error.message}" for error in schema.iter_errors(document)]


@pytest.mark.parametrize("kind", ["blueprint", "toolkit", "plan"])
@pytest.mark.parametrize("language", ["en", "ar", "nb", "uk"])
def test_amb_is_valid_with_everything_and_with_next_to_nothing(add_entry, amb_schema, kind, language):  # noqa: F811
    bare = {"agents": (), "summary": "", "published": "", "modified": ""}
    for fields in (FULL, bare):
        assert errors(amb_schema, amb(add_entry(kind=kind, language=language, **fields))) == []


def test_schema_would_find_a_fault(add_entry, amb_schema):  # noqa: F811
    document = amb(add_entry(**FULL))
    assert errors(amb_schema, {**document, "license": {"id": "https://example.org/"}})
    assert errors(amb_schema, {**document, "about": [{"id": "https://example.org/"}]})


def test_amb_says_what_the_record_says(add_entry, rendition):  # noqa: F811
    entry = add_entry(**FULL, picture=picture_notice(rendition))
    document = amb(entry)
    assert document["id"] == HOST + entry.path
    assert document["@context"][1] == {"@language": "en"}
    assert document["creator"][0] == {
        "type": "Person", "id": "https://orcid.org/0000-0002-1825-0097", "name": "Åsa Öst",
    }  # fmt: skip
    assert document["creator"][1] == {"type": "Organization", "name": "Lund"}
    assert document["publisher"][0]["id"] == f"{HOST}/en/organizations/harz/"
    assert [subject["id"].rpartition("/")[2] for subject in document["about"]][:2] == ["n27", "n07"]
    assert "https://example.org/t/1" in [subject["id"] for subject in document["about"]]
    assert [kind["id"] for kind in document["learningResourceType"]] == ["https://w3id.org/kim/hcrt/case_study"]
    assert document["image"] == HOST + rendition.url
    assert document["encoding"][0]["contentUrl"] == f"{HOST}/documents/1/a%20b.pdf"
    assert document["funder"] == [{"type": "FundingScheme", "name": "Erasmus+"}]
    assert document["isBasedOn"][1] == {"name": "Other"}


def test_kind_stands_in_for_a_type_that_nobody_chose(add_entry):  # noqa: F811
    def types(kind):
        return [item["id"].rpartition("/")[2] for item in amb(add_entry(kind=kind))["learningResourceType"]]

    assert [types(kind) for kind in ("blueprint", "toolkit", "plan")] == [["case_study"], ["course"], ["text"]]


@pytest.mark.parametrize("license", [None, LicenseNotice("own", "https://example.org/terms/", "Own", "Own")])
def test_work_without_a_listed_licence_has_no_amb_and_says_why(add_entry, client, site_tree, license):  # noqa: F811
    entry = add_entry(license=license)
    with pytest.raises(CannotDescribe):
        amb(entry)
    response = client.get(f"/en/amb/{entry.work}.json")
    assert response.status_code == 404
    assert "licence" in response.json()["error"]


def test_amb_is_served_and_linked(add_entry, client, site_tree):  # noqa: F811
    entry = add_entry()
    address = f"/en/amb/{entry.work}.json"
    assert f'<link rel="alternate" type="application/json" title="AMB" href="{address}">' in page_of(client, entry)
    response = client.get(address)
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == amb(entry)


def test_every_topic_of_the_platform_has_a_subject():
    topics = {row["code"] for row in json.loads((DATA_DIR / "topics.json").read_text(encoding="utf-8"))}
    assert topics <= set(OF_TOPIC)
    assert {*OF_TOPIC.values(), *OF_FIELD.values()} <= set(SUBJECTS)
    assert subjects_of([], []) == ["n27"]
    assert subjects_of(["unknown"], ["0421", "isced-f-0612"]) == ["n28", "n4"]


# --- JSON-LD


def page_of(client, entry) -> str:
    response = client.get(entry.path)
    assert response.status_code == 200
    return response.content.decode()


def data_of(page: str) -> dict:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(text)


def test_page_of_a_resource_describes_it(add_entry, client, site_tree):  # noqa: F811
    entry = add_entry(**FULL)
    swedish = add_entry(language="sv", work=entry.work)
    data = data_of(page_of(client, entry))
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "LearningResource"
    assert data["@id"] == data["url"] == HOST + entry.path
    assert data["inLanguage"] == "en"
    assert data["license"] == CC_BY.uri
    assert data["workTranslation"] == [{"@type": "LearningResource", "@id": HOST + swedish.path, "inLanguage": "sv"}]
    assert data["about"][0] == {
        "@type": "DefinedTerm", "name": "Language learning", "termCode": "language-learning",
    }  # fmt: skip
    assert data["author"][0]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert data["translator"] == [{"@type": "Person", "name": "Translator"}]
    assert data["funder"] == [{"@type": "Organization", "name": "Erasmus+"}]
    assert data["funding"][0]["identifier"] == "2019-1-DE02"
    assert data["isBasedOn"][0]["@id"] == "https://example.org/old"
    assert data["isPartOf"]["@type"] == "WebSite"
    assert data["encoding"][0]["sha256"] == "a" * 64


HOSTILE = '</script><script>alert(1)</script><!-- <script> & \u2028 "'


def test_no_text_ends_the_script_element(add_entry, client, site_tree):  # noqa: F811
    entry = add_entry(HOSTILE, summary=HOSTILE, agents=(Agent(HOSTILE),), keywords=(HOSTILE,))
    page = page_of(client, entry)
    assert "<script>alert" not in page
    assert data_of(page)["name"] == HOSTILE


@pytest.mark.parametrize(
    ("kind", "expected"), [("news", "NewsArticle"), ("page", "WebPage"), ("toolkit", "LearningResource")]
)
def test_kinds_are_what_they_are_called_elsewhere(add_entry, kind, expected):  # noqa: F811
    assert json_ld(add_entry(kind=kind))["@type"] == expected


EVENT = {"start": "2021-10-15T09:00:00+03:00", "end": "2021-10-15T16:00:00+03:00", "mode": "hybrid", "venue": "Centre"}


@pytest.mark.parametrize(
    ("kind", "extra", "expected"),
    [
        ("event", EVENT, {"@type": "Event", "startDate": EVENT["start"],
                          "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
                          "location": {"@type": "Place", "name": "Centre"}}),
        ("event", {"start": None, "mode": 3}, {"@type": "Event"}),
        ("project", {"acronym": "ERASMI", "start": "2019-09-01"}, {"@type": "ResearchProject", "alternateName": "ERASMI"}),
        ("organization", {"website": "https://example.org/"}, {"@type": "Organization", "sameAs": ["https://example.org/"]}),
    ],
)  # fmt: skip
def test_events_projects_and_organizations_are_described(add_entry, kind, extra, expected):  # noqa: F811
    data = json_ld(add_entry(kind=kind, extra=extra))
    assert {name: data.get(name) for name in expected} == expected
    json.dumps(data)


def test_unit_says_which_toolkit_it_is_part_of(add_entry, client, site_tree):  # noqa: F811
    path = "/en/kit/unit/"
    entry = add_entry(kind="toolkit", sections=(Section("u", "Unit", "<p>x</p>", depth=2, level=3, path=path),))
    EntryPart.objects.create(entry=entry, path=path, anchor="u")
    data = data_of(client.get(path).content.decode())
    assert data["@id"] == HOST + path
    assert data["isPartOf"] == {"@type": "LearningResource", "@id": HOST + entry.path, "name": entry.title}
    assert data_of(page_of(client, entry))["hasPart"] == [
        {"@type": "LearningResource", "@id": HOST + path, "name": "Unit"}
    ]
