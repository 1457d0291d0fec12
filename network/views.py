"""Readers' pages of organizations and people."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.images.models import SourceImageIOError

from catalog.frame import frame
from catalog.privacy import private_ids
from content.models import Picture
from taxonomy.labels import labels
from taxonomy.models import Scheme

from .counting import Counted, with_role
from .models import Organization, Person
from .showing import ROLES, groups_of, in_order_of_names, listed_people, public_organizations

logger = logging.getLogger(__name__)

PAGE_SIZE = 30
LOGO_FILTERS = ("max-400x240",)
PORTRAIT_FILTERS = ("fill-320x320",)


@require_safe
def list_organizations(request: HttpRequest) -> HttpResponse:
    """A to Z; by country, type, role, and whether they look for partners. What is no filter's value filters nothing."""
    language = get_language()
    public = public_organizations()
    counted = Counted(public, {"country": "country__code", "type": "type", "partners": "seeks_partners"})
    chosen = chosen_values(request, counted, ("country", "type", "role"))
    chosen["partners"] = request.GET.get("partners") == "1"
    found = public
    if chosen["country"]:
        found = found.filter(country__code=chosen["country"])
    if chosen["type"]:
        found = found.filter(type=chosen["type"])
    if chosen["role"]:
        found = with_role(found, chosen["role"])
    if chosen["partners"]:
        found = found.filter(seeks_partners=True)
    ordered = in_order_of_names(found, language).select_related("country").prefetch_related("country__labels")
    context = {
        **frame(request, language, {code: f"/{code}/organizations/" for code, _name in settings.LANGUAGES}),
        **page_of(request, ordered, {**chosen, "partners": "1" if chosen["partners"] else ""}),
        "countries": counted.choices("country", country_names(counted.values("country"), language), chosen),
        "types": counted.choices("type", Organization.Type.choices, chosen),
        "roles": counted.choices("role", role_names(counted), chosen),
        "seeking": counted.of("partners", chosen)[True],
        "has_people": listed_people().exists(),
    }
    return render(request, "network/organizations.html", context)


@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    """Those who agreed, A to Z by their last names; by the country of their organization and by role."""
    language = get_language()
    listed = listed_people()
    counted = Counted(listed, {"country": "affiliation__country__code"})
    chosen = chosen_values(request, counted, ("country", "role"))
    found = listed
    if chosen["country"]:
        found = found.filter(affiliation__country__code=chosen["country"])
    if chosen["role"]:
        found = with_role(found, chosen["role"])
    ordered = (
        found.order_by(Lower("sort_name"), "pk")
        .select_related("affiliation__country")
        .prefetch_related("texts", "affiliation__other_names", "affiliation__country__labels", with_portraits())
    )
    shown = page_of(request, ordered, chosen)
    context = {
        **frame(request, language, {code: f"/{code}/people/" for code, _name in settings.LANGUAGES}),
        **shown,
        "people": people_on(shown["page"].object_list, language),
        "countries": counted.choices("country", country_names(counted.values("country"), language), chosen),
        "roles": counted.choices("role", role_names(counted), chosen),
    }
    return render(request, "network/people.html", context)


def chosen_values(request: HttpRequest, counted: Counted, names: Iterable[str]) -> dict:
    """What is chosen in these filters; nothing where the address has a value that nobody has."""
    values = {name: request.GET.get(name, "") for name in names}
    return {name: value if value in counted.values(name) else "" for name, value in values.items()}


def page_of(request: HttpRequest, records: QuerySet, chosen: dict[str, str]) -> dict:
    """The page of a list, and the filters that its other pages keep."""
    return {
        "page": Paginator(records, PAGE_SIZE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "filters": {name: value for name, value in chosen.items() if value},
        "noindex": any(chosen.values()),
    }


def country_names(codes: Iterable[str], language: str) -> list[tuple[str, str]]:
    """By name."""
    names = labels.concepts([(Scheme.COUNTRY, code) for code in codes], language)
    return sorted(((code, name) for (_scheme, code), name in names.items()), key=lambda choice: choice[1].casefold())


def role_names(counted: Counted) -> list[tuple[str, str]]:
    there = counted.values("role")
    return [(role, str(name)) for role, name in ROLES.items() if role in there]


def people_on(people: Iterable[Person], language: str) -> list[dict]:
    """What a list tells of them; portraits in private collections are left out."""
    people = list(people)
    private = private_ids(Picture, {person.picture_id for person in people if person.picture_id})
    return [
        {
            "person": person,
            "path": person.path_in(language),
            "text": person.texts_in(language),
            "affiliation": person.affiliation.name_in(language) if person.affiliation else "",
            "country": person.affiliation.country if person.affiliation else None,
            "portrait": None if person.picture_id in private else readable_rendition(person.picture, PORTRAIT_FILTERS),
        }
        for person in people
    ]


def with_portraits() -> Prefetch:
    return Prefetch("picture", queryset=Picture.objects.prefetch_renditions(*PORTRAIT_FILTERS))


@require_safe
def show_organization(request: HttpRequest, slug: str) -> HttpResponse:
    language = get_language()
    organization = get_object_or_404(
        public_organizations()
        .select_related("country", "region", "logo")
        .prefetch_related("other_names", "country__labels", "region__labels", "expertise__labels"),
        slug=slug,
    )
    description, description_language = organization.description_in(language)
    context = {
        **frame(request, language, {code: organization.path_in(code) for code, _name in settings.LANGUAGES}),
        "organization": organization,
        "name": organization.name_in(language),
        "description": description,
        "description_language": description_language,
        "logo": rendition_of(organization.logo, LOGO_FILTERS),
        "written_in": [name for code, name in settings.LANGUAGES if code in organization.languages],
        "people": people_of(organization, language),
        "groups": groups_of(organization, language),
    }
    return render(request, "network/organization.html", context)


def people_of(organization: Organization, language: str) -> list[dict]:
    people = listed_people().filter(affiliation=organization).prefetch_related("texts")
    return [
        {"name": person.name, "path": person.path_in(language), "text": person.texts_in(language)} for person in people
    ]


@require_safe
def show_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Of those who agreed; to readers, nobody else is there."""
    language = get_language()
    person = get_object_or_404(
        listed_people().select_related("affiliation", "picture").prefetch_related("texts", "affiliation__other_names"),
        slug=slug,
    )
    affiliation = None
    if person.affiliation:
        is_public = public_organizations().filter(pk=person.affiliation_id).exists()
        affiliation = {
            "name": person.affiliation.name_in(language),
            "path": person.affiliation.path_in(language) if is_public else "",
        }
    context = {
        **frame(request, language, {code: person.path_in(code) for code, _name in settings.LANGUAGES}),
        "person": person,
        "text": person.texts_in(language),
        "affiliation": affiliation,
        "portrait": rendition_of(person.picture, PORTRAIT_FILTERS),
        "groups": groups_of(person, language),
    }
    return render(request, "network/person.html", context)


def rendition_of(picture: Picture | None, filters: tuple[str, ...]) -> dict | None:
    if picture is None or private_ids(Picture, {picture.pk}):
        return None
    return readable_rendition(picture, filters)


def readable_rendition(picture: Picture | None, filters: tuple[str, ...]) -> dict | None:
    """None where there is no picture, or none that can be read."""
    if picture is None:
        return None
    try:
        (rendition,) = picture.get_renditions(*filters).values()
    except SourceImageIOError:
        logger.error("The original of picture %s is missing or broken; pages are shown without it.", picture.pk)
        return None
    return {"src": rendition.url, "width": rendition.width, "height": rendition.height, "credit": picture.credit}
