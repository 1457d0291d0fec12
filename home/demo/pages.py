"""Pages of the demonstration: each edition an ordinary page below the listing of its language.

Editions of a work share its translation key. They are ordinary pages, not translations in the eyes of
wagtail-localize, because their texts were written whole and not segment by segment.
"""

from datetime import UTC, datetime, time
from uuid import UUID, uuid5

from wagtail.models import Locale, Page

from content.models import Picture
from events.models import EventPage
from home.models import HomePage, StandardPage
from network.models import Contribution, Organization, Person
from news.models import NewsPage
from pages.describing import html_paragraphs
from projects.models import Partner, ProjectPage
from resources.models import ActionPlanPage, AttachedFile, BlueprintPage, ListingPage, RelatedWork
from taxonomy.models import Scheme
from toolkits.models import ModulePage, ToolkitPage, UnitPage

from .blocks import bullet_list
from .fields import day, fields_of, nearest_edition, unit_fields
from .media import files_for
from .vocabulary import concepts, license_named
from .works import Work

MODELS: dict[str, type[Page]] = {
    "page": StandardPage,
    "blueprint": BlueprintPage,
    "toolkit": ToolkitPage,
    "plan": ActionPlanPage,
    "news": NewsPage,
    "project": ProjectPage,
    "event": EventPage,
}
IN_MENU = ("about",)
PUBLISHING_HOUR = time(9, tzinfo=UTC)


def existing_languages(work: Work) -> set[str]:
    return set(Page.objects.filter(translation_key=work.key).values_list("locale__language_code", flat=True))


def make_edition(
    work: Work, language: str, picture: Picture, organizations: dict[str, Organization], people: dict[str, Person]
) -> None:
    """Add the page of one edition, and its parts, as drafts."""
    page = MODELS[work.kind](
        slug=work.slug,
        translation_key=work.key,
        locale=Locale.objects.get(language_code=language),
        image=picture,
        show_in_menus=work.slug in IN_MENU,
        **common(work),
        **fields_of(work, language),
    )
    if work.kind != "page":
        describe(page, work, language, organizations)
        page.contributions.add(*contributions(work, language, people))
    parent_of(work, language).add_child(instance=page)
    if work.kind == "toolkit":
        make_parts(page, work, language)


def common(work: Work) -> dict:
    return {
        "live": False,
        "has_unpublished_changes": True,
        "first_published_at": datetime.combine(day(work.data["published"]), PUBLISHING_HOUR),
    }


def parent_of(work: Work, language: str) -> Page:
    """Raises DoesNotExist where the site has no home page or listing in `language`."""
    if work.kind == "page":
        return HomePage.objects.get(locale__language_code=language, depth=2)
    return ListingPage.objects.get(locale__language_code=language, lists=work.kind)


def describe(page: Page, work: Work, language: str, organizations: dict[str, Organization]) -> None:
    page.topics = concepts(Scheme.TOPIC, work.data["topics"])
    page.target_groups = concepts(Scheme.TARGET_GROUP, work.data["target_groups"])
    page.goals = concepts(Scheme.GOAL, work.data["goals"])
    page.countries = concepts(Scheme.COUNTRY, work.data["countries"])
    page.contributions = [
        Contribution(organization=organizations[slug], role=Contribution.Role.AUTHOR, sort_order=order)
        for order, slug in enumerate(work.data["authors"])
    ]
    page.attached_files = [
        AttachedFile(file=file, sort_order=order) for order, file in enumerate(files_for(work, language))
    ]
    if work.kind == "project":
        page.coordinator = organizations.get(work.data["coordinator"])
        page.partners = [
            Partner(organization=organizations[row["organization"]], role=partner_role(row["role"]), sort_order=order)
            for order, row in enumerate(work.data["partners"])
        ]
    elif work.kind == "event":
        page.organizer = organizations.get(work.data["organizer"])
        host = organizations.get(work.data["host"])
        page.host = host.name_in(language) if host else ""
        page.previous_event = nearest_edition(work.data["previous_event"] or "", language)
    elif work.kind != "news":
        page.license = license_named(work.data["license"])
        page.publisher = organizations[work.data["publisher"]]


def contributions(work: Work, language: str, people: dict[str, Person]) -> list[Contribution]:
    """Of people; some in one language only, as translators."""
    return [
        Contribution(known_person=people[row["person"]], role=row["role"], sort_order=len(work.data["authors"]) + order)
        for order, row in enumerate(work.data.get("people", []))
        if language in row.get("languages", [language])
    ]


def partner_role(text: str) -> str:
    """What the facts call "host of the seminar" is a host."""
    return text.split(" of ", maxsplit=1)[0]


def make_parts(toolkit: ToolkitPage, work: Work, language: str) -> None:
    for module in work.edition(language)["modules"]:
        key = part_key(work, module["slug"])
        page = ModulePage(
            title=module["title"],
            slug=module["slug"],
            summary=module["summary"],
            minutes=module["minutes"],
            learning_outcomes=bullet_list(module.get("learning_outcomes", [])),
            facilitator_notes=html_paragraphs(module.get("facilitator_notes", "")),
            translation_key=key,
            locale=toolkit.locale,
            **common(work),
        )
        toolkit.add_child(instance=page)
        for unit in module["units"]:
            key = part_key(work, module["slug"], unit["slug"])
            fields = unit_fields(work, unit, key, language)
            page.add_child(instance=UnitPage(translation_key=key, locale=toolkit.locale, **common(work), **fields))


def part_key(work: Work, *slugs: str) -> UUID:
    return uuid5(work.key, "/".join(slugs))


def publish_work(work: Work) -> int:
    """Publish the drafts that nobody has saved since they were added, with their relations. Returns how many."""
    drafts = Page.objects.filter(translation_key__in=page_keys(work), latest_revision=None, live=False)
    pages = drafts.select_related("locale").order_by("path").specific()
    for page in pages:
        if page.translation_key == work.key and work.kind != "page":
            page.related_works = related_works(work, page.locale.language_code)
        page.save_revision().publish()
    return len(pages)


def page_keys(work: Work) -> list[UUID]:
    """Of the work itself, and of the modules and units of a toolkit."""
    modules = work.edition(work.data["source"]).get("modules", [])
    return [
        work.key,
        *(part_key(work, module["slug"]) for module in modules),
        *(part_key(work, module["slug"], unit["slug"]) for module in modules for unit in module["units"]),
    ]


def related_works(work: Work, language: str) -> list[RelatedWork]:
    targets = [nearest_edition(slug, language) for slug in [*work.data["related"], *work.data.get("mentions", [])]]
    return [RelatedWork(target=target, sort_order=order) for order, target in enumerate(targets) if target]
