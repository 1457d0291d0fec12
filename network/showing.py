"""What readers are told of organizations and people: their record, and what is published with them.

Which entries name somebody is asked of the catalog, so drafts and private pages never count.
"""

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.editions import nearest_of
from catalog.elsewhere import register_showing
from catalog.kinds import all_kinds
from catalog.models import CatalogEntry, EntryReference
from catalog.references import label_of
from content.models import Picture

from .models import Contribution, Organization, OrganizationName, Person
from .participations import roles_by_record

ROLES: dict[str, str | Promise] = {
    **dict(Contribution.Role.choices),
    "publisher": _("Publisher"),
    "coordinator": _("Coordinator"),
    "partner": _("Partner"),
    "associated_partner": _("Associated partner"),
    "trainer": _("Trainer"),
    "evaluator": _("Evaluator"),
    "host": _("Host"),
    "funder": _("Funder"),
    "organizer": _("Organizer"),
    "plan_lead": _("Leads the plan"),
    "plan_partner": _("Partner in the plan"),
    "network_member": _("Member of the network"),
    "adopting_body": _("Adopted the plan"),
    "action_lead": _("Leads an action"),
    "action_partner": _("Partner in an action"),
    "adopter": _("Adopted it"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A work, as what somebody takes part in it, and in which of its parts: each with role, title and address."""

    entry: CatalogEntry
    roles: tuple[str | Promise, ...]
    places: tuple[dict, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    title: str | Promise
    parts: tuple[Part, ...]


def entries_naming(model: type[models.Model], pk: int) -> QuerySet[CatalogEntry]:
    """Public entries whose fields or rows name this record."""
    references = EntryReference.objects.filter(model=label_of(model), object_id=pk)
    return CatalogEntry.objects.public().filter(pk__in=references.values("entry_id"))


def public_organizations() -> QuerySet[Organization]:
    """Those that an editor lists, and those that something public names."""
    references = EntryReference.objects.filter(
        model=label_of(Organization), object_id=OuterRef("pk"), entry__in=CatalogEntry.objects.public()
    )
    return Organization.objects.filter(Q(is_listed=True) | Exists(references))


def listed_people() -> QuerySet[Person]:
    return Person.objects.filter(is_listed=True)


def in_order_of_names(organizations: QuerySet[Organization], language: str) -> QuerySet[Organization]:
    """A to Z by the name that readers of `language` see, which is `shown_name`."""
    own = OrganizationName.objects.filter(organization=OuterRef("pk"), language=language).exclude(name="")
    shown_name = Coalesce(Subquery(own.values("name")[:1]), F("name"))
    return organizations.annotate(shown_name=shown_name).order_by(Lower("shown_name"), "pk")


def groups_of(record: Organization | Person, language: str) -> list[Group]:
    """What `record` takes part in, by kind: projects and events first."""
    found = nearest_of(entries_naming(type(record), record.pk), language)
    kinds = sorted(all_kinds(), key=lambda kind: FIRST_KINDS.get(kind.name, len(FIRST_KINDS)))
    return [
        Group(kind.plural, tuple(part_of(entry, record) for entry in found[kind.name]))
        for kind in kinds
        if kind.name in found
    ]


def part_of(entry: CatalogEntry, record: Organization | Person) -> Part:
    return Part(entry, roles_in(entry, record), places_in(entry, record))


FIRST_KINDS = {"project": 0, "event": 1}


def roles_in(entry: CatalogEntry, record: Organization | Person) -> tuple[str | Promise, ...]:
    roles = roles_by_record(entry.record_data, entry.language)[record._meta.model_name]
    return tuple(ROLES.get(role, role) for role in roles.get(record.slug, ()))


def places_in(entry: CatalogEntry, record: Organization | Person) -> tuple[dict, ...]:
    if not isinstance(record, Organization):
        return ()
    places = entry.record_data["extra"].get("organization_places", {}).get(record.slug, ())
    return tuple(
        {"role": ROLES.get(place["role"], place["role"]), "title": place["title"], "path": entry.path + place["path"]}
        for place in places
    )


@register_showing
def shown_as_logo(picture: Picture) -> bool:
    return public_organizations().filter(logo=picture).exists()


@register_showing
def shown_as_portrait(picture: Picture) -> bool:
    return listed_people().filter(picture=picture).exists()
