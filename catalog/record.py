"""The frozen description of one edition: what lists, search and other systems are told of it."""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Term:
    """A concept with its label in the language of the edition; `uri` is its official address, if it has one.

    `other` is what else it is called in that language: search finds it by these names too.
    """

    code: str
    label: str
    uri: str = ""
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agent:
    """A person or organization with a part in the work; `role` is a code such as "author".

    `identifier` is an ORCID or ROR address, `path` that of its page on this site; both may be empty.
    """

    name: str
    role: str = "author"
    url: str = ""
    identifier: str = ""
    path: str = ""
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class LicenseNotice:
    """A licence as it must be named; `uri` is the versioned address of its text."""

    code: str
    uri: str
    short: str
    name: str


@dataclass(frozen=True, slots=True)
class PictureNotice:
    """A picture ready to show; widths and heights in CSS pixels, `srcset` as HTML wants it.

    `id` is that of the picture, 0 where none is known: entries that were made before leave it out.
    """

    src: str
    width: int
    height: int
    alt: str
    credit: str = ""
    srcset: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class FileNotice:
    """An attached file; `size` in bytes, `sha256` in hexadecimal digits, `language` may be empty."""

    id: int
    title: str
    filename: str
    extension: str
    url: str
    size: int
    sha256: str
    language: str
    description: str
    license: LicenseNotice | None
    accessibility: str = ""


@dataclass(frozen=True, slots=True)
class FundingNotice:
    """What must be said of the programme that paid for a work, in the language of the edition.

    `project` is the funded project's name, `number` its grant agreement; both may be empty.
    """

    code: str
    programme: str
    acknowledgement: str
    disclaimer: str
    project: str = ""
    number: str = ""
    logo: PictureNotice | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A work of others that this one is based on, with what was changed (schema.org isBasedOn)."""

    title: str
    creator: str = ""
    url: str = ""
    license: LicenseNotice | None = None
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to another work, by its id; `name` is a code such as "related" or "based_on"."""

    name: str
    work: str


@dataclass(frozen=True, slots=True)
class Record:
    """One edition of one work. Dates are ISO 8601; `concepts` maps a scheme to its terms.

    `identifier` is the id that an import gave, empty for pages made here.
    `searchable_text` is what full-text search reads beside title and summary.
    """

    work: str
    language: str
    kind: str
    title: str
    summary: str
    path: str
    identifier: str = ""
    published: str = ""
    modified: str = ""
    license: LicenseNotice | None = None
    agents: tuple[Agent, ...] = ()
    publisher: Agent | None = None
    concepts: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    picture: PictureNotice | None = None
    card_picture: PictureNotice | None = None
    files: tuple[FileNotice, ...] = ()
    relations: tuple[Relation, ...] = ()
    funding: tuple[FundingNotice, ...] = ()
    based_on: tuple[Source, ...] = ()
    keywords: tuple[str, ...] = ()
    version: str = ""
    menu_title: str = ""
    extra: dict = field(default_factory=dict)

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """The values that lists are filtered by, one tuple of codes for each facet; `extra` may name more of them."""
        values = {scheme: tuple(term.code for term in terms) for scheme, terms in self.concepts.items()}
        if self.license:
            values["license"] = (self.license.code,)
        values |= {name: tuple(codes) for name, codes in self.extra.get("facets", {}).items()}
        return {**values, "kind": (self.kind,), "language": (self.language,)}

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict) -> "Record":
        return cls(
            **{
                **data,
                "license": _license(data.get("license")),
                "agents": tuple(Agent(**agent) for agent in data["agents"]),
                "publisher": Agent(**data["publisher"]) if data.get("publisher") else None,
                "concepts": {
                    scheme: tuple(_term(term) for term in terms) for scheme, terms in data["concepts"].items()
                },
                "picture": PictureNotice(**data["picture"]) if data.get("picture") else None,
                "card_picture": PictureNotice(**data["card_picture"]) if data.get("card_picture") else None,
                "files": tuple(FileNotice(**{**file, "license": _license(file["license"])}) for file in data["files"]),
                "relations": tuple(Relation(**relation) for relation in data["relations"]),
                "funding": tuple(_funding(notice) for notice in data.get("funding", ())),
                "based_on": tuple(_source(source) for source in data.get("based_on", ())),
                "keywords": tuple(data.get("keywords", ())),
            }
        )


def _term(data: dict) -> Term:
    return Term(**{**data, "other": tuple(data.get("other", ()))})


def _funding(data: dict) -> FundingNotice:
    return FundingNotice(**{**data, "logo": PictureNotice(**data["logo"]) if data.get("logo") else None})


def _source(data: dict) -> Source:
    return Source(**{**data, "license": _license(data.get("license"))})


def _license(data: dict | None) -> LicenseNotice | None:
    return LicenseNotice(**data) if data else None
