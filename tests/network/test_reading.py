"""What readers see of organizations and people, and what they do not."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction

from catalog.models import CatalogEntry
from content.models import Picture
from network.models import Contribution, Organization, OrganizationName, Participation, Person, PersonText
from projects.models import Partner
from taxonomy.models import Concept, ConceptLabel

from ..admin.every_kind import PAGES, Filled
from ..catalog.conftest import add_blueprint, add_picture

pytestmark = pytest.mark.django_db
LONG = "n" * 1_800


@pytest.fixture
def organization(site):
    country = Concept.objects.create(scheme="country", code="DE")
    ConceptLabel.objects.create(concept=country, language="en", label="Germany")
    return Organization.objects.create(name="Hochschule Harz", type="university", country=country, city="Wernigerode")


def add_by(name, *, publish=True, **by):
    page = add_blueprint(name, publish=False)
    page.contributions = [Contribution(**by)]
    revision = page.save_revision()
    if publish:
        revision.publish()
        page.refresh_from_db()
    return page


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return response.content.decode()


ADDRESS = "/en/organizations/hochschule-harz/"


def test_an_organization_is_there_once_something_public_names_it(organization, client):
    page = add_by("draft", publish=False, organization=organization)
    text(client, ADDRESS, 404)
    assert "Hochschule Harz" not in text(client, "/en/organizations/")
    page.save_revision().publish()
    page.refresh_from_db()
    shown = text(client, ADDRESS)
    assert "Blueprint draft" in shown
    assert "Author" in shown
    assert "Germany" in shown
    assert "Hochschule Harz" in text(client, "/en/organizations/")
    page.unpublish()
    text(client, ADDRESS, 404)


def test_an_editor_may_list_it_before(organization, client):
    Organization.objects.update(is_listed=True)
    assert "Nothing with this organization" in text(client, ADDRESS)


def test_a_draft_of_a_listed_organization_stays_hidden(organization, client):
    Organization.objects.update(is_listed=True)
    add_by("secret", publish=False, organization=organization)
    assert "secret" not in text(client, ADDRESS)


def test_each_work_is_shown_once_in_the_readers_language(organization, client, site):
    page = add_by("one", organization=organization)
    swedish = page.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.title = "På svenska"
    swedish.save_revision().publish()
    assert "På svenska" in text(client, "/sv/organizations/hochschule-harz/")
    assert "På svenska" not in text(client, ADDRESS)
    assert "Blueprint one" in text(client, "/ar/organizations/hochschule-harz/")


def test_lists_are_filtered_by_country_type_and_search_for_partners(organization, client):
    Organization.objects.create(name="Another", type="ngo", seeks_partners=True, is_listed=True)
    Organization.objects.update(is_listed=True)
    assert "Another" not in text(client, "/en/organizations/?country=DE")
    assert "Hochschule" not in text(client, "/en/organizations/?type=ngo")
    assert "Hochschule" not in text(client, "/en/organizations/?partners=1")
    for odd in ("country=%27", "type=nothing", "page=x", "page=99", f"country={LONG}", "partners=%3Cb%3E"):
        assert "Another" in text(client, f"/en/organizations/?{odd}")


def test_organizations_are_filtered_by_what_they_are_published_as(organization, client):
    partner = Organization.objects.create(name="Partner", type="ngo")
    add_by("one", organization=organization, role="author")
    add_by("two", organization=organization, role="author")
    add_by("three", organization=partner, role="reviewer")
    hidden = add_by("hidden", organization=partner, role="illustrator")
    hidden.unpublish()
    add_by("draft", organization=organization, role="translator", publish=False)
    shown = text(client, "/en/organizations/")
    assert '<option value="author">Author (1)</option>' in shown
    assert '<option value="reviewer">Reviewer (1)</option>' in shown
    assert "illustrator" not in shown
    assert "translator" not in shown
    shown = text(client, "/en/organizations/?role=reviewer")
    assert "Hochschule Harz" not in shown
    assert ADDRESS not in shown
    assert '<option value="ngo">Non-governmental organization (1)</option>' in shown
    assert 'value="university"' not in shown
    assert "No organization fits" in text(client, "/en/organizations/?role=reviewer&type=university")
    for unknown in ("illustrator", "x", LONG):
        assert "Hochschule Harz" in text(client, f"/en/organizations/?role={unknown}")


def test_an_expired_page_gives_no_role(organization, client):
    page = add_by("one", organization=organization, role="reviewer")
    Organization.objects.update(is_listed=True)
    CatalogEntry.objects.filter(page_id=page.pk).update(expires_at="2020-01-01T00:00:00Z")
    shown = text(client, "/en/organizations/?role=reviewer")
    assert "Hochschule Harz" in shown
    assert "Reviewer" not in shown


def test_roles_follow_the_published_text(organization):
    page = add_by("one", organization=organization, role="author")
    assert roles_of(organization) == ["author"]
    page.contributions = [Contribution(organization=organization, role="editor")]
    page.save_revision().publish()
    assert roles_of(organization) == ["editor"]
    page.unpublish()
    assert roles_of(organization) == []


def test_roles_of_a_project_are_those_of_its_record(site):
    filled = Filled(2)
    page = PAGES["project"](filled)
    coordinator, partner = filled.organizations
    page.partners = [Partner(organization=partner, role="associated_partner")]
    page.save_revision().publish()
    assert "coordinator" in roles_of(coordinator)
    assert "associated_partner" in roles_of(partner)


def test_the_organizer_of_an_event_has_a_role(site):
    filled = Filled(2)
    PAGES["event"](filled)
    assert "organizer" in roles_of(filled.organizations[0])


def test_entries_from_before_get_their_rows(organization):
    add_by("one", organization=organization, role="author")
    add_by("two", known_person=Person.objects.create(name="Amal Haddad", is_listed=True), role="editor")
    Participation.objects.all().delete()
    import_module("network.migrations.0003_participations").read_entries(apps, None)
    assert sorted(Participation.objects.values_list("role", flat=True)) == ["author", "editor"]


def roles_of(organization):
    return sorted(organization.participations.values_list("role", flat=True).distinct())


def test_lists_go_by_the_name_that_readers_see(site, client):
    for name in ("beta", "Alpha", "Zeta"):
        Organization.objects.create(name=name, is_listed=True)
    OrganizationName.objects.create(organization=Organization.objects.get(name="Zeta"), language="sv", name="Aaa")
    page = text(client, "/en/organizations/")
    assert page.index("Alpha") < page.index("beta") < page.index("Zeta")
    page = text(client, "/sv/organizations/")
    assert page.index("Aaa") < page.index("Alpha")
    assert "Zeta" not in page


def test_lists_have_pages(site, client):
    Organization.objects.bulk_create(Organization(name=f"Org {n:03}", slug=f"o-{n}", is_listed=True) for n in range(65))
    assert "Org 064" in text(client, "/en/organizations/?page=3")
    assert "page=2" in text(client, "/en/organizations/")


@pytest.mark.parametrize("kind", ["organizations", "people"])
def test_odd_addresses_are_refused_not_failed(site, client, kind):
    assert client.get(f"/en/{kind}/nobody/").status_code == 404
    assert client.get(f"/en/{kind}/{LONG}/").status_code == 404
    assert client.get(f"/en/{kind}/{'n' * 3_000}/").status_code == 414
    assert client.get(f"/en/{kind}/a%00b/").status_code == 400
    assert client.get(f"/en/{kind}/مدينة/").status_code == 404
    assert client.post(f"/en/{kind}/nobody/").status_code == 405


def test_costs_do_not_grow(organization, client):
    person = add_person("Amal Haddad", affiliation=organization, picture=add_picture("portrait"))
    for number in range(2):
        add_by(f"few-{number}", organization=organization)
        add_by(f"few-by-{number}", known_person=person)
    addresses = (
        ADDRESS,
        "/en/organizations/",
        "/en/organizations/?role=author&country=DE",
        "/en/people/amal-haddad/",
        "/en/people/",
    )
    before = [queries(client, address) for address in addresses]
    for number in range(6):
        other = Organization.objects.create(name=f"Org {number}", is_listed=True, country=organization.country)
        add_by(f"many-{number}", organization=organization)
        add_by(f"many-by-{number}", known_person=person)
        add_person(f"Person {number}", affiliation=other, picture=add_picture(f"portrait-{number}"))
        add_by(f"other-{number}", organization=other)
    assert [queries(client, address) for address in addresses] == before
    assert max(before) <= 16, before


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        text(client, address)
    return len(captured)


# --- people


def add_person(name, **fields):
    person = Person.objects.create(name=name, is_listed=True, **fields)
    PersonText.objects.create(person=person, language="en", role=f"Role of {name}")
    return person


def test_the_list_of_people_has_those_who_agreed_by_their_last_names(organization, client):
    add_person("Zoe Adler", affiliation=organization)
    add_person("Amal haddad")
    Person.objects.create(name="Hidden Person", affiliation=organization)
    shown = text(client, "/en/people/")
    assert shown.index("Zoe Adler") < shown.index("Amal haddad")
    assert "2 people" in shown
    assert "Role of Zoe Adler" in shown
    assert "Hochschule Harz" in shown
    assert "Hidden Person" not in shown
    assert "/en/people/" in text(client, "/en/people/zoe-adler/")
    assert "/en/people/" in text(client, "/en/organizations/")


def test_an_empty_list_of_people_says_so_and_nothing_leads_there(site, client):
    assert "Nobody is listed yet" in text(client, "/en/people/")
    assert "/en/people/" not in text(client, "/en/organizations/")


def test_people_are_filtered_by_country_and_role(organization, client):
    add_by("one", known_person=add_person("Zoe Adler", affiliation=organization), role="author")
    add_by("two", known_person=add_person("Amal Haddad"), role="translator")
    add_by("three", known_person=Person.objects.create(name="Hidden Person"), role="reviewer")
    shown = text(client, "/en/people/")
    assert '<option value="DE">Germany (1)</option>' in shown
    assert '<option value="translator">Translator (1)</option>' in shown
    assert "reviewer" not in shown
    assert "Amal Haddad" not in text(client, "/en/people/?country=DE")
    assert "Zoe Adler" not in text(client, "/en/people/?role=translator")
    assert "Nobody fits" in text(client, "/en/people/?role=translator&country=DE")
    for odd in ("country=%27", "role=reviewer", "page=x", "page=99", f"role={LONG}"):
        assert "Zoe Adler" in text(client, f"/en/people/?{odd}")


def test_people_come_in_pages(site, client):
    Person.objects.bulk_create(
        Person(name=f"P {n:03}", slug=f"p-{n}", sort_name=f"{n:03}", is_listed=True) for n in range(65)
    )
    assert "P 064" in text(client, "/en/people/?page=3")
    assert "page=2" in text(client, "/en/people/")


def test_portraits_in_private_collections_are_left_out_of_the_list(site, client):
    add_person("Amal Haddad", picture=add_picture("portrait"))
    assert "/media/images/" in text(client, "/en/people/")
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    Picture.objects.update(collection=private)
    shown = text(client, "/en/people/")
    assert "Amal Haddad" in shown
    assert "/media/images/" not in shown


def test_nobody_has_a_page_without_agreeing(site, client):
    person = Person.objects.create(name="Amal Haddad", contact="amal@example.org", website="https://amal.example")
    page = add_by("one", known_person=person)
    text(client, "/en/people/amal-haddad/", 404)
    record = CatalogEntry.objects.get(page_id=page.pk).record
    assert record.agents[0].path == ""
    assert "amal.example" not in text(client, "/en/blueprints/one/")
    person.is_listed = True
    person.save()
    assert CatalogEntry.objects.get(page_id=page.pk).record.agents[0].path == "/en/people/amal-haddad/"
    shown = text(client, "/en/people/amal-haddad/")
    assert "Blueprint one" in shown
    assert "amal@example.org" in shown


def test_an_organization_names_only_people_who_agreed(organization, client):
    Organization.objects.update(is_listed=True)
    Person.objects.create(name="Hidden Person", affiliation=organization)
    Person.objects.create(name="Shown Person", affiliation=organization, is_listed=True)
    shown = text(client, ADDRESS)
    assert "Shown Person" in shown
    assert "Hidden Person" not in shown


def test_a_hidden_organization_is_not_linked_from_its_people(organization, client):
    Person.objects.create(name="Shown Person", affiliation=organization, is_listed=True)
    shown = text(client, "/en/people/shown-person/")
    assert "Hochschule Harz" in shown
    assert ADDRESS not in shown


def test_pages_show_a_persons_new_name(site):
    person = Person.objects.create(name="Amal Haddad")
    page = add_by("one", known_person=person)
    person.name = "Amal Haddad-Berg"
    person.save()
    assert CatalogEntry.objects.get(page_id=page.pk).record.agents[0].name == "Amal Haddad-Berg"


# --- pictures


def test_a_logo_is_served_while_its_organization_is_public(organization, client):
    organization.logo = add_picture("logo")
    organization.is_listed = True
    organization.save()
    assert "/media/images/" in text(client, ADDRESS)
    address = organization.logo.get_rendition("max-400x240").url
    assert client.get(address).status_code == 200
    organization.is_listed = False
    organization.save()
    assert client.get(address).status_code == 404


def test_a_portrait_is_served_only_of_those_who_agreed(site, client):
    person = Person.objects.create(name="Amal Haddad", picture=add_picture("portrait"))
    address = person.picture.get_rendition("fill-320x320").url
    assert client.get(address).status_code == 404
    person.is_listed = True
    person.save()
    assert client.get(address).status_code == 200
