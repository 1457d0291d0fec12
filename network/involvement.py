"""What a work's record says of the organizations that take part in it, for their own pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Organization

MAX_PLACES = 30


@dataclass(frozen=True, slots=True)
class Involvement:
    """`role` is a code of `showing.ROLES`; `title` and `path` ("#…") say of which part of the work, if of one only."""

    organization: Organization
    role: str
    title: str = ""
    path: str = ""


def as_extra(involvements: Iterable[Involvement]) -> dict:
    """For `Record.extra`: the roles of each organization by its slug, and the parts of the work that it has them in."""
    roles: dict[str, list[str]] = {}
    places: dict[str, list[dict]] = {}
    for row in involvements:
        slug = row.organization.slug
        if row.role not in roles.setdefault(slug, []):
            roles[slug].append(row.role)
        if row.title and len(places.setdefault(slug, [])) < MAX_PLACES:
            places[slug].append({"role": row.role, "title": row.title, "path": row.path})
    return {"organizations": roles, "organization_places": places}
