"""The screens on which editors tell search something."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, PageChooserPanel
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views import snippets

from .guidance import MAX_PICKS, EditorsPick, Synonyms
from .guidance_forms import EditorsPickForm, SynonymsForm
from .guidance_rights import WritersOfLanguage

for model in (Synonyms, EditorsPick):
    register_permission_policy(model, WritersOfLanguage(model))


class InOwnLanguage:
    """Mixin: of what Wagtail opens to everybody with a right on some row, only what its policy grants on this one."""

    def get_object(self, *args: object) -> Model:
        found = super().get_object(*args)
        if not self.user_has_permission_for_instance("change", found):
            raise PermissionDenied
        return found


class EditGuidance(InOwnLanguage, snippets.EditView):
    pass


class DeleteGuidance(InOwnLanguage, snippets.DeleteView):
    pass


class GuidanceUsage(InOwnLanguage, snippets.UsageView):
    pass


class GuidanceHistory(InOwnLanguage, snippets.HistoryView):
    pass


class GuidanceViewSet(snippets.SnippetViewSet):
    edit_view_class = EditGuidance
    delete_view_class = DeleteGuidance
    usage_view_class = GuidanceUsage
    history_view_class = GuidanceHistory
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.permission_policy.instances_user_has_permission_for(request.user, "change")


class SynonymsViewSet(GuidanceViewSet):
    model = Synonyms
    icon = "list-ul"
    menu_label = _("Synonyms")
    list_display = ["__str__", "language"]
    list_filter = ["language"]
    search_fields = ["words", "others"]
    edit_handler = ObjectList(
        [FieldPanel("language"), FieldPanel("words"), FieldPanel("others")], base_form_class=SynonymsForm
    )


class EditorsPickViewSet(GuidanceViewSet):
    model = EditorsPick
    icon = "pick"
    menu_label = _("Editors’ picks")
    list_display = ["words", "language"]
    list_filter = ["language"]
    search_fields = ["words"]
    edit_handler = ObjectList(
        [
            FieldPanel("language"),
            FieldPanel("words"),
            InlinePanel(
                "works",
                heading=_("Resources on top of the results"),
                label=_("Resource"),
                help_text=_("Readers see the edition in their language, and nothing that is not public."),
                min_num=1,
                max_num=MAX_PICKS,
                panels=[PageChooserPanel("page")],
            ),
        ],
        base_form_class=EditorsPickForm,
    )


class GuidanceGroup(snippets.SnippetViewSetGroup):
    items = (SynonymsViewSet, EditorsPickViewSet)
    menu_label = _("Search results")
    menu_icon = "search"
    menu_order = 297
