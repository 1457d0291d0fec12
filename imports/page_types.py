"""The kinds of pages that an import can make."""

from events.models import EventPage
from news.models import NewsPage
from pages.described import DescribedPage
from projects.models import ProjectPage
from resources.models import ActionPlanPage, BlueprintPage
from toolkits.models import ToolkitPage

PAGE_TYPES: dict[str, type[DescribedPage]] = {
    page_type.catalog_kind: page_type
    for page_type in (BlueprintPage, ActionPlanPage, ToolkitPage, NewsPage, ProjectPage, EventPage)
}
DEFAULT_KIND = BlueprintPage.catalog_kind
