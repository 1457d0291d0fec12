"""The answer to whoever may not do what they asked: 403, and why."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

JSON_VIEWS = ("edit_string_translation", "edit_override", "snippets_api_listing", "snippets_api_detail")


def refuse(request: HttpRequest, reason: str, *, status: int = 403) -> HttpResponse:
    """JSON to scripts, a page of the admin to those who work in it, one sentence to all others."""
    if wants_json(request):
        return JsonResponse({"error": reason}, status=status)
    if request.user.has_perm("wagtailadmin.access_admin"):
        return render(request, "translations/refused.html", {"reason": reason}, status=status)
    return HttpResponse(reason, status=status, content_type="text/plain; charset=utf-8")


def wants_json(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        (match is not None and match.url_name in JSON_VIEWS)
        or request.headers.get("x-requested-with") == "XMLHttpRequest"
        or not request.accepts("text/html")
    )
