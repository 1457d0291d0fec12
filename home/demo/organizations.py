"""Organizations of the demonstration, each made once; what is there already stays as it is."""

from django.db import transaction

from network.models import Organization, OrganizationName

from .vocabulary import country
from .works import read_organizations


@transaction.atomic
def make_organizations() -> dict[str, Organization]:
    """The organizations by slug."""
    known = {organization.slug: organization for organization in Organization.objects.all()}
    return {data["slug"]: known.get(data["slug"]) or make_organization(data) for data in read_organizations()}


def make_organization(data: dict) -> Organization:
    organization = Organization(
        slug=data["slug"],
        name=data["name"],
        type=data["type"],
        country=country(data["country"]),
        city=data["city"],
        website=data.get("website", ""),
    )
    names, descriptions = data.get("names", {}), data.get("description", {})
    organization.other_names = [
        OrganizationName(language=language, name=names.get(language, ""), description=descriptions.get(language, ""))
        for language in dict.fromkeys([*names, *descriptions])
    ]
    organization.save()
    return organization
