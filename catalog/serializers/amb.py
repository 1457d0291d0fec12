"""AMB (Allgemeines Metadatenprofil für Bildungsressourcen, 2023-10-19), which German OER catalogues harvest."""

import re

from content.uploads import content_type_of

from ..models import CatalogEntry
from ..record import Agent, FileNotice, LicenseNotice, Record, Source
from .addresses import absolute, address_of_agent, is_uri, without_empty
from .subjects import SCHEME, SUBJECTS, subjects_of

CONTEXT = "https://w3id.org/kim/amb/context.jsonld"
HCRT = "https://w3id.org/kim/hcrt/"
TYPES_OF_KIND = {"blueprint": "case_study", "toolkit": "course", "plan": "text"}
# Codes of our own vocabulary that are called otherwise there; those that are the same need no line.
TYPES_OF_CODE = {
    "case-study": "case_study", "lesson-plan": "lesson_plan", "web-page": "web_page", "exercise": "drill_and_practice",
    "presentation": "slide", "guide": "textbook", "handbook": "textbook", "game": "educational_game",
}  # fmt: skip
HCRT_NAMES = {
    "application", "assessment", "audio", "case_study", "course", "data", "diagram", "drill_and_practice",
    "educational_game", "experiment", "image", "index", "lesson_plan", "map", "portal", "questionnaire", "script",
    "sheet_music", "simulation", "slide", "text", "textbook", "video", "web_page", "worksheet", "other",
}  # fmt: skip
LICENSES = re.compile(
    r"https?://(creativecommons\.org/(licenses|licences|publicdomain)/|www\.gnu\.org/licenses/|"
    r"www\.apache\.org/licenses/|opensource\.org/licenses/MIT|www\.opensource\.org/licenses/BSD)"
)
SHA256 = re.compile(r"[0-9A-Fa-f]{64}")


class CannotDescribe(ValueError):
    """The work lacks something that the format demands; the message says what."""


def amb(entry: CatalogEntry) -> dict:
    """Raises CannotDescribe."""
    record = entry.record
    if record.license is None:
        raise CannotDescribe("The work carries no licence.")
    if not LICENSES.match(record.license.uri):
        raise CannotDescribe(f"The AMB does not know the licence {record.license.uri}.")
    address = absolute(record.path)
    return without_empty(
        {
            "@context": [CONTEXT, {"@language": record.language}],
            "id": address,
            "type": ["LearningResource", "Course"] if record.kind == "toolkit" else ["LearningResource"],
            "name": record.title,
            "description": record.summary,
            "creator": [agent_json(agent) for agent in record.agents if agent.role == "author"],
            "contributor": [agent_json(agent) for agent in record.agents if agent.role != "author"],
            "publisher": [agent_json(record.publisher)] if record.publisher else [],
            "about": about(record),
            "keywords": list(record.keywords),
            "learningResourceType": resource_types(record),
            "license": {"id": record.license.uri},
            "inLanguage": [record.language],
            "datePublished": record.published[:10],
            "dateModified": record.modified[:10],
            "image": absolute(record.picture.src) if record.picture else "",
            "isBasedOn": [source_json(source) for source in record.based_on],
            "funder": [
                {"type": "FundingScheme", "name": name}
                for name in dict.fromkeys(n.programme for n in record.funding)
                if name
            ],
            "educationalLevel": concepts(record, "education_level", "https://w3id.org/kim/educationalLevel/"),
            "isAccessibleForFree": True,
            "conditionsOfAccess": {"id": "http://w3id.org/kim/conditionsOfAccess/no_login", "type": "Concept"},
            "encoding": [file_json(file) for file in record.files],
            "hasPart": [
                {"id": absolute(part.path), "type": ["LearningResource"], "name": part.title}
                for part in entry.publication.sections
                if part.path
            ],
            "mainEntityOfPage": [{"id": address, "type": "WebContent"}],
        }
    )


def agent_json(agent: Agent) -> dict:
    kind = "Person" if agent.is_person else "Organization"
    return without_empty({"type": kind, "id": address_of_agent(agent), "name": agent.name})


def about(record: Record) -> list[dict]:
    """Subjects of the German list first, then our own concepts as far as they have addresses."""
    codes = {scheme: [term.code for term in record.concepts.get(scheme, ())] for scheme in ("topic", "field")}
    subjects = [
        {"id": SCHEME + code, "type": "Concept", "prefLabel": {"de": SUBJECTS[code]}}
        for code in subjects_of(codes["topic"], codes["field"])
    ]
    return [*subjects, *concepts(record, "field"), *concepts(record, "topic"), *concepts(record, "goal")]


def concepts(record: Record, scheme: str, prefix: str = "http") -> list[dict]:
    return [
        {"id": term.uri, "type": "Concept", "prefLabel": {record.language: term.label}}
        for term in record.concepts.get(scheme, ())
        if is_uri(term.uri) and term.uri.startswith(prefix)
    ]


def resource_types(record: Record) -> list[dict]:
    """What the editors chose, by address or code; without a choice, what the kind is mostly."""
    found = []
    for term in record.concepts.get("resource_type", ()):
        name = TYPES_OF_CODE.get(term.code, term.code.replace("-", "_"))
        if term.uri.startswith(HCRT):
            found.append(term.uri)
        elif name in HCRT_NAMES:
            found.append(HCRT + name)
    found = found or [HCRT + TYPES_OF_KIND.get(record.kind, "text")]
    return [{"id": uri, "type": "Concept"} for uri in dict.fromkeys(found)]


def source_json(source: Source) -> dict:
    return without_empty(
        {
            "id": source.url if is_uri(source.url) else "",
            "name": source.title,
            "creator": [{"type": "Organization", "name": source.creator}] if source.creator else [],
            "license": license_json(source.license),
        }
    )


def license_json(license: LicenseNotice | None) -> dict:
    return {"id": license.uri} if license and LICENSES.match(license.uri) else {}


def file_json(file: FileNotice) -> dict:
    return without_empty(
        {
            "type": "MediaObject",
            "contentUrl": absolute(file.url),
            "encodingFormat": content_type_of(file.extension).partition(";")[0],
            "contentSize": str(file.size),
            "sha256": file.sha256 if SHA256.fullmatch(file.sha256) else "",
        }
    )
