"""schema.org in JSON-LD, for the head of an entry's page."""

import json
from collections.abc import Callable, Iterable

from django.utils.safestring import SafeString, mark_safe

from content.models import SiteIdentity
from content.publication import Section
from content.uploads import content_type_of

from ..models import CatalogEntry
from ..record import Agent, FileNotice, FundingNotice, Record, Source, Term
from .addresses import absolute, address_of_agent, is_uri, without_empty, work_urn

CONTEXT = "https://schema.org"
# Characters that would end the script element or, in old browsers, a line of a script.
ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
ATTENDANCE = {
    "on_site": "https://schema.org/OfflineEventAttendanceMode",
    "online": "https://schema.org/OnlineEventAttendanceMode",
    "hybrid": "https://schema.org/MixedEventAttendanceMode",
}
EVENT_STATUS = {
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
}


def json_ld(entry: CatalogEntry, editions: Iterable[tuple[str, str]] = ()) -> dict:
    """The entry; `editions` are the languages and absolute addresses of all of them, this one included."""
    shape = SHAPES.get(entry.kind) or (learning_resource if entry.kind_info.is_resource else web_page)
    return {"@context": CONTEXT, **without_empty(shape(entry, [*editions]))}


def json_ld_of_part(entry: CatalogEntry, part: Section, editions: Iterable[tuple[str, str]] = ()) -> dict:
    """A module or unit, which has an address of its own inside its toolkit."""
    record, address = entry.record, absolute(part.path)
    return {
        "@context": CONTEXT,
        **without_empty(
            {
                "@type": "LearningResource",
                "@id": address,
                "url": address,
                "name": part.title,
                "inLanguage": record.language,
                "license": record.license.uri if record.license else "",
                "isPartOf": {"@type": "LearningResource", "@id": absolute(record.path), "name": record.title},
                "workTranslation": translations("LearningResource", record.language, [*editions]),
                "isAccessibleForFree": True,
            }
        ),
    }


def script_text(entry: CatalogEntry, part: Section | None, editions: Iterable[tuple[str, str]]) -> SafeString:
    """The content of a `<script type="application/ld+json">`; no text of a page can end that element."""
    data = json_ld_of_part(entry, part, editions) if part else json_ld(entry, editions)
    return mark_safe(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES))


def described(kind: str, entry: CatalogEntry, editions: list[tuple[str, str]]) -> dict:
    """What every thing has."""
    record, address = entry.record, absolute(entry.path)
    return {
        "@type": kind,
        "@id": address,
        "url": address,
        "identifier": work_urn(entry.work),
        "name": record.title,
        "description": record.summary,
        "image": absolute(record.picture.src) if record.picture else "",
    }


def creative_work(kind: str, entry: CatalogEntry, editions: list[tuple[str, str]]) -> dict:
    record = entry.record
    return {
        **described(kind, entry, editions),
        "inLanguage": record.language,
        "workTranslation": translations(kind, record.language, editions),
        "datePublished": record.published,
        "dateModified": record.modified,
        "author": agents(record.agents, "author"),
        "editor": agents(record.agents, "editor"),
        "translator": agents(record.agents, "translator"),
        "contributor": [agent_json(a) for a in record.agents if a.role not in ("author", "editor", "translator")],
        "publisher": agent_json(record.publisher) if record.publisher else None,
        "license": record.license.uri if record.license else "",
        "about": [*terms(record, "topic"), *terms(record, "field"), *terms(record, "goal")],
        "keywords": list(record.keywords),
        "spatialCoverage": [{"@type": "Place", "name": term.label} for term in places(record)],
        "audience": [{"@type": "Audience", "audienceType": t.label} for t in record.concepts.get("target_group", ())],
        "funder": funders(record.funding),
        "funding": [grant(notice) for notice in record.funding if notice.number or notice.project],
        "isBasedOn": [source_json(source) for source in record.based_on],
        "isPartOf": {"@type": "WebSite", "name": SiteIdentity.current().name, "url": absolute("/")},
        "isAccessibleForFree": True,
    }


def learning_resource(entry: CatalogEntry, editions: list[tuple[str, str]]) -> dict:
    record = entry.record
    return {
        **creative_work("LearningResource", entry, editions),
        "version": record.version,
        "learningResourceType": [t.label for t in record.concepts.get("resource_type", ())]
        or str(entry.kind_info.label),
        "educationalLevel": [t.label for t in record.concepts.get("education_level", ())],
        "hasPart": [
            {"@type": "LearningResource", "@id": absolute(part.path), "name": part.title}
            for part in entry.publication.sections
            if part.path
        ],
        "encoding": [file_json(file) for file in record.files],
    }


def news_article(entry: CatalogEntry, editions: list[tuple[str, str]]) -> dict:
    return {**creative_work("NewsArticle", entry, editions), "headline": entry.title[:110]}


def web_page(entry: CatalogEntry, editions: list[tuple[str, str]]) -> dict:
    return creative_work("WebPage", entry, editions)


def event(entry: CatalogEntry, editions: list[tuple[str, str]]) -> dict:
    """Reads `start`, `end`, `mode`, `status`, `venue` and `address` of the record's extra facts, where they are."""
    record, extra = entry.record, entry.record.extra
    place = {"@type": "Place", "name": text(extra, "venue"), "address": text(extra, "address")}
    return {
        **described("Event", entry, editions),
        "inLanguage": record.language,
        "startDate": text(extra, "start"),
        "endDate": text(extra, "end"),
        "eventAttendanceMode": ATTENDANCE.get(text(extra, "mode"), ""),
        "eventStatus": EVENT_STATUS.get(text(extra, "status"), "https://schema.org/EventScheduled"),
        "location": without_empty(place) if place["name"] or place["address"] else None,
        "organizer": agent_json(record.publisher) if record.publisher else None,
        "about": terms(record, "topic"),
        "funder": funders(record.funding),
        "isAccessibleForFree": True,
    }


def project(entry: CatalogEntry, editions: list[tuple[str, str]]) -> dict:
    """Reads `acronym`, `start`, `end` and `website` of the record's extra facts, where they are."""
    record, extra = entry.record, entry.record.extra
    return {
        **described("ResearchProject", entry, editions),
        "alternateName": text(extra, "acronym"),
        "foundingDate": text(extra, "start"),
        "dissolutionDate": text(extra, "end"),
        "sameAs": text(extra, "website"),
        "member": [agent_json(agent) for agent in record.agents],
        "parentOrganization": agent_json(record.publisher) if record.publisher else None,
        "knowsAbout": [term.label for term in record.concepts.get("topic", ())],
        "funder": funders(record.funding),
        "funding": [grant(notice) for notice in record.funding if notice.number or notice.project],
    }


def organization(entry: CatalogEntry, editions: list[tuple[str, str]]) -> dict:
    """Reads `website` and `identifier` (ROR) of the record's extra facts, where they are."""
    extra = entry.record.extra
    return {
        **described("Organization", entry, editions),
        "sameAs": [address for address in (text(extra, "website"), text(extra, "identifier")) if is_uri(address)],
        "knowsAbout": [term.label for term in entry.record.concepts.get("topic", ())],
    }


SHAPES: dict[str, Callable[[CatalogEntry, list[tuple[str, str]]], dict]] = {
    "news": news_article,
    "event": event,
    "project": project,
    "organization": organization,
}


def text(extra: dict, name: str) -> str:
    value = extra.get(name)
    return value if isinstance(value, str) else ""


def translations(kind: str, language: str, editions: list[tuple[str, str]]) -> list[dict]:
    return [{"@type": kind, "@id": url, "inLanguage": code} for code, url in editions if code != language]


def agents(people: tuple[Agent, ...], role: str) -> list[dict]:
    return [agent_json(agent) for agent in people if agent.role == role]


def agent_json(agent: Agent) -> dict:
    kind = "Person" if agent.is_person else "Organization"
    address = address_of_agent(agent)
    url = absolute(agent.path) or agent.url
    return without_empty({"@type": kind, "@id": address, "name": agent.name, "url": url if is_uri(url) else ""})


def terms(record: Record, scheme: str) -> list[dict]:
    return [defined_term(term) for term in record.concepts.get(scheme, ())]


def defined_term(term: Term) -> dict:
    return without_empty({"@type": "DefinedTerm", "@id": term.uri, "name": term.label, "termCode": term.code})


def places(record: Record) -> list[Term]:
    return [*record.concepts.get("country", ()), *record.concepts.get("region", ())]


def funders(notices: tuple[FundingNotice, ...]) -> list[dict]:
    names = dict.fromkeys(notice.programme for notice in notices)
    return [{"@type": "Organization", "name": name} for name in names if name]


def grant(notice: FundingNotice) -> dict:
    funder = {"@type": "Organization", "name": notice.programme} if notice.programme else None
    return without_empty({"@type": "Grant", "name": notice.project, "identifier": notice.number, "funder": funder})


def source_json(source: Source) -> dict:
    return without_empty(
        {
            "@type": "CreativeWork",
            "@id": source.url if is_uri(source.url) else "",
            "name": source.title,
            "author": source.creator,
            "license": source.license.uri if source.license else "",
        }
    )


def file_json(file: FileNotice) -> dict:
    return without_empty(
        {
            "@type": "MediaObject",
            "name": file.title,
            "contentUrl": absolute(file.url),
            "encodingFormat": content_type_of(file.extension).partition(";")[0],
            "contentSize": str(file.size),
            "sha256": file.sha256,
            "inLanguage": file.language,
            "license": file.license.uri if file.license else "",
        }
    )
