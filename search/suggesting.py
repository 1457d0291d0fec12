"""What a reader may be about to type: works by their titles, topics, organizations.

Whole words are looked for in all their forms, the last one as the beginning of a word.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.concepts import shelf_path
from catalog.kinds import kind_named
from catalog.models import CatalogEntry
from taxonomy.labels import labels as concept_labels
from taxonomy.models import Scheme

from .analysis import term_of, words_of
from .columns import NOTHING, Columns, current_columns
from .engines import current_engine
from .stemming.letters import plain

MIN_LENGTH, MAX_LENGTH = 2, 100
MAX_WORKS, MAX_TOPICS, MAX_ORGANIZATIONS = 5, 3, 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind` says in the reader's language what it is; `url` leads to it."""

    text: str
    kind: str
    url: str
    language: str


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """JSON {"suggestions": [{"text", "kind", "url", "language"}], "status"}; none for what is too short or too long.

    `status` says how many there are, for those who cannot see them.
    """
    found = suggest(request.GET.get("q", ""), get_language())
    number = len(found)
    status = ngettext("%(number)s suggestion", "%(number)s suggestions", number) % {"number": number}
    response = JsonResponse({"suggestions": [asdict(suggestion) for suggestion in found], "status": status})
    response["Cache-Control"] = "public, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response


def suggest(text: str, language: str) -> list[Suggestion]:
    if "\x00" in text or not MIN_LENGTH <= len(text.strip()) <= MAX_LENGTH:
        return []
    words = words_of(text, language)
    if not words:
        return []
    columns = current_columns()
    return [
        *topics(words, language, columns),
        *works(words, language, columns),
        *organizations(words, language, columns),
    ]


def works(words: list[str], language: str, columns: Columns) -> list[Suggestion]:
    """Those in the reader's language whose title has the words."""
    visible = columns.visible.get(language, NOTHING)
    *whole, last = words
    terms = [term for word in whole if (term := term_of(word, language))]
    endings = {ending for ending in (plain(last), term_of(last, language)) if ending}
    numbers = current_engine().titled(language, terms, endings, visible, MAX_WORKS)
    shelf = columns.shelves.get(language)
    ids = [shelf.entries[number] for number in numbers] if shelf else []
    rows = CatalogEntry.objects.public().filter(pk__in=ids).values_list("pk", "title", "kind", "path")
    known = {pk: (title, kind, path) for pk, title, kind, path in rows}
    return [
        Suggestion(title, str(kind_named(kind).label), path, language)
        for title, kind, path in (known[pk] for pk in ids if pk in known)
    ]


def topics(words: list[str], language: str, columns: Columns) -> list[Suggestion]:
    """Those that something public is about."""
    used = values_in_use(columns, Scheme.TOPIC)
    names = concept_labels.in_scheme(Scheme.TOPIC, language)
    found = named(((label, code) for code, label in names.items() if code in used), words, language)
    path = shelf_path(Scheme.TOPIC, language)
    return [
        Suggestion(label, str(Scheme.TOPIC.label), f"{path}{code}/", language) for label, code in found[:MAX_TOPICS]
    ]


def organizations(words: list[str], language: str, columns: Columns) -> list[Suggestion]:
    """Those that have a part in something public; they lead to what that is."""
    found = named(((name, name) for name in values_in_use(columns, "organization")), words, language)
    return [
        Suggestion(name, _("Organization"), f"/{language}/search/?{urlencode({'organization': name})}", language)
        for name, _name in found[:MAX_ORGANIZATIONS]
    ]


def values_in_use(columns: Columns, facet: str) -> set[str]:
    """Values of a facet that something public has, in any language."""
    return {
        value
        for language, visible in columns.visible.items()
        for (name, value), having in columns.shelves[language].values.items()
        if name == facet and having.intersect(visible)
    }


def named(names: Iterable[tuple[str, str]], words: list[str], language: str) -> list[tuple[str, str]]:
    """Of these names, each with a code, those with words that begin as the words typed; the shortest first."""
    wanted = [plain(word) for word in words]
    found = []
    for name, code in names:
        own = [plain(word) for word in words_of(name, language)]
        if all(any(word.startswith(beginning) for word in own) for beginning in wanted):
            found.append((name, code))
    return sorted(found, key=lambda pair: (len(pair[0]), pair))
