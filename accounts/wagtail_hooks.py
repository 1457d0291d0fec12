from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .forms import TeamForm
from .models import Team


class TeamViewSet(SnippetViewSet):
    model = Team
    icon = "group"
    menu_label = _("Teams")
    add_to_settings_menu = True
    list_display = ["__str__", "role", "language"]
    list_filter = ["role", "language"]
    edit_handler = ObjectList(
        [FieldPanel("role"), FieldPanel("language"), FieldPanel("members")], base_form_class=TeamForm
    )


register_snippet(TeamViewSet)
