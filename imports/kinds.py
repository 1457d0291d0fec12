"""The kinds that an import can bring in, and the names that their keys go by."""

from dataclasses import dataclass
from typing import Any

from .page_types import PAGE_TYPES
from .refusals import Refused

ORGANIZATION = "organization"
KINDS = (*PAGE_TYPES, ORGANIZATION)
KIND_NAMES = {
    **{name: name for name in KINDS},
    "organisation": ORGANIZATION,
    "organizationpage": ORGANIZATION,
    "organisationpage": ORGANIZATION,
    "regionalactionplan": "plan",
    "regionalactionplanpage": "plan",
    "actionplan": "plan",
    **{page_type.__name__.lower(): kind for kind, page_type in PAGE_TYPES.items()},
}

# Each key with the other names that it may have.
ALIASES = {
    "id": ("key",),
    "lang": ("language",),
    "title": ("name", "headline"),
    "summary": ("intro", "standfirst"),
    "html": ("body_html",),
    "license": ("licence",),
    "goals": ("sdgs",),
    "output": ("project_output",),
}
ALIASES_OF_KIND: dict[str, dict[str, tuple[str, ...]]] = {
    "news": {"published": ("date",)},
    "event": {"start": ("date", "start_date"), "end": ("end_date",), "time_zone": ("timezone",)},
    "project": {
        "start": ("start_date",),
        "end": ("end_date",),
        "objectives": ("objectives_html",),
        "outcomes": ("outcome_html", "outcomes_html"),
        "programme": ("program", "funding_programme", "funder"),
        "website": ("url",),
    },
    "blueprint": {"published": ("date",), "state": ("status",)},
    "toolkit": {"published": ("date",)},
    "plan": {"published": ("date",)},
    ORGANIZATION: {
        "website": ("url",),
        "type": ("organization_type", "organisation_type"),
        "description": ("summary",),
    },
}
BASE = ("id", "lang", "title", "summary", "html", "kind", "license", "topics", "countries", "published", "files")
OF_ALL_PAGES = ("target_groups", "goals", "authors", "related")
# Keys that say something about the record itself. They are answered with a note, or acted on.
ABOUT_THE_RECORD = ("status", "title_missing", "translation_of", "links_missing", "funding_disclaimer",
                    "funding_disclaimer_lang")  # fmt: skip
MADE_BY_PROJECT = ("project", "output")
RESOURCE = (
    *MADE_BY_PROJECT, "alternative_title", "keywords", "version", "change_log", "created", "copyright_holder",
    "copyright_year", "based_on", "publisher", "regions", "education_levels", "fields_of_education", "resource_types",
    "audience", "age_from", "age_to", "access_modes", "accessibility_features", "accessibility_summary",
    "period_start", "period_end", "contact",
)  # fmt: skip
KEYS_OF_KIND = {
    "blueprint": (
        *RESOURCE, "practice", "state", "place", "challenge", "context", "objectives", "beneficiaries",
        "collaboration_model", "actors", "target_group_participation", "society_participation", "steps",
        "resources_needed", "costs", "funding", "results", "criteria", "success_factors", "obstacles",
        "lessons_learned", "transferability", "adaptation", "sustainability", "adopted_by", "tools", "video",
        "video_title", "transcript",
    ),
    "toolkit": (*RESOURCE, "learning_outcomes", "format", "prerequisites", "facilitator_notes", "materials"),
    "plan": (
        *RESOURCE, "territory", "region", "policy_context", "needs", "vision", "priorities", "network", "governance",
        "monitoring", "adopted_on", "adopted_by", "endorsements",
    ),
    "project": (
        "acronym", "start", "end", "website", "contact", "programme", "key_action", "action_type", "call_year",
        "grant_number", "grant_amount", "grant_currency", "objectives", "outcomes", "needs", "activities", "outputs",
        "coordinator", "partners", "predecessor", "successor",
    ),
    "event": (
        *MADE_BY_PROJECT, "objectives", "start", "end", "time_zone", "mode", "venue", "address", "online_link",
        "online_link_is_private", "organizer", "host", "audience", "languages", "accessibility", "speakers", "agenda",
        "outcomes", "previous_event", "contact", "registration_required",
    ),
    "news": (*MADE_BY_PROJECT, "event_date", "lessons_learned", "organizations", "keywords", "contact"),
    ORGANIZATION: (
        "names", "aliases", "type", "country", "city", "address", "region", "website", "contact", "ror", "pic",
        "languages", "expertise", "seeks_partners", "description", "projects", "countries_inferred",
    ),
}  # fmt: skip
# The plain text that corpora for testing carry beside their HTML.
IGNORED_KEYS = ("text",)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A record with the names of keys that its kind goes by."""

    kind: str
    values: dict[str, Any]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]


def keyed(data: dict, default_kind: str) -> Keyed:
    """Raises `Refused`."""
    kind, kind_key = kind_of(data, default_kind)
    known = known_keys(kind)
    names = names_of(kind)
    values: dict[str, Any] = {}
    given_as: dict[str, str] = {}
    unknown, notes = [], []
    for key, value in data.items():
        if key == kind_key or key in IGNORED_KEYS:
            continue
        name = names.get(key, key)
        if name not in known:
            unknown.append(key[:60])
        elif name not in values or values[name] is None:
            values[name], given_as[name] = value, key
        elif value is not None and value != values[name]:
            first, second = (given_as[name], key) if key != name else (key, given_as[name])
            values[name] = data[first]
            notes.append(f'"{first}" and "{second}" mean the same: "{first}" was read.')
    return Keyed(kind, values, tuple(unknown), tuple(notes))


def kind_of(data: dict, default_kind: str) -> tuple[str, str]:
    """The kind, and the key that names it: `kind`, or `type` where that is a kind or stands alone for one."""
    if data.get("kind"):
        key = "kind"
    elif str(data.get("type") or "").lower() in KIND_NAMES or (data.get("type") and default_kind != ORGANIZATION):
        key = "type"
    else:
        return default_kind, "kind"
    name = data[key]
    kind = KIND_NAMES.get(name.lower()) if isinstance(name, str) else None
    if kind is None:
        raise Refused(f'"{str(name)[:40]}" is not a kind that can be imported: {", ".join(KINDS)}.')
    return kind, key


def known_keys(kind: str) -> set[str]:
    shared = (*BASE, *ABOUT_THE_RECORD)
    if kind == ORGANIZATION:
        return {"id", "lang", "title", "kind", "status", *KEYS_OF_KIND[kind]}
    return {*shared, *OF_ALL_PAGES, *KEYS_OF_KIND[kind]}


def names_of(kind: str) -> dict[str, str]:
    """Every other name of a key, with the key itself."""
    tables = (ALIASES, ALIASES_OF_KIND[kind])
    names = {alias: name for table in tables for name, aliases in table.items() for alias in aliases}
    if kind == ORGANIZATION:
        names |= {"summary": "description", "intro": "description"}
    return names
