from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind, register_kind
from resources.kinds import resource_context

NEWS = register_kind(
    Kind(name="news", label=_("News"), plural=_("News"), template="resources/resource.html", context=resource_context)
)
