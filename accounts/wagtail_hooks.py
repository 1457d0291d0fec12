from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Team


class TeamViewSet(SnippetViewSet):
    model = Team
    icon = "group"
    menu_label = _("Teams")
    add_to_settings_menu = True
    list_display = ["__str__", "role", "language"]
    list_filter = ["role", "language"]
    panels = [FieldPanel("role"), FieldPanel("language"), FieldPanel("members")]


register_snippet(TeamViewSet)
