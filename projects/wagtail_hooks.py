from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from content.edit_forms import RecordForm

from .models import ProjectFigures


class EditFigures(EditView):
    def get_queryset(self) -> QuerySet[ProjectFigures]:
        """The counts of all activities in one query: the form of each would ask for its own."""
        return super().get_queryset().prefetch_related("activities__counts")


class ProjectFiguresViewSet(SnippetViewSet):
    model = ProjectFigures
    edit_view_class = EditFigures
    icon = "order-up"
    menu_label = _("Figures of projects")
    menu_order = 296
    add_to_admin_menu = True
    list_display = ["title"]
    edit_handler = ObjectList(
        [
            InlinePanel(
                "activities",
                heading=_("Activities"),
                label=pgettext_lazy("of a project", "Activity"),
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
        ],
        base_form_class=RecordForm,
    )


register_snippet(ProjectFiguresViewSet)
