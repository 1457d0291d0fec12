"""Loads the demonstration content. What is there already is never touched, so it is safe to run again."""

from django.db import transaction
from wagtail.models import Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from catalog.synchronizing import worked_off_together
from content.models import SiteIdentity
from network.models import Organization, Person

from .figures import fill_figures
from .media import made_ahead, picture_for
from .organizations import make_organizations
from .pages import existing_languages, make_edition, publish_work
from .people import make_people
from .progress import make_progress
from .references import index_references
from .registrations import fill_desk
from .works import Work, read_works

PUBLISHER = "Inclusion Commons partnership (demonstration)"
CONTACT = "contact@example.org"


def load_demo() -> int:
    """Returns how many pages were published. Needs the languages, listings and vocabularies of `setup_site`.

    Pages are added as drafts first and published when all are there, because works refer to each other.
    """
    name_site()
    works = read_works()
    with disable_reference_index_auto_update(), made_ahead(missing(works)), worked_off_together():
        organizations = make_organizations()
        people = make_people(organizations)
        for work in works:
            add_work(work, organizations, people)
        count = sum(publish(work) for work in works)
    if count:
        index_references.enqueue()
    return count


def missing(works: list[Work]) -> list[Work]:
    return [work for work in works if set(work.languages) - existing_languages(work)]


@transaction.atomic
def add_work(work: Work, organizations: dict[str, Organization], people: dict[str, Person]) -> None:
    there = existing_languages(work)
    missing = [language for language in work.languages if language not in there]
    if not missing:
        return
    if work.kind == "plan":
        make_progress(work)
    picture = picture_for(work)
    for language in missing:
        make_edition(work, language, picture, organizations, people)


@transaction.atomic
def publish(work: Work) -> int:
    count = publish_work(work)
    if count and work.kind == "project":
        fill_figures(work)
    elif count and work.kind == "event":
        fill_desk(work)
    return count


def name_site() -> None:
    """Say who answers for the site, unless an administrator has said it."""
    identity = SiteIdentity.for_site(Site.objects.get(is_default_site=True))
    if not identity.publisher and not identity.contact:
        identity.publisher, identity.contact = PUBLISHER, CONTACT
        identity.save()
