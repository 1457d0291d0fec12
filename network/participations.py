"""Who takes part in what is published as what: rows to filter lists by, beside each entry of the catalog."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.dispatch import receiver

from catalog.models import CatalogEntry
from catalog.signals import entry_changed

from .organizations import Organization
from .people import Person


class Participation(models.Model):
    """One role of an organization or a person in one edition; `role` is a code of `showing.ROLES`."""

    # The catalog says so already, of the page itself.
    wagtail_reference_index_ignore = True

    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="participations")
    organization = models.ForeignKey(Organization, null=True, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="participations")
    role = models.CharField(max_length=30)

    class Meta:
        indexes = [
            models.Index(fields=["organization", "role", "entry"], name="organization_roles"),
            models.Index(fields=["person", "role", "entry"], name="person_roles"),
        ]


@receiver(entry_changed)
def entry_was_changed(entry: CatalogEntry, **kwargs: object) -> None:
    known = Participation.objects.filter(entry=entry)
    roles = roles_by_record(entry.record_data, entry.language)
    if roles_in(known) == {name: {slug: set(named) for slug, named in of.items()} for name, of in roles.items()}:
        return
    known.delete()
    Participation.objects.bulk_create(participations_of(entry, roles))


def roles_in(participations: models.QuerySet[Participation]) -> dict[str, dict[str, set[str]]]:
    """As `roles_by_record` has them."""
    found: dict[str, dict[str, set[str]]] = {"organization": defaultdict(set), "person": defaultdict(set)}
    for organization, person, role in participations.values_list("organization__slug", "person__slug", "role"):
        found["organization" if organization else "person"][organization or person].add(role)
    return found


def participations_of(entry: CatalogEntry, roles: dict[str, dict[str, list[str]]]) -> list[Participation]:
    """Unsaved; two queries at most."""
    rows = []
    for name, model in (("organization", Organization), ("person", Person)):
        for record in model.objects.filter(slug__in=roles[name]).only("slug") if roles[name] else ():
            rows += [Participation(entry=entry, role=role, **{name: record}) for role in roles[name][record.slug]]
    return rows


def roles_by_record(record: dict, language: str) -> dict[str, dict[str, list[str]]]:
    """The roles of each slug, under "organization" and "person"; each role once.

    A record names them among its agents, as publisher, or in `extra["organizations"]`: a role or several by slug,
    for what a kind names beside its contributors.
    """
    found: list[tuple[str, str, str]] = []
    for agent in [*record["agents"], record.get("publisher") or {}]:
        for name, folder in (("organization", "organizations"), ("person", "people")):
            start = f"/{language}/{folder}/"
            if (agent.get("path") or "").startswith(start):
                found.append((name, agent["path"].removeprefix(start).rstrip("/"), agent["role"]))
    for slug, named in record["extra"].get("organizations", {}).items():
        found += [("organization", slug, role) for role in as_roles(named)]
    roles: dict[str, dict[str, list[str]]] = {"organization": defaultdict(list), "person": defaultdict(list)}
    for name, slug, role in dict.fromkeys(found):
        roles[name][slug].append(role)
    return roles


def as_roles(named: str | Iterable[str] | None) -> list[str]:
    return [named] if isinstance(named, str) else list(named or ())
