"""What the funding programme of a project asks to be said of it."""

import pytest

from taxonomy.models import FundingProgramme, FundingText

from .test_projects import entry_of, project, text

pytestmark = pytest.mark.django_db


def test_the_programme_is_named_with_what_it_asks_for(site, client):
    programme = FundingProgramme.objects.create(code="erasmus", name="Erasmus+")
    wording = FundingText.objects.create(
        programme=programme, language="en", acknowledgement="Funded by the Union.", disclaimer="Views are ours."
    )
    page = project(funding_programme=programme, grant_number="2019-1-DE02", title="ERASMI")
    (notice,) = entry_of(page).record.funding
    assert (notice.programme, notice.project, notice.number) == ("Erasmus+", "ERASMI", "2019-1-DE02")
    assert (notice.acknowledgement, notice.disclaimer) == ("Funded by the Union.", "Views are ours.")
    assert "Erasmus+" in text(client, "/en/projects/erasmi/")
    wording.disclaimer = "Other words."
    wording.save()
    assert entry_of(page).record.funding[0].disclaimer == "Other words."


def test_a_programme_that_is_not_in_the_list_is_only_named(site):
    page = project(programme_name="A foundation")
    assert entry_of(page).record.funding == ()
    assert entry_of(page).record.extra["programme"] == "A foundation"
