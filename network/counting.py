"""How many organizations or people each choice of a filter would leave, counted from few rows.

The database groups them by everything that they are filtered by; one row says how many have the same values. With
roles, of which one may have several, there is a second table: it has a row for each role.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from catalog.models import CatalogEntry

from .models import Participation

ROLE = "role"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int


class Counted:
    """`fields` maps the names of filters to lookups. Two queries, whatever there is."""

    def __init__(self, records: QuerySet, fields: Mapping[str, str]) -> None:
        self.names = tuple(fields)
        self.rows = list(records.order_by().values_list(*fields.values()).annotate(Count("pk")))
        # What has a role in a public entry is public itself, so that this need not be asked for each row.
        named = record_name(records)
        groups = public_participations(records).values_list(*(f"{named}__{lookup}" for lookup in fields.values()), ROLE)
        self.by_role = list(groups.annotate(Count(named, distinct=True)))

    def values(self, name: str) -> set[str]:
        """All that there are, whatever is chosen."""
        return set(self.of(name, {}))

    def of(self, name: str, chosen: Mapping[str, str]) -> Counter[str]:
        """By each value of this filter, how many there are that fit what is chosen in the others."""
        others = {other: value for other, value in chosen.items() if value and other != name}
        with_roles = name == ROLE or ROLE in others
        names = (*self.names, ROLE) if with_roles else self.names
        found: Counter[str] = Counter()
        for *values, number in self.by_role if with_roles else self.rows:
            row = dict(zip(names, values, strict=True))
            if row[name] and all(row[other] == value for other, value in others.items()):
                found[row[name]] += number
        return found

    def choices(self, name: str, labels: Iterable[tuple[str, str]], chosen: Mapping[str, str]) -> list[Choice]:
        """In the order of `labels`; without those that would leave nothing, unless it is the one that is chosen."""
        counts = self.of(name, chosen)
        return [
            Choice(value, str(label), counts[value])
            for value, label in labels
            if counts[value] or value == chosen[name]
        ]


def with_role(records: QuerySet, role: str) -> QuerySet:
    """Those that something public names in this role."""
    return records.filter(pk__in=public_participations(records).filter(role=role).values(record_name(records)))


def public_participations(records: QuerySet) -> QuerySet[Participation]:
    named = {f"{record_name(records)}__isnull": False}
    return Participation.objects.filter(entry__in=CatalogEntry.objects.public(), **named)


def record_name(records: QuerySet) -> str:
    """The field of a participation that names such records."""
    return records.model._meta.model_name
