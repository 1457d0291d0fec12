from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Concept


class ConceptViewSet(SnippetViewSet):
    model = Concept
    icon = "tag"
    menu_label = _("Vocabulary")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["__str__", "scheme", "code"]
    list_filter = ["scheme"]
    search_fields = ["code"]
    panels = [
        FieldRowPanel([FieldPanel("scheme"), FieldPanel("code"), FieldPanel("position")]),
        FieldPanel("uri"),
        InlinePanel(
            "labels",
            heading=_("Labels"),
            label=_("Label"),
            panels=[
                FieldRowPanel([FieldPanel("language"), FieldPanel("label")]),
                FieldRowPanel([FieldPanel("is_alternative"), FieldPanel("to_review")]),
            ],
        ),
    ]


register_snippet(ConceptViewSet)
