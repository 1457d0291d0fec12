"""Where translating meets the admin: menu, buttons, and the editor of a translated page."""

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from accounts.models import User
from accounts.permissions import Action, Subject, languages_where, may
from content.page_permissions import IN_TRANSLATION_EDITOR, enabled_translations, subject_of, with_subject

from . import urls
from .editor import show_editor
from .languages import language_name, locales_to_translate_into
from .publishing import PublishRefused, publish_from_editor
from .refusing import refuse
from .rights import Refused, require, require_unlocked
from .views import published_message
from .works import is_translatable

# With more languages than this, one button leads to a page of all of them.
MOST_BUTTONS = 3
MOST_REASONS = 10
EDITION = "edition_in_{}"
LOCALIZE_REPORT = "wagtail_localize:translations_report"


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("translations/", include((urls.urlpatterns, urls.app_name)))]


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return languages_where(request.user, Action.WRITE, Subject.TRANSLATION) != set()


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return TranslationsMenuItem(
        gettext_lazy("Translations"),
        reverse("translations:overview"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=150,
    )


@hooks.register("construct_reports_menu")
def hide_localize_report(request: HttpRequest, items: list[MenuItem]) -> None:
    if languages_where(request.user, Action.COORDINATE, Subject.TRANSLATION) == set():
        items[:] = [item for item in items if item.url != reverse(LOCALIZE_REPORT)]


@hooks.register("construct_explorer_page_queryset")
def annotate_pages(parent: Page, pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """What buttons and rights ask of each page of a listing, read with the listing."""
    locales = locales_to_translate_into(request.user)
    pages = with_subject(pages)
    if len(locales) > MOST_BUTTONS:
        return pages
    return pages.annotate(
        **{
            EDITION.format(locale.pk): Subquery(
                Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale).values("pk")[:1]
            )
            for locale in locales
        }
    )


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from translate_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    yield from translate_buttons(page, user)


def translate_buttons(page: Page, user: User) -> Iterator[Button]:
    if page.is_root() or not is_translatable(page) or page.alias_of_id or subject_of(page) is Subject.TRANSLATION:
        return
    locales = [locale for locale in locales_for(user) if locale.pk != page.locale_id]
    if len(locales) > MOST_BUTTONS:
        yield translate_button(_("Translate …"), reverse("translations:languages", args=[page.pk]))
        return
    for locale in locales:
        edition = edition_pk(page, locale)
        name = {"language": language_name(locale.language_code)}
        if edition:
            label = _("Open the %(language)s translation") % name
            yield translate_button(label, reverse("wagtailadmin_pages:edit", args=[edition]))
        elif page.live:
            label = _("Translate into %(language)s") % name
            yield translate_button(label, reverse("translations:start", args=[page.pk, locale.language_code]))


def translate_button(label: str, url: str) -> Button:
    return Button(label, url, priority=55, icon_name="wagtail-localize-language")


def locales_for(user: User) -> list[Locale]:
    """Read once for the life of the `user` object: a listing asks for every row."""
    if not hasattr(user, "_locales_to_translate_into"):
        user._locales_to_translate_into = locales_to_translate_into(user)
    return user._locales_to_translate_into


def edition_pk(page: Page, locale: Locale) -> int | None:
    name = EDITION.format(locale.pk)
    if not hasattr(page, name):
        editions = Page.objects.filter(translation_key=page.translation_key, locale=locale)
        setattr(page, name, editions.values_list("pk", flat=True).first())
    return getattr(page, name)


@hooks.register("construct_page_action_menu")
def hide_localize_actions(items: list[ActionMenuItem], request: HttpRequest, context: dict) -> None:
    page = context.get("page")
    hidden = {"localize-convert-to-alias"}
    if page is None or not may(request.user, Action.COORDINATE, Subject.TRANSLATION, page.locale.language_code):
        hidden.add("localize-restart-translation")
    items[:] = [item for item in items if item.name not in hidden]


@hooks.register("before_edit_page", order=-1)
def edit_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Comes before wagtail-localize's hook, which would publish what is incomplete."""
    if subject_of(page) is not Subject.TRANSLATION:
        return None
    setattr(page, IN_TRANSLATION_EDITOR, True)
    translation = enabled_translations(page.translation_key, page.locale_id).select_related("target_locale").first()
    if request.method == "POST" and request.POST.get("action") == "publish":
        return publish_translation(request, translation, page)
    return show_editor(request, translation, page)


def publish_translation(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    language = page.locale.language_code
    try:
        require(request.user, Action.PUBLISH, language)
        require_unlocked(request.user, page)
    except Refused as refusal:
        return refuse(request, str(refusal), status=refusal.status)
    try:
        pages = publish_from_editor(translation, by=request.user)
    except PublishRefused as refusal:
        for reason in refusal.reasons[:MOST_REASONS]:
            messages.error(request, reason)
    else:
        messages.success(request, published_message(pages, language))
    return redirect(request.path)
