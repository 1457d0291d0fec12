"""wagtail-localize's editor of one page, without the actions that its user may not take."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import edit_translation

from accounts.permissions import Action, Subject, may

STOP_BUTTON = '.w-dropdown-button:has(> [data-w-action-url-value$="/disable/"])'
EDITOR = b'<div class="js-translation-editor"'
HIDE_STOP = f"<style>{STOP_BUTTON} {{ display: none !important }}</style></head>".encode()


def show_editor(request: HttpRequest, translation: Translation, page: Page) -> HttpResponse:
    """The editor takes what it offers from JSON in the page; it asks for no right before it offers these two."""
    response = edit_translation(request, translation, page)
    alias = reverse("wagtail_localize:convert_to_alias", args=[page.pk])
    offered, withheld = link("convertToAliasUrl", alias), link("convertToAliasUrl", None)
    content = response.content.replace(offered.encode(), withheld.encode())
    if not may(request.user, Action.COORDINATE, Subject.TRANSLATION, page.locale.language_code):
        content = content.replace(b"</head>", HIDE_STOP, 1)
    if may(request.user, Action.WRITE, Subject.TRANSLATION, page.locale.language_code):
        content = content.replace(EDITOR, link_to_texts(translation).encode() + EDITOR, 1)
    response.content = content
    return response


def link_to_texts(translation: Translation) -> str:
    """On a translation's own page: wagtail-localize's editor knows neither states nor history."""
    return format_html(
        '<p class="nice-padding"><a class="button" href="{}">{}</a></p>',
        reverse("translations:texts", args=[translation.pk]),
        _("Translate and review text by text"),
    )


def link(name: str, address: str | None) -> str:
    return escape(f"{json.dumps(name)}: {json.dumps(address)}")
