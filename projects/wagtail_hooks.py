from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import ProjectFigures


class ProjectFiguresViewSet(SnippetViewSet):
    model = ProjectFigures
    icon = "order-up"
    menu_label = _("Figures of projects")
    menu_order = 296
    add_to_admin_menu = True
    list_display = ["title"]
    panels = [
        InlinePanel(
            "activities",
            heading=_("Activities"),
            label=_("Activity"),
            help_text=_("Activities come from the project's text when it is published."),
            panels=[
                FieldRowPanel([FieldPanel("code", read_only=True), FieldPanel("title", read_only=True)]),
                InlinePanel(
                    "counts",
                    heading=_("Planned and done"),
                    label=_("Country"),
                    panels=[FieldRowPanel([FieldPanel("country"), FieldPanel("planned"), FieldPanel("done")])],
                ),
            ],
        ),
    ]


register_snippet(ProjectFiguresViewSet)
