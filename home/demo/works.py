"""The demonstration content as it lies on disk: one folder for each work, with `work.json` and the texts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

FOLDER = Path(__file__).parent
CONTENT = FOLDER / "content"
FILES = FOLDER / "files"
# What others name by page comes first: projects, then the blueprints that plans and units are based on.
ORDER = ("page", "project", "blueprint", "toolkit", "event", "plan", "news")


@dataclass(frozen=True, slots=True)
class Work:
    """One work; `data` and each of its "editions" are JSON as the folder has it."""

    slug: str
    data: dict

    @property
    def key(self) -> UUID:
        """The translation key of its pages: by it a second run knows them, whatever became of title and address."""
        return work_key(self.slug)

    @property
    def kind(self) -> str:
        return self.data["kind"]

    @property
    def languages(self) -> list[str]:
        """The source first, because translations are made after it."""
        return sorted(self.data["editions"], key=lambda language: language != self.data["source"])

    def edition(self, language: str) -> dict:
        return self.data["editions"][language]

    def text(self, name: str) -> str:
        return (CONTENT / self.slug / name).read_text(encoding="utf-8")


def work_key(slug: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"https://example.org/demonstration/{slug}")


def read_works() -> list[Work]:
    return sorted(_works(), key=lambda work: (ORDER.index(work.kind), work.slug))


def _works() -> Iterator[Work]:
    for path in sorted(CONTENT.glob("*/work.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        yield Work(slug=data["slug"], data=data)


def read_people() -> list[dict]:
    return json.loads((CONTENT / "people.json").read_text(encoding="utf-8"))


def read_organizations() -> list[dict]:
    return json.loads((CONTENT / "organizations.json").read_text(encoding="utf-8"))
