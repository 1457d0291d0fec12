"""By what results can be filtered: the facets' values of an entry, and how values are called.

A facet is a vocabulary, or something that search works out of the record. A value is a code that addresses may carry.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.kinds import all_kinds
from catalog.models import CatalogEntry
from catalog.prepared import PreparedQuery, asked
from taxonomy.labels import labels as concept_labels

# What readers may filter by, in the order in which it is offered.
FACETS: dict[str, str | Promise] = {
    "kind": _("Kind"),
    "topic": _("Topic"),
    "target_group": _("Target group"),
    "country": _("Country"),
    "region": _("Region"),
    "goal": _("Sustainable development goal"),
    "education_level": _("Educational level"),
    "field": _("Field of education"),
    "resource_type": _("Type of resource"),
    "organization": _("Organization"),
    "project": _("Project"),
    "language": _("Language"),
    "license": _("Licence"),
    "file_format": _("File format"),
    "duration": _("Duration"),
    "year": _("Year"),
}
VOCABULARIES = (
    "topic", "target_group", "country", "region", "goal", "education_level", "field", "resource_type",
)  # fmt: skip
# The longest time in minutes of each span, and what it is called.
DURATIONS: dict[str, tuple[float, str | Promise]] = {
    "1h": (60, pgettext_lazy("duration", "Up to an hour")),
    "4h": (240, pgettext_lazy("duration", "One to four hours")),
    "8h": (480, pgettext_lazy("duration", "Four to eight hours")),
    "days": (float("inf"), pgettext_lazy("duration", "More than eight hours")),
}
MAX_LENGTH = 100

# A facet and one of its values.
Named = tuple[str, str]


def facet_lines(entry: CatalogEntry) -> str:
    """The values of an entry, a line "name=value" for each."""
    record = entry.record
    values = {
        **record.facets,
        "language": (entry.language,),
        "organization": {agent.name for agent in record.agents if agent.path and not agent.is_person},
        "project": {relation.work for relation in record.relations if relation.name == "project"},
        "file_format": {file.extension.lower() for file in record.files if file.extension},
        "duration": spans_of(record.extra.get("minutes")),
        "year": [record.published[:4]] if record.published else [],
    }
    lines = {
        f"{name}={' '.join(value.split())[:MAX_LENGTH]}" for name, found in values.items() for value in found if value
    }
    return "\n".join(sorted(lines))


def spans_of(minutes: object) -> list[str]:
    if not isinstance(minutes, int) or minutes < 1:
        return []
    return [next(code for code, (longest, _label) in DURATIONS.items() if minutes <= longest)]


@cache
def facet_labels(language: str) -> dict[str, str]:
    """What facets are called, put into words once: each page needs them all."""
    with translation.override(language):
        return {name: str(label) for name, label in FACETS.items()}


@cache
def fixed_labels(language: str) -> dict[Named, str]:
    """What values are called that are the same on every site."""
    with translation.override(language):
        return {
            **{("language", code): name for code, name in settings.LANGUAGES},
            **{("duration", code): str(label) for code, (_longest, label) in DURATIONS.items()},
            **{("kind", kind.name): str(kind.plural) for kind in all_kinds()},
        }


def value_labels(language: str, values: Mapping[str, Iterable[str]]) -> dict[Named, str]:
    """What values by facet are called in `language`; what has no other name is called by its code."""
    labels = {(name, value): value for name, found in values.items() for value in found}
    labels |= fixed_labels(language)
    labels |= {("license", code): short for code, short in concept_labels.license_names().items()}
    labels |= {("file_format", code): code.upper() for code in values.get("file_format", ())}
    keys = [(name, code) for name in VOCABULARIES for code in values.get(name, ())]
    labels |= concept_labels.concepts(keys, language)
    labels |= {("project", work): title for work, title in titles_of(values.get("project", ()), language).items()}
    return labels


def titles_of(works: Iterable[str], language: str) -> dict[str, str]:
    """Titles of public works by their ids, in `language` if there is such an edition, else in English or any other."""
    titles: dict[str, str] = {}
    preferred = ("en", language)
    rows = asked(titles_query, [UUID(work) for work in works if is_work(work)])
    for work, _code, title in sorted(rows, key=lambda row: preferred.index(row[1]) if row[1] in preferred else -1):
        titles[str(work)] = title
    return titles


@cache
def titles_query(places: int) -> PreparedQuery:
    def build(now: datetime, *works: UUID) -> QuerySet:
        return (
            CatalogEntry.objects.public(now).filter(work__in=works).order_by().values_list("work", "language", "title")
        )

    return PreparedQuery(build, datetime, *[UUID] * places)


def is_work(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False
