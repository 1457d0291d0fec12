"""What every citation of an edition is made of."""

from dataclasses import dataclass
from datetime import datetime

from catalog.models import CatalogEntry
from catalog.record import Agent

from ..attribution import source_url

# Written in small letters, they belong to the family name.
PARTICLES = {
    *("af", "al", "av", "bin", "da", "de", "dei", "del", "della", "den", "der", "di", "du", "el", "ibn", "la", "le"),
    *("ten", "ter", "van", "vom", "von", "zu", "zum", "zur"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in two parts, or with `given` empty the whole name of a person or an organization."""

    family: str
    given: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.given


@dataclass(frozen=True, slots=True)
class Citation:
    """Dates may be None: then it is undated. `publisher` is empty where it is the author."""

    key: str
    title: str
    language: str
    url: str
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    translators: tuple[Name, ...]
    publisher: str
    published: datetime | None
    version: str
    abstract: str
    keywords: tuple[str, ...]
    license: str


def citation_of(entry: CatalogEntry) -> Citation:
    """Authors; without any, the editors stand in their place, and without those the publisher."""
    record = entry.record
    authors, editors = names_of(record.agents, "author"), names_of(record.agents, "editor")
    publisher = one_line(record.publisher.name) if record.publisher else ""
    if not authors and not editors and publisher:
        authors = (Name(publisher),)
    return Citation(
        key=f"{str(entry.work)[:8]}-{entry.language}",
        title=one_line(record.title),
        language=entry.language,
        url=source_url(entry),
        authors=authors,
        editors=editors,
        translators=names_of(record.agents, "translator"),
        publisher="" if authors == (Name(publisher),) else publisher,
        published=date_of(record.published),
        version=one_line(record.version),
        abstract=one_line(record.summary),
        keywords=tuple(dict.fromkeys(one_line(word) for word in words_of(entry))),
        license=record.license.uri if record.license else "",
    )


def words_of(entry: CatalogEntry) -> list[str]:
    return [*entry.record.keywords, *(term.label for term in entry.record.concepts.get("topic", ()))]


def names_of(agents: tuple[Agent, ...], role: str) -> tuple[Name, ...]:
    return tuple(name_of(agent) for agent in agents if agent.role == role)


def name_of(agent: Agent) -> Name:
    """“Jan van der Berg” and “van der Berg, Jan” are the same; what is no person stays as it is."""
    text = one_line(agent.name)
    if not agent.is_person:
        return Name(text)
    family, comma, given = text.partition(",")
    if comma:
        return Name(family.strip(), given.strip())
    words = text.split(" ")
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start])) if len(words) > 1 else Name(text)


def date_of(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def one_line(text: str) -> str:
    """No line breaks and no control characters, which end fields in every one of the formats."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
