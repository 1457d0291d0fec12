"""Requests that no later layer could answer sensibly are refused here, with a reason."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

MAX_PATH_LENGTH = 2_000
GetResponse = Callable[[HttpRequest], HttpResponse]


def refuse_malformed_requests(get_response: GetResponse) -> GetResponse:
    """Answer 400 to null characters and 414 to paths longer than any address of this site."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return _refusal(_("The address contains a character that is not allowed."), 400)
        if len(request.path_info) > MAX_PATH_LENGTH:
            return _refusal(_("The address is too long."), 414)
        return get_response(request)

    return middleware


def _refusal(message: str, status: int) -> HttpResponse:
    return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")
