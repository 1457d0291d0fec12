from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from catalog.kinds import Kind, all_kinds, register_kind
from catalog.models import CatalogEntry

NEWEST = 6


def home_context(request: HttpRequest, entry: CatalogEntry) -> dict:
    """What is here in this language: how many of each kind, the newest of them, and the news."""
    public = CatalogEntry.objects.public().in_language(entry.language)
    resource_kinds = [kind.name for kind in all_kinds() if kind.is_resource]
    counts = dict(public.searchable().order_by().values_list("kind").annotate(number=Count("pk")))
    newest = list(public.filter(kind__in=resource_kinds).without_publication().newest_first()[:NEWEST])
    news = list(public.of_kind("news").without_publication().newest_first()[:3]) if counts.get("news") else []
    listings = public.of_kind("listing").order_by("tree_path").values("path", "title", "record_data")
    doors = [
        {
            "path": row["path"],
            "title": row["title"],
            "summary": row["record_data"]["summary"],
            "lists": row["record_data"]["extra"]["lists"],
            "count": counts.get(row["record_data"]["extra"]["lists"], 0),
        }
        for row in listings
    ]
    return {"newest": newest, "news": news, "doors": doors}


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
