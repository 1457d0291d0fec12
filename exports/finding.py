"""The public resource that an address names: the first step of every download."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import get_language

from catalog.kinds import all_kinds
from catalog.models import CatalogEntry
from catalog.reading import show_withdrawn

View = Callable[..., HttpResponse]


def of_a_resource(view: View) -> View:
    """Give `view` the public edition of `work` in the language of the address; 410 where there was one, else 404."""

    @wraps(view)
    def answer(request: HttpRequest, work: UUID, **arguments: object) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        kinds = [kind.name for kind in all_kinds() if kind.is_resource]
        editions = CatalogEntry.objects.filter(work=work, language=get_language(), kind__in=kinds)
        entry = editions.public().first()
        if entry is None:
            if editions.exists():
                return show_withdrawn(request, {work})
            raise Http404
        return view(request, entry, **arguments)

    return answer
