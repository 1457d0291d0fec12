"""Two records of one organization become one."""

import pytest
from django.test import Client
from wagtail.models import Page

from accounts.models import Role, Team, User
from accounts.roles import sync_roles
from catalog.models import CatalogEntry, EntryReference
from network.finding import find_organization
from network.merging import merge_organizations
from network.models import Contribution, Organization, OrganizationName, Person

from ..catalog.conftest import add_blueprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(site):
    """The one that stays and the one that goes."""
    kept = Organization.objects.create(name="Hochschule Harz")
    gone = Organization.objects.create(
        name="HS HARZ", slug="hs-harz", aliases="Harz Uni", ror="02mhbdp94", city="Wernigerode"
    )
    OrganizationName.objects.create(organization=kept, language="en", name="Harz University")
    OrganizationName.objects.create(organization=gone, language="en", name="Harz Univ.", description="It teaches.")
    OrganizationName.objects.create(organization=gone, language="tr", name="Harz Üniversitesi")
    return kept, gone


def work_of(gone, name="one"):
    page = add_blueprint(name, publisher=gone, publish=False)
    page.contributions = [Contribution(organization=gone)]
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_pages_name_the_one_that_stays(twice):
    kept, gone = twice
    page, person = work_of(gone), Person.objects.create(name="Amal Haddad", affiliation=gone)
    old = gone.pk
    merge_organizations(kept=kept, gone=gone)
    record = CatalogEntry.objects.get(page_id=page.pk).record
    assert record.publisher.name == record.agents[0].name == "Harz University"
    assert not EntryReference.objects.filter(model="network.organization", object_id=old).exists()
    person.refresh_from_db()
    assert person.affiliation == kept
    assert list(Organization.objects.all()) == [kept]


def test_names_become_spellings_and_gaps_are_filled(twice):
    kept, gone = twice
    merge_organizations(kept=kept, gone=gone)
    kept = Organization.objects.get()
    assert (kept.name, kept.ror, kept.city) == ("Hochschule Harz", "02mhbdp94", "Wernigerode")
    for name in ("hs harz", "Harz Uni", "harz univ.", "Harz University", "HARZ ÜNİVERSİTESİ"):
        assert find_organization(name) == kept, name
    assert kept.name_in("en") == "Harz University"
    assert kept.description_in("en") == ("It teaches.", "en")


def test_drafts_do_not_bring_the_old_one_back(twice):
    kept, gone = twice
    page = work_of(gone)
    page.title = "Draft"
    page.save_revision()
    merge_organizations(kept=kept, gone=gone)
    page = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert page.publisher == kept
    assert [row.organization for row in page.contributions.all()] == [kept]
    page.save_revision().publish()
    assert CatalogEntry.objects.get(page_id=page.pk).record.publisher.name == "Harz University"


def test_what_is_being_translated_keeps_its_contributors(twice, site):
    from wagtail_localize.models import TranslationSource

    kept, gone = twice
    source, _created = TranslationSource.get_or_create_from_instance(work_of(gone))
    merge_organizations(kept=kept, gone=gone)
    source = TranslationSource.objects.get(pk=source.pk)
    assert source.as_instance().publisher == kept
    assert [row.organization for row in source.as_instance().contributions.all()] == [kept]


def test_the_old_address_leads_to_the_new_one(twice, client):
    kept, gone = twice
    work_of(gone)
    merge_organizations(kept=kept, gone=gone)
    response = client.get("/sv/organizations/hs-harz/")
    assert (response.status_code, response.headers["Location"]) == (301, "/sv/organizations/hochschule-harz/")


def test_merging_with_itself_is_refused(twice):
    with pytest.raises(ValueError):
        merge_organizations(kept=twice[0], gone=twice[0])


# --- in the admin


def signed_in(role: Role) -> Client:
    sync_roles()
    user = User.objects.create_user(role, password="x")
    user.teams.add(Team.objects.get_or_create(role=role, language="")[0])
    client = Client()
    client.force_login(user)
    return client


def test_a_coordinator_merges(twice):
    kept, gone = twice
    client = signed_in(Role.COORDINATOR)
    assert "Merge with another record" in client.get("/admin/snippets/network/organization/").content.decode()
    address = f"/admin/organizations/{gone.pk}/merge/"
    assert "HS HARZ" in client.get(address).content.decode()
    refused = client.post(address, {"kept": gone.pk}).content.decode()
    assert "Choose the other record" in refused
    assert client.post(address, {"kept": "x"}).status_code == 200
    assert Organization.objects.count() == 2
    assert client.post(address, {"kept": kept.pk}).status_code == 302
    assert Organization.objects.get() == kept
    assert client.get(address).status_code == 404


def test_an_editor_merges_nothing(twice):
    kept, gone = twice
    client = signed_in(Role.EDITOR)
    assert client.post(f"/admin/organizations/{gone.pk}/merge/", {"kept": kept.pk}).status_code == 302
    assert Organization.objects.count() == 2


def test_only_the_name_is_needed(site):
    client = signed_in(Role.EDITOR)
    address = "/admin/snippets/network/organization/add/"
    form = client.get(address)
    assert form.status_code == 200
    data = {"name": "New one", "other_names-TOTAL_FORMS": "0", "other_names-INITIAL_FORMS": "0"}
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    assert Organization.objects.get().slug == "new-one"
    response = client.post(
        address, {**data, "ror": "https://ror.org/02mhbdp95", "slug": "new-one", "languages": ["en", "xx"]}
    )
    assert {"ror", "slug", "languages"} <= set(response.context["form"].errors)
    response = client.post(address, {**data, "ror": "https://ror.org/02mhbdp94", "languages": ["en", "sv"]})
    assert response.status_code == 302, response.context["form"].errors
    assert Organization.objects.latest("pk").languages == ["en", "sv"]


def test_a_person_needs_only_a_name(site):
    client = signed_in(Role.EDITOR)
    address = "/admin/snippets/network/person/add/"
    data = {"name": "Amal Haddad", "texts-TOTAL_FORMS": "0", "texts-INITIAL_FORMS": "0"}
    assert client.post(address, data).status_code == 302
    assert Person.objects.get().slug == "amal-haddad"
    assert "orcid" in client.post(address, {**data, "orcid": "0000-0000-0000-0000"}).context["form"].errors


def test_what_is_named_is_not_deleted(twice):
    _kept, gone = twice
    work_of(gone)
    client = signed_in(Role.COORDINATOR)
    response = client.post(f"/admin/snippets/network/organization/delete/{gone.pk}/")
    assert response.status_code < 500
    assert Organization.objects.filter(pk=gone.pk).exists()


def test_forms_cost_the_same_for_all_countries(site, django_assert_max_num_queries):
    from taxonomy.models import Concept

    Concept.objects.bulk_create(Concept(scheme="country", code=f"C{n}") for n in range(100))
    client = signed_in(Role.EDITOR)
    client.get("/admin/snippets/network/organization/add/")
    with django_assert_max_num_queries(30):
        client.get("/admin/snippets/network/organization/add/")
