"""Asks for the language team's rights before any address of wagtail-localize answers."""

from collections.abc import Callable

from django.contrib import messages
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_valid_next_url_from_request

from .po_files import FileRefused, import_file
from .refusing import refuse
from .rights import PAGE_RULES, Refused, check_localize, page_of, translation_of

NAMESPACE = "wagtail_localize"


class LocalizeGate:
    """Whoever is not signed in goes on to Wagtail, which asks them to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, object]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not (is_localize(request) or match.view_name in PAGE_RULES) or not request.user.is_authenticated:
            return None
        try:
            if not is_localize(request):
                PAGE_RULES[match.view_name](request, kwargs)
                return None
            check_localize(request, match.url_name, kwargs)
        except Refused as refusal:
            return refuse(request, str(refusal), status=refusal.status)
        if match.url_name == "upload_pofile" and request.method == "POST" and may_enter(request):
            return take_po_file(request, kwargs)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a person can send must not be answered with 500."""
        if not is_localize(request):
            return None
        if isinstance(exception, MultiValueDictKeyError):
            return refuse(request, _("The text is missing."), status=400)
        if isinstance(exception, DataError):
            return refuse(request, _("The text is too long."), status=400)
        return None


def is_localize(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and NAMESPACE in match.namespaces


def may_enter(request: HttpRequest) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin")


def take_po_file(request: HttpRequest, kwargs: dict[str, object]) -> HttpResponse:
    """In place of wagtail-localize's own import, which fails on bad files and takes guesses for translations."""
    translation = translation_of(kwargs)
    try:
        for sentence in import_file(request.FILES.get("file"), translation, by=request.user).sentences():
            messages.success(request, sentence)
    except FileRefused as refusal:
        messages.error(request, str(refusal))
    following = get_valid_next_url_from_request(request)
    return redirect(following or reverse("wagtailadmin_pages:edit", args=[page_of(translation).pk]))
