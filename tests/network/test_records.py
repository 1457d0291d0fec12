"""Organizations and people as records: names, identifiers, addresses."""

import pytest
from django.core.exceptions import ValidationError

from network.finding import OrganizationFinder, find_organization
from network.models import Contribution, Organization, OrganizationName, Person

pytestmark = pytest.mark.django_db


def cleaned(record):
    record.full_clean()
    record.save()
    return record


@pytest.mark.parametrize("typed", ["02mhbdp94", "https://ror.org/02MHBDP94/", " ror.org/02mhbdp94 "])
def test_a_ror_is_taken_however_it_is_pasted(typed):
    organization = cleaned(Organization(name="One", ror=typed))
    assert organization.ror == "02mhbdp94"
    assert organization.identifier == "https://ror.org/02mhbdp94"


@pytest.mark.parametrize("ror", ["02mhbdp95", "12mhbdp94", "02mhbdu94", "nonsense", "02mhbdp9"])
def test_a_wrong_ror_is_refused_at_its_field(ror):
    with pytest.raises(ValidationError) as caught:
        Organization(name="One", ror=ror).full_clean()
    assert set(caught.value.message_dict) == {"ror"}


@pytest.mark.parametrize("pic", ["12345678", "1234567890", "12345678x", "١٢٣٤٥٦٧٨٩"])
def test_a_wrong_pic_is_refused_at_its_field(pic):
    with pytest.raises(ValidationError) as caught:
        Organization(name="One", pic=pic).full_clean()
    assert set(caught.value.message_dict) == {"pic"}


@pytest.mark.parametrize("typed", ["0000-0002-1694-233X", "https://orcid.org/0000-0002-1694-233x", "000000021694233X"])
def test_an_orcid_is_taken_however_it_is_pasted(typed):
    assert cleaned(Person(name="Amal Haddad", orcid=typed)).identifier == "https://orcid.org/0000-0002-1694-233X"


@pytest.mark.parametrize(
    "orcid", ["0000-0002-1694-2339", "0000-0002-1694", "0000-0002-1694-23XX", "https://orcid.org/"]
)
def test_a_wrong_orcid_is_refused_at_its_field(orcid):
    with pytest.raises(ValidationError) as caught:
        Person(name="Amal Haddad", orcid=orcid).full_clean()
    assert set(caught.value.message_dict) == {"orcid"}


def test_an_identifier_belongs_to_one_record():
    cleaned(Organization(name="One", ror="02mhbdp94"))
    with pytest.raises(ValidationError) as caught:
        Organization(name="Two", ror="02mhbdp94").full_clean()
    assert "One" in caught.value.message_dict["ror"][0]


def test_addresses_are_made_of_names_in_any_script():
    names = ["Hochschule Harz", "Hochschule Harz", "Ελληνικός Δήμος", "مدينة", "!!!", "?"]
    slugs = [cleaned(Organization(name=name)).slug for name in names]
    assert slugs[:3] == ["hochschule-harz", "hochschule-harz-2", "ellinikos-dimos"]
    assert slugs[3].isascii()
    assert slugs[3]
    assert slugs[4:] == ["organization", "organization-2"]
    assert cleaned(Person(name="Amal Haddad")).sort_name == "Haddad, Amal"


@pytest.mark.parametrize(
    "written",
    ["HOCHSCHULE HARZ", " hochschule\u00a0 harz ", "Höchschule Harz", "Harz University", "harz UNI", "T.C. TUZLA"],
)
def test_organizations_are_found_however_they_are_written(written):
    harz = cleaned(Organization(name="Hochschule Harz", aliases="Harz Uni\n\n T.C. Tuzla "))
    OrganizationName.objects.create(organization=harz, language="en", name="Harz University")
    OrganizationName.objects.create(organization=harz, language="sv", description="Text alone")
    assert find_organization(written) == harz


def test_what_nobody_is_called_finds_nobody(django_assert_num_queries):
    harz = cleaned(Organization(name="Hochschule Harz"))
    assert find_organization("Hochschule") is None
    assert find_organization("") is None
    with django_assert_num_queries(2):
        finder = OrganizationFinder()
    assert finder.find("hochschule harz") == harz


def test_an_own_name_goes_before_another_spelling():
    cleaned(Organization(name="First", aliases="Second"))
    second = cleaned(Organization(name="Second"))
    assert find_organization("SECOND") == second


def test_descriptions_fall_back_and_say_in_which_language_they_are():
    organization = cleaned(Organization(name="One"))
    OrganizationName.objects.create(organization=organization, language="sv", description="Svensk text")
    assert organization.description_in("de") == ("Svensk text", "sv")
    OrganizationName.objects.create(organization=organization, language="en", description="English text")
    organization = Organization.objects.get()
    assert organization.description_in("de") == ("English text", "en")
    assert organization.name_in("sv") == "One"


def test_agents_are_identified_and_linked():
    organization = cleaned(Organization(name="One", ror="02mhbdp94", website="https://one.example"))
    agent = Contribution(organization=organization, role="author").as_agent("sv")
    assert (agent.identifier, agent.path) == ("https://ror.org/02mhbdp94", "/sv/organizations/one/")
    assert not agent.is_person
    person = cleaned(Person(name="Amal Haddad", orcid="0000-0002-1825-0097", website="https://amal.example"))
    agent = Contribution(known_person=person, role="editor").as_agent("en")
    assert (agent.name, agent.role, agent.identifier) == (
        "Amal Haddad",
        "editor",
        "https://orcid.org/0000-0002-1825-0097",
    )
    assert (agent.path, agent.url) == ("", ""), "without consent, nothing but name and ORCID"
    person.is_listed = True
    assert Contribution(known_person=person).as_agent("en").path == "/en/people/amal-haddad/"
    assert Contribution(person="Somebody").as_agent("en").is_person
