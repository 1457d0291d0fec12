from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Organization


class OrganizationViewSet(SnippetViewSet):
    model = Organization
    icon = "group"
    menu_label = _("Organizations")
    menu_order = 290
    add_to_admin_menu = True
    list_display = ["name", "type", "country"]
    list_filter = ["type"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("type"), FieldPanel("country"), FieldPanel("city")]),
        FieldPanel("website"),
        InlinePanel(
            "other_names",
            heading=_("Names in other languages"),
            label=_("Name"),
            panels=[FieldRowPanel([FieldPanel("language"), FieldPanel("name")])],
        ),
    ]


register_snippet(OrganizationViewSet)
