"""Finds organizations by any of their names, however they are written."""

from collections.abc import Iterator

from .models import Organization, OrganizationName
from .spelling import letters_of, plain_name


class OrganizationFinder:
    """Reads all names once; whoever looks for many keeps one of these. `add` tells it of a new one."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._alike: dict[str, set[int]] = {}
        for name, pk in names_and_ids():
            self._add(name, pk)

    def add(self, organization: Organization) -> None:
        for name in (organization.name, *organization.aliases.splitlines()):
            self._add(name, organization.pk)

    def _add(self, name: str, pk: int) -> None:
        self._ids.setdefault(plain_name(name), pk)
        if letters := letters_of(name):
            self._alike.setdefault(letters, set()).add(pk)

    def find(self, name: str) -> Organization | None:
        """An own name goes before one in another language, and that before another spelling."""
        key = plain_name(name)
        return Organization.objects.filter(pk=self._ids.get(key)).first() if key else None

    def find_alike(self, name: str) -> Organization | None:
        """As `find`, else the only one whose name differs in punctuation, hyphens or blanks alone."""
        found = self.find(name)
        alike = self._alike.get(letters_of(name), set())
        if found is None and len(alike) == 1:
            found = Organization.objects.filter(pk=next(iter(alike))).first()
        return found


def names_and_ids() -> Iterator[tuple[str, int]]:
    rows = list(Organization.objects.order_by("pk").values_list("name", "pk", "aliases"))
    yield from ((name, pk) for name, pk, _ in rows)
    others = OrganizationName.objects.exclude(name="").order_by("organization_id", "pk")
    yield from others.values_list("name", "organization_id")
    yield from ((alias, pk) for _, pk, aliases in rows for alias in aliases.splitlines() if alias.strip())


def find_organization(name: str) -> Organization | None:
    """The organization of this name, whatever the case, accents and blanks; None for an unknown one."""
    return OrganizationFinder().find(name)
