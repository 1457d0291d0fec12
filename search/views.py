"""The search page and its JSON answer."""

import heapq
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.concepts import shelf_path
from catalog.frame import frame
from taxonomy.labels import labels
from taxonomy.models import Scheme

from .asking import Counted, is_search
from .clauses import parsed
from .engines import current_engine
from .facets import FACETS, facet_labels
from .queries import DEFAULT_SIZE, MAX_SIZE, MAX_TEXT_LENGTH, SORTS, SearchPage, SearchQuery
from .searching import run_search
from .subjects import topics_called

# Values of a facet on a page, unless all of it are asked for.
SHOWN_VALUES = 8


class BadQuery(ValueError):
    """A query that cannot be answered; the message tells the reader what to change."""


def search(request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    wants_json = request.GET.get("format") == "json"
    language = get_language()
    try:
        query = parse_query(request, language)
    except BadQuery as error:
        return refuse(request, language, str(error), wants_json)
    if wants_json:
        return JsonResponse(as_json(run_search(query)))
    answer = run_search(replace(query, values=SHOWN_VALUES, whole=request.GET.get("all", "")))
    context = page_context(request, answer)
    if not is_search(request, query):
        return render(request, "search/search.html", context)
    return Counted(render_to_string("search/search.html", context, request), answer)


def parse_query(request: HttpRequest, language: str) -> SearchQuery:
    """Raises BadQuery, with a message for the reader, for what has no sensible meaning."""
    text = " ".join(request.GET.get("q", "").split())
    if "\x00" in text:
        raise BadQuery(_("The search contains a character that is not allowed."))
    if len(text) > MAX_TEXT_LENGTH:
        raise BadQuery(
            _("This search is too long. Use at most %(limit)s characters; a few words find most.")
            % {"limit": MAX_TEXT_LENGTH}
        )
    filters = {name: tuple(dict.fromkeys(filter(None, request.GET.getlist(name))))[:50] for name in FACETS}
    if any("\x00" in value or len(value) > 100 for values in filters.values() for value in values):
        raise BadQuery(_("One of the filters is not valid. Remove it and try again."))
    known = dict(settings.LANGUAGES)
    if any(code not in known for code in filters["language"]):
        raise BadQuery(_("There is nothing in this language here. Choose one of the languages of the site."))
    filters = {
        name: tuple(dict.fromkeys(labels.current_code(name, value) for value in values))
        for name, values in filters.items()
    }
    return SearchQuery(
        text=text,
        language=language,
        filters={name: values for name, values in filters.items() if values},
        page=whole_number(request.GET.get("page"), default=1, highest=100_000),
        size=whole_number(request.GET.get("size"), default=DEFAULT_SIZE, highest=MAX_SIZE),
        sort=sort if (sort := request.GET.get("sort")) in SORTS else SORTS[0],
    )


def whole_number(text: str | None, *, default: int, highest: int) -> int:
    """A number from 1 to `highest`; raises BadQuery for anything else but an absent one."""
    if text is None or text == "":
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= highest):
        raise BadQuery(_("Page and size must be whole numbers from 1 to %(highest)s.") % {"highest": highest})
    return int(text)


def refuse(request: HttpRequest, language: str, message: str, wants_json: bool) -> HttpResponse:
    if wants_json:
        return JsonResponse({"error": message}, status=400)
    typed = SearchQuery(text=request.GET.get("q", "").replace("\x00", "")[:MAX_TEXT_LENGTH], language=language)
    context = {**frame(request, language, {language: request.path}), "query": typed, "error": message, "noindex": True}
    return render(request, "search/search.html", context, status=400)


def as_json(answer: SearchPage) -> dict:
    return {
        "total": answer.total,
        "results": [
            {
                "id": hit.id,
                "work": str(hit.work),
                "language": hit.language,
                "kind": hit.kind.name,
                "title": hit.title,
                "url": hit.path,
                "summary": hit.summary,
                "highlight": hit.highlight,
                "found_in": hit.found_in,
                "editions": hit.editions,
                "picked": hit.picked,
            }
            for hit in answer.hits
        ],
        "facets": {
            name: [{"value": value.value, "label": value.label, "count": value.count} for value in values]
            for name, values in answer.facets.items()
        },
        "did_you_mean": answer.did_you_mean,
        "degraded": answer.degraded,
    }


def page_context(request: HttpRequest, answer: SearchPage) -> dict:
    query = answer.query
    editions = {
        code: f"/{code}/search/" + (f"?{urlencode({'q': query.text})}" if query.text else "")
        for code, _name in settings.LANGUAGES
    }
    pages = -(-answer.total // query.size)
    return {
        **frame(request, query.language, editions),
        "answer": answer,
        "query": query,
        "facets": [facet_context(query, name, answer) for name in FACETS if tells_apart(answer, name)],
        "chips": [
            {"label": value.label, "url": url_without(query, name, value.value)}
            for name in FACETS
            for value in answer.facets[name]
            if value.chosen
        ],
        "sorts": [
            {"name": name, "label": label, "url": url_for(query, sort=name)} for name, label in sort_labels().items()
        ],
        "take_along": [
            (label, f"results.{extension}{url_for(query)}")
            for extension, label in (("csv", "CSV"), ("ris", "RIS"), ("bib", "BibTeX"), ("json", "JSON"))
        ]
        if answer.total
        else [],
        "feed_url": f"results.atom{url_for(query)}",
        "previous_url": url_for(query, page=query.page - 1) if query.page > 1 else "",
        "next_url": url_for(query, page=query.page + 1) if query.page < pages else "",
        "pages": pages,
        "suggestion_url": url_for(query, text=answer.did_you_mean) if answer.did_you_mean else "",
        **(ways_on(query) if answer.total == 0 else {}),
        "noindex": True,
    }


def sort_labels() -> dict[str, str]:
    return {
        "relevance": _("Most relevant first"),
        "newest": _("Newest first"),
        "downloads": _("Most downloaded first"),
    }


def ways_on(query: SearchQuery) -> dict:
    """What helps where nothing was found, with how much that is: less strict words, no filters, topics.

    The topics are those that the words name in another language, or else what most is about.
    """
    relaxed = parsed(query.text).relaxed
    counts = current_engine().find(SearchQuery(text="", language=query.language, size=1)).facets[Scheme.TOPIC]
    named = [code for code in topics_called(query.text, query.language) if code in counts][:SHOWN_VALUES]
    codes = named or heapq.nsmallest(SHOWN_VALUES, counts, key=lambda code: (-counts[code], code))
    names = labels.concepts([(Scheme.TOPIC, code) for code in codes], query.language)
    path = shelf_path(Scheme.TOPIC, query.language)
    return {
        "unfiltered": number_of(replace(query, filters={})) if query.filters else 0,
        "unfiltered_url": url_for(query, filters={}),
        "relaxed": number_of(replace(query, text=relaxed)) if relaxed else 0,
        "relaxed_url": url_for(query, text=relaxed),
        "are_named": bool(named),
        "topics": [{"label": names.get((Scheme.TOPIC, code), code), "url": f"{path}{code}/"} for code in codes],
    }


def number_of(query: SearchQuery) -> int:
    return current_engine().find(replace(query, page=1, size=1)).total


def tells_apart(answer: SearchPage, name: str) -> bool:
    """Whether a filter would leave anything out: not if every result has its only value."""
    values = answer.facets[name]
    return len(values) > 1 or any(value.chosen or value.count < answer.total for value in values)


def facet_context(query: SearchQuery, name: str, answer: SearchPage) -> dict:
    return {
        "name": name,
        "label": facet_labels(query.language)[name],
        "values": answer.facets[name],
        "open": name == query.whole or bool(query.filters.get(name)),
        "omitted": answer.omitted[name],
        "all_url": f"{url_for(query)}&{urlencode({'all': name})}#filter-{name}" if answer.omitted[name] else "",
    }


def url_for(
    query: SearchQuery, *, text: str | None = None, page: int = 1, filters: dict | None = None, sort: str = ""
) -> str:
    """The address of the same search with something changed; relative, so that it keeps the language."""
    chosen = query.filters if filters is None else filters
    pairs = [("q", query.text if text is None else text)]
    pairs += [(name, value) for name, values in chosen.items() for value in values]
    if page > 1:
        pairs.append(("page", str(page)))
    if query.size != DEFAULT_SIZE:
        pairs.append(("size", str(query.size)))
    if (sort or query.sort) != SORTS[0]:
        pairs.append(("sort", sort or query.sort))
    return "?" + urlencode(pairs)


def url_without(query: SearchQuery, name: str, value: str) -> str:
    filters = {**query.filters, name: tuple(other for other in query.filters[name] if other != value)}
    return url_for(query, filters=filters)
