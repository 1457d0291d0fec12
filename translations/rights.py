"""Who may use which address of wagtail-localize, and what of Wagtail's own addresses it opens up.

What is not listed is denied, so a new address of a later version waits here until somebody has thought about it.
"""

from collections.abc import Callable, Mapping

from django.apps import apps
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from accounts.models import User
from accounts.permissions import Action, Subject, languages_where, may
from content.page_permissions import subject_of

from .languages import language_name

# Only its raising Refused counts.
Rule = Callable[[HttpRequest, Mapping[str, object]], object]


class Refused(Exception):
    """The message says what is missing, for the person who asked."""

    def __init__(self, reason: str, *, status: int = 403) -> None:
        super().__init__(reason)
        self.status = status


def require(user: User, action: Action, language: str, subject: Subject = Subject.TRANSLATION) -> None:
    if not may(user, action, subject, language):
        raise Refused(REASONS[action]() % {"language": language_name(language)})


REASONS: Mapping[Action, Callable[[], str]] = {
    Action.BROWSE: lambda: _("This needs a role in a team. Ask a coordinator."),
    Action.WRITE: lambda: _("You are in no team that translates into %(language)s. Ask a coordinator."),
    Action.REVIEW: lambda: _("You are in no team that reviews in %(language)s. Ask a coordinator."),
    Action.PUBLISH: lambda: _("You may not publish in %(language)s. Ask a coordinator."),
    Action.COORDINATE: lambda: _("Only coordinators of %(language)s may do this."),
}


def translation_of(kwargs: Mapping[str, object]) -> Translation:
    return get_object_or_404(Translation.objects.select_related("target_locale", "source"), pk=kwargs["translation_id"])


def page_of(translation: Translation) -> Page:
    """Raises Refused where the page was deleted: wagtail-localize keeps the row, and would fail on it."""
    page = Page.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale_id
    ).first()
    if page is None:
        raise Refused(_("The page of this translation was deleted."), status=410)
    return page


def browse(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    require(request.user, Action.BROWSE, "", Subject.ORIGINAL)


def read_translation(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    translation = translation_of(kwargs)
    require(request.user, Action.WRITE, translation.target_locale.language_code)
    page_of(translation)


def write_translation(request: HttpRequest, kwargs: Mapping[str, object]) -> Translation:
    translation = translation_of(kwargs)
    require(request.user, Action.WRITE, translation.target_locale.language_code)
    page = page_of(translation)
    if not translation.enabled:
        raise Refused(_("This translation has been stopped."))
    require_unlocked(request.user, page)
    return translation


def require_unlocked(user: User, page: Page) -> None:
    lock = page.get_lock()
    if lock and lock.for_user(user):
        raise Refused(_("“%(title)s” is locked.") % {"title": page.draft_title})


def coordinate_translation(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    translation = translation_of(kwargs)
    require(request.user, Action.COORDINATE, translation.target_locale.language_code)
    page_of(translation)


def coordinate_somewhere(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    if languages_where(request.user, Action.COORDINATE, Subject.TRANSLATION) == set():
        raise Refused(_("Only coordinators may see this."))


def list_snippets(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    """The lists of choosers; what they hold follows the rights on the model."""
    coordinate_somewhere(request, kwargs)
    app_label, model_name = str(kwargs["app_label"]), str(kwargs["model_name"])
    try:
        apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404 from error
    if not any(request.user.has_perm(f"{app_label}.{action}_{model_name}") for action in ("view", "change")):
        raise Refused(_("You may not see this list."))


def use_our_own(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    """It would take over the source's text, or copy pages above as they are in the other language. For nobody."""
    raise Refused(_("Use “Translate into …” on the page, or the page “Translations” of the menu."))


def no_alias(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    """It would show the source's text as if it were this language's edition. For nobody."""
    raise Refused(_("An alias in another language would repeat the text of the original. Unpublish the page instead."))


LOCALIZE_RULES: Mapping[str, Rule] = {
    "javascript_catalog": browse,
    "edit_string_translation": write_translation,
    "edit_override": write_translation,
    "upload_pofile": write_translation,
    "machine_translate": write_translation,
    "download_pofile": read_translation,
    "preview_translation": read_translation,
    "stop_translation": coordinate_translation,
    "convert_to_alias": no_alias,
    "submit_page_translation": use_our_own,
    "submit_snippet_translation": use_our_own,
    "update_translations": use_our_own,
    "translations_report": coordinate_somewhere,
    "translations_report_results": coordinate_somewhere,
    "snippets_api_listing": list_snippets,
    "snippets_api_detail": list_snippets,
}


def check_localize(request: HttpRequest, name: str, kwargs: Mapping[str, object]) -> None:
    rule = LOCALIZE_RULES.get(name)
    if rule is None:
        raise Refused(_("This address is not open to anybody."))
    rule(request, kwargs)


def edit_page(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    """What wagtail-localize hangs on the edit address; the page's own rights are asked by Wagtail."""
    if request.method != "POST":
        return
    page = get_object_or_404(Page.objects.select_related("locale"), pk=kwargs["page_id"])
    language = page.locale.language_code
    if "localize-restart-translation" in request.POST:
        require(request.user, Action.COORDINATE, language)
    elif "localize-convert-to-alias" in request.POST:
        no_alias(request, kwargs)
    elif request.POST.get("action") == "publish" and subject_of(page) is Subject.TRANSLATION:
        require(request.user, Action.PUBLISH, language)
        require_unlocked(request.user, page)


def restore_revision(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    page = get_object_or_404(Page, pk=kwargs["page_id"])
    if request.method == "POST" and subject_of(page) is Subject.TRANSLATION:
        raise Refused(_("An earlier version of a translation cannot be published: its texts are edited one by one."))


def convert_alias(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    page = get_object_or_404(Page.objects.select_related("locale"), pk=kwargs["page_id"])
    require(request.user, Action.COORDINATE, page.locale.language_code)


def act_in_workflow(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    page = get_object_or_404(Page.objects.select_related("locale"), pk=kwargs["page_id"])
    require(request.user, Action.REVIEW, page.locale.language_code, subject_of(page))
    if subject_of(page) is Subject.TRANSLATION and kwargs.get("action_name") == "approve":
        raise Refused(_("A translation is published from its own editor only."))


def act_on_many(request: HttpRequest, kwargs: Mapping[str, object]) -> None:
    """Wagtail asks for each page; here it is said why translations are not among those published together."""
    if kwargs["action"] != "publish" or (kwargs["app_label"], kwargs["model_name"]) != ("wagtailcore", "page"):
        return
    chosen = [int(pk) for pk in request.GET.getlist("id") if pk.isdecimal()]
    titles = [
        page.draft_title for page in Page.objects.filter(pk__in=chosen) if subject_of(page) is Subject.TRANSLATION
    ]
    if titles:
        raise Refused(
            _("Translations are published from their own editor only. Deselect: %(titles)s.")
            % {"titles": ", ".join(titles)}
        )


PAGE_RULES: Mapping[str, Rule] = {
    "wagtailadmin_pages:edit": edit_page,
    "wagtailadmin_pages:revisions_revert": restore_revision,
    "wagtailadmin_pages:convert_alias": convert_alias,
    "wagtailadmin_pages:workflow_action": act_in_workflow,
    "wagtailadmin_pages:collect_workflow_action_data": act_in_workflow,
    "wagtail_bulk_action": act_on_many,
}
