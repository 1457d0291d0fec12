from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind, register_kind
from catalog.models import CatalogEntry
from resources.kinds import resource_context


def toolkit_context(request: HttpRequest, entry: CatalogEntry) -> dict:
    parts = [section for section in entry.publication.sections if section.depth]
    return {**resource_context(request, entry), "parts": parts}


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
