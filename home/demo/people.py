"""Invented people of the demonstration, each made once; what is there already stays as it is."""

from django.db import transaction

from network.models import Organization, Person, PersonText

from .works import read_people


@transaction.atomic
def make_people(organizations: dict[str, Organization]) -> dict[str, Person]:
    """The people by slug."""
    known = {person.slug: person for person in Person.objects.all()}
    return {data["slug"]: known.get(data["slug"]) or make_person(data, organizations) for data in read_people()}


def make_person(data: dict, organizations: dict[str, Organization]) -> Person:
    person = Person(
        slug=data["slug"],
        name=data["name"],
        sort_name=data["sort_name"],
        affiliation=organizations[data["affiliation"]],
        is_listed=True,
    )
    person.texts = [PersonText(language=language, **texts) for language, texts in data["texts"].items()]
    person.save()
    return person
