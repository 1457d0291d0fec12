from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from content.edit_forms import RecordForm

from .missing import missing_from
from .progress import PlanProgress
from .shared import ResourcePage


class EditProgress(EditView):
    def get_queryset(self) -> QuerySet[PlanProgress]:
        """The values of all indicators in one query: the form of each would ask for its own."""
        return super().get_queryset().prefetch_related("actions", "indicators__values")


class PlanProgressViewSet(SnippetViewSet):
    model = PlanProgress
    edit_view_class = EditProgress
    icon = "order-up"
    menu_label = _("Progress of plans")
    menu_order = 295
    add_to_admin_menu = True
    list_display = ["title"]
    edit_handler = ObjectList(
        [
            InlinePanel(
                "actions",
                heading=_("Planned actions"),
                label=_("Planned action"),
                panels=[
                    FieldRowPanel([FieldPanel("code", read_only=True), FieldPanel("label", read_only=True)]),
                    FieldPanel("status"),
                ],
            ),
            InlinePanel(
                "indicators",
                heading=_("Indicators"),
                label=_("Indicator"),
                panels=[
                    FieldRowPanel(
                        [
                            FieldPanel("code", read_only=True),
                            FieldPanel("label", read_only=True),
                            FieldPanel("unit", read_only=True),
                        ]
                    ),
                    FieldRowPanel([FieldPanel("baseline"), FieldPanel("target")]),
                    InlinePanel(
                        "values",
                        heading=_("Values"),
                        label=_("Value"),
                        panels=[FieldRowPanel([FieldPanel("date"), FieldPanel("value")])],
                    ),
                ],
            ),
        ],
        base_form_class=RecordForm,
    )


register_snippet(PlanProgressViewSet)


@hooks.register("after_publish_page")
def remind_of_what_is_missing(request: HttpRequest, page: Page) -> None:
    """The page is public all the same: a thin description is better than none."""
    resource = page.specific
    if not isinstance(resource, ResourcePage):
        return
    missing = missing_from(resource)
    if missing:
        message = _text("“%(title)s” is published. Readers would find it more easily with: %(fields)s.")
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        messages.warning(
            request,
            message % {"title": page.title, "fields": ", ".join(missing)},
            buttons=[messages.button(edit, _text("Add it"))],
        )
