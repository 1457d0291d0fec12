from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind, register_kind
from catalog.models import CatalogEntry
from search.similar import similar_works

from .listings import listing_context
from .uses import related_and_users


def resource_context(request: HttpRequest, entry: CatalogEntry) -> dict:
    related, used_by = related_and_users(entry)
    known = {other.work for other in related} | {use.entry.work for use in used_by}
    return {"related": related, "used_by": used_by, "similar": similar_works(entry, but=known)}


BLUEPRINT = register_kind(
    Kind(
        name="blueprint",
        label=_("Blueprint"),
        plural=_("Blueprints"),
        template="resources/resource.html",
        is_resource=True,
        context=resource_context,
    )
)
PLAN = register_kind(
    Kind(
        name="plan",
        label=_("Regional action plan"),
        plural=_("Regional action plans"),
        template="resources/resource.html",
        is_resource=True,
        context=resource_context,
    )
)
LISTING = register_kind(
    Kind(
        name="listing",
        label=_("Listing"),
        plural=_("Listings"),
        template="resources/listing.html",
        searchable=False,
        context=listing_context,
    )
)
