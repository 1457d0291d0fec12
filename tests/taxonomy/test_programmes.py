"""Funding programmes: their texts by language, and who hears of a change."""

import pytest
from django.conf import settings

from accounts.models import Role, Team, User
from accounts.roles import sync_roles
from catalog.models import CatalogEntry, EntryReference
from taxonomy.models import FundingProgramme, FundingText
from taxonomy.vocabulary import load_vocabulary

from ..catalog.conftest import add_blueprint

pytestmark = pytest.mark.django_db


def test_programmes_come_with_texts_in_every_language_that_wait_for_the_official_ones():
    load_vocabulary()
    assert set(FundingProgramme.objects.values_list("code", flat=True)) == {"erasmus-plus", "amif"}
    for programme in FundingProgramme.objects.all():
        for language, _ in settings.LANGUAGES:
            texts = programme.texts_in(language)
            assert texts.language == language
            assert texts.to_review
            assert texts.name
            assert texts.acknowledgement
            assert texts.disclaimer


def test_texts_fall_back_to_english_and_then_to_the_name():
    programme = FundingProgramme.objects.create(code="fund", name="The Fund")
    assert programme.texts_in("sv").name == "The Fund"
    assert programme.texts_in("sv").acknowledgement == ""
    FundingText.objects.create(programme=programme, language="en", acknowledgement="Paid by the Fund.")
    texts = programme.texts_in("sv")
    assert (texts.language, texts.name, texts.acknowledgement) == ("en", "The Fund", "Paid by the Fund.")


@pytest.fixture
def funded_entry(site):
    """An entry that refers to a programme, as one does whose page has a foreign key to it."""
    programme = FundingProgramme.objects.create(code="fund", name="The Fund")
    text = FundingText.objects.create(programme=programme, language="en", acknowledgement="Paid.")
    entry = CatalogEntry.objects.get(page_id=add_blueprint("one").pk)

    def looked_at(change) -> bool:
        EntryReference.objects.get_or_create(entry=entry, model="taxonomy.fundingprogramme", object_id=programme.pk)
        before = CatalogEntry.objects.get(pk=entry.pk).version
        change()
        return CatalogEntry.objects.get(pk=entry.pk).version > before

    return programme, text, looked_at


def test_change_of_a_programme_brings_the_pages_that_name_it_up_to_date(funded_entry):
    programme, text, looked_at = funded_entry
    other = FundingProgramme.objects.create(code="other", name="Another")
    assert looked_at(text.save)
    assert looked_at(programme.save)
    assert not looked_at(other.save)
    assert looked_at(text.delete)
    assert looked_at(programme.delete)


@pytest.mark.parametrize(("role", "may_edit"), [(Role.COORDINATOR, True), (Role.EDITOR, False)])
def test_coordinators_edit_programmes(client, role, may_edit):
    sync_roles()
    load_vocabulary()
    user = User.objects.create_user("somebody")
    Team.objects.get_or_create(role=role, language="en")[0].members.add(user)
    client.force_login(user)
    programme = FundingProgramme.objects.get(code="amif")
    response = client.get(f"/admin/snippets/taxonomy/fundingprogramme/edit/{programme.pk}/")
    assert (response.status_code == 200) is may_edit
