"""Readers' pages of organizations and people."""

import logging

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
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

from .models import Organization
from .showing import groups_of, in_order_of_names, listed_people, public_organizations

logger = logging.getLogger(__name__)

PAGE_SIZE = 30
LOGO_FILTERS = ("max-400x240",)
PORTRAIT_FILTERS = ("fill-320x320",)


@require_safe
def list_organizations(request: HttpRequest) -> HttpResponse:
    """A to Z; by country, type, and whether they look for partners. What is no filter's value filters nothing."""
    language = get_language()
    public = public_organizations()
    countries = country_choices(public, language)
    types = type_choices(public)
    chosen = {
        "country": known_value(request, "country", dict(countries)),
        "type": known_value(request, "type", dict(types)),
        "partners": "1" if request.GET.get("partners") == "1" else "",
    }
    found = public
    if chosen["country"]:
        found = found.filter(country__code=chosen["country"])
    if chosen["type"]:
        found = found.filter(type=chosen["type"])
    if chosen["partners"]:
        found = found.filter(seeks_partners=True)
    ordered = in_order_of_names(found, language).select_related("country").prefetch_related("country__labels")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **frame(request, language, {code: f"/{code}/organizations/" for code, _name in settings.LANGUAGES}),
        "page": page,
        "countries": countries,
        "types": types,
        "chosen": chosen,
        "filters": {name: value for name, value in chosen.items() if value},
        "noindex": any(chosen.values()),
    }
    return render(request, "network/organizations.html", context)


def known_value(request: HttpRequest, name: str, choices: dict) -> str:
    value = request.GET.get(name, "")
    return value if value in choices else ""


def country_choices(organizations: QuerySet[Organization], language: str) -> list[tuple[str, str]]:
    """The countries that there are organizations in, by name."""
    codes = organizations.order_by().exclude(country=None).values_list("country__code", flat=True).distinct()
    names = labels.concepts([(Scheme.COUNTRY, code) for code in codes], language)
    return sorted(((code, name) for (_scheme, code), name in names.items()), key=lambda choice: choice[1].casefold())


def type_choices(organizations: QuerySet[Organization]) -> list[tuple[str, str]]:
    there = set(organizations.order_by().values_list("type", flat=True).distinct())
    return [(value, str(label)) for value, label in Organization.Type.choices if value in there]


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
    try:
        (rendition,) = picture.get_renditions(*filters).values()
    except SourceImageIOError:
        logger.error("The original of picture %s is missing or broken; pages are shown without it.", picture.pk)
        return None
    return {"src": rendition.url, "width": rendition.width, "height": rendition.height, "credit": picture.credit}
