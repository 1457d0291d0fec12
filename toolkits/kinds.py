from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind, register_kind
from catalog.models import CatalogEntry
from catalog.showing import related_entries


def toolkit_context(request: HttpRequest, entry: CatalogEntry) -> dict:
    return {
        "related": related_entries(entry),
        "parts": [section for section in entry.publication.sections if section.depth],
    }


TOOLKIT = register_kind(
    Kind(
        name="toolkit",
        label=_("Toolkit"),
        plural=_("Toolkits"),
        template="toolkits/toolkit.html",
        is_resource=True,
        context=toolkit_context,
    )
)
