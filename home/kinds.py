from datetime import datetime

from django.db.models import Count
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.cards import Card
from catalog.kinds import Kind, all_kinds, register_kind
from catalog.models import CatalogEntry, EntryQuerySet
from catalog.prepared import PreparedQuery

NEWEST = 6
NEWEST_NEWS = 3


def public_in(now: datetime, language: str) -> EntryQuerySet:
    return CatalogEntry.objects.public(now).in_language(language)


COUNTS = PreparedQuery(
    lambda now, language: (
        public_in(now, language).searchable().order_by().values_list("kind").annotate(number=Count("pk"))
    ),
    datetime,
    str,
)
NEWEST_RESOURCES = PreparedQuery(
    lambda now, language: (
        public_in(now, language)
        .filter(kind__in=[kind.name for kind in all_kinds() if kind.is_resource])
        .newest_first()
        .values_list(*Card._fields)[:NEWEST]
    ),
    datetime,
    str,
)
NEWS = PreparedQuery(
    lambda now, language: (
        public_in(now, language).of_kind("news").newest_first().values_list(*Card._fields)[:NEWEST_NEWS]
    ),
    datetime,
    str,
)
LISTINGS = PreparedQuery(
    lambda now, language: (
        public_in(now, language).of_kind("listing").order_by("tree_path").values_list("path", "title", "record_data")
    ),
    datetime,
    str,
)


def home_context(request: HttpRequest, entry: CatalogEntry) -> dict:
    """What is here in this language: how many of each kind, the newest of them, and the news."""
    asked = timezone.now(), entry.language
    counts = dict(COUNTS(*asked))
    doors = [
        {
            "path": path,
            "title": title,
            "summary": record["summary"],
            "lists": record["extra"]["lists"],
            "count": counts.get(record["extra"]["lists"], 0),
        }
        for path, title, record in LISTINGS(*asked)
    ]
    return {
        "newest": [Card(*row) for row in NEWEST_RESOURCES(*asked)],
        "news": [Card(*row) for row in NEWS(*asked)] if counts.get("news") else [],
        "doors": doors,
    }


HOME = register_kind(
    Kind(
        name="home",
        label=_("Home page"),
        plural=_("Home pages"),
        template="home/home.html",
        searchable=False,
        context=home_context,
    )
)
PAGE = register_kind(Kind(name="page", label=_("Page"), plural=_("Pages"), template="home/page.html", in_footer=True))
