from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .progress import PlanProgress


class PlanProgressViewSet(SnippetViewSet):
    model = PlanProgress
    icon = "order-up"
    menu_label = _("Progress of plans")
    menu_order = 295
    add_to_admin_menu = True
    list_display = ["title"]
    panels = [
        InlinePanel(
            "actions",
            heading=_("Planned actions"),
            label=_("Planned action"),
            panels=[FieldRowPanel([FieldPanel("code", read_only=True), FieldPanel("status")])],
        ),
        InlinePanel(
            "indicators",
            heading=_("Indicators"),
            label=_("Indicator"),
            panels=[
                FieldRowPanel([FieldPanel("code", read_only=True), FieldPanel("baseline"), FieldPanel("target")]),
                InlinePanel(
                    "values",
                    heading=_("Values"),
                    label=_("Value"),
                    panels=[FieldRowPanel([FieldPanel("date"), FieldPanel("value")])],
                ),
            ],
        ),
    ]


register_snippet(PlanProgressViewSet)
