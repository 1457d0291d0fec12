"""The frozen reading order of one edition: what the page shows and every download is made from."""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Section:
    """One stretch of the text, in reading order.

    `html` is complete and safe to show; `id` is an anchor, unique within the publication.
    `path` is the address of a part with a page of its own (a module or a unit), else empty.
    `level` is the heading level of `title`, 2 to 4; `depth` is 0 for sections of the work itself,
    1 for modules, 2 for units.
    """

    id: str
    title: str
    html: str
    level: int = 2
    depth: int = 0
    path: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything of an edition that is read, in order; `facts` are pairs of name and plain text."""

    work: str
    language: str
    kind: str
    title: str
    summary: str
    sections: tuple[Section, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    extra: dict = field(default_factory=dict)

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict) -> "Publication":
        return cls(
            **{
                **data,
                "sections": tuple(Section(**section) for section in data["sections"]),
                "facts": tuple((name, value) for name, value in data["facts"]),
            }
        )
