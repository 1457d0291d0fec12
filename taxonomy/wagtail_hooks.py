from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from .models import Concept, ConceptQuerySet, FundingProgramme
from .views import LOG_ACTION, NAMESPACE, may_merge, merge


class ConceptEditView(EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = super().header_more_buttons
        if may_merge(self.request.user):
            address = reverse(f"{NAMESPACE}:merge", args=[self.object.pk])
            buttons.append(Button(_("Merge into another"), url=address, icon_name="resubmit", priority=30))
        return buttons


class ConceptViewSet(SnippetViewSet):
    model = Concept
    icon = "tag"
    menu_label = _("Vocabulary")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["__str__", "scheme", "code"]
    list_filter = ["scheme"]
    search_fields = ["code", "labels__label"]
    edit_view_class = ConceptEditView
    panels = [
        FieldRowPanel([FieldPanel("scheme"), FieldPanel("code"), FieldPanel("position")]),
        FieldPanel("uri"),
        FieldPanel("broader"),
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

    def get_queryset(self, request: HttpRequest) -> ConceptQuerySet:
        """Distinct, because the search for a label meets a concept once for each of its labels."""
        return Concept.objects.with_labels().distinct()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("merge/<int:pk>/", merge, name="merge")]


class FundingProgrammeViewSet(SnippetViewSet):
    model = FundingProgramme
    icon = "doc-full"
    menu_label = _("Funding programmes")
    menu_order = 305
    add_to_admin_menu = True
    list_display = ["name", "code"]
    panels = [
        HelpPanel(
            content=_(
                "What stands here is shown with every work that the programme paid for, in the language of the reader. "
                "Texts with a mark are our own wording: put the official text of the programme in their place and take "
                "the mark away."
            )
        ),
        FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
        FieldPanel("url"),
        FieldPanel("logo"),
        InlinePanel(
            "texts",
            heading=_("Texts by language"),
            label=_("Text"),
            help_text=_("Readers of a language that is missing here see the English text."),
            panels=[
                FieldRowPanel([FieldPanel("language"), FieldPanel("name")]),
                FieldPanel("acknowledgement"),
                FieldPanel("disclaimer"),
                FieldPanel("to_review"),
            ],
        ),
    ]


register_snippet(ConceptViewSet)
register_snippet(FundingProgrammeViewSet)


@hooks.register("register_log_actions")
def register_merge_action(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, _("Merge concepts"), _("Another concept was merged into this one"))
