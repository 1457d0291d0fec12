"""Projects: incomplete records, facts of the work, and what is published of them."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail_localize.models import StringSegment, TranslationSource

from catalog.markup import render_markup
from catalog.models import CatalogEntry, EntryLink
from network.models import Organization, OrganizationName
from projects.figures import ActivityFigures, Count, ProjectFigures
from projects.models import Partner, ProjectPage
from taxonomy.models import Concept, ConceptLabel

from ..catalog.conftest import add, listing

pytestmark = pytest.mark.django_db


def country(code, name):
    concept = Concept.objects.create(scheme="country", code=code)
    ConceptLabel.objects.create(concept=concept, language="en", label=name)
    return concept


def project(name="erasmi", **fields) -> ProjectPage:
    partners = fields.pop("partners", [])
    page = ProjectPage(title=fields.pop("title", f"Project {name}"), slug=name, **fields)
    page.partners = partners
    return add(page, listing("project"))


def activity(code="A1", title="Networking dinners", unit="dinners"):
    return ("activity", {"code": code, "title": title, "unit": unit})


def output(code="IO1", title="Blueprints", **fields):
    return ("output", {"code": code, "title": title, "type": "blueprints", "description": "", **fields})


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def entry_of(page):
    return CatalogEntry.objects.get(page_id=page.pk)


def naming(page, name="project", *, language="en", kind="blueprint", output="", work=None, **fields):
    """An entry of another work that names the project."""
    number = CatalogEntry.objects.count() + 1_000
    title = fields.pop("title", f"Work {number}")
    entry = CatalogEntry.objects.create(
        page_id=number, work=work or uuid.uuid4(), language=language, kind=kind, path=f"/{language}/x/{number}/",
        tree_path=f"9{number:07}", title=title, digest="x", changed_at=timezone.now(), published_at=timezone.now(),
        publication_data=entry_of(page).publication_data,
        record_data={
            **entry_of(page).record_data, "title": title, "language": language, "kind": kind, "relations": [],
            "extra": {"output": output} if output else {},
        },
        **fields,
    )  # fmt: skip
    with translation.override(language):
        render_markup(entry)
    entry.save()
    EntryLink.objects.create(entry=entry, name=name, work=page.translation_key)
    return entry


# --- the record


def test_a_name_is_enough(site, client):
    page = project("bare", title="Only a name")
    shown = text(client, "/en/projects/bare/")
    assert "Only a name" in shown
    assert "Partners" not in shown
    assert "Outputs" not in shown
    assert "None" not in shown
    extra = entry_of(page).record.extra
    assert (extra["acronym"], extra["start"], extra["coordinator"], extra["partner_countries"]) == ("", "", "", [])
    assert "Only a name" in text(client, "/en/projects/")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (("2019-09-01", "month"), ("2022-02-28", "month"), "September 2019 – February 2022"),
        (("2019-09-15", "day"), None, "since 15 September 2019"),
        (None, ("2021-07-01", "year"), "until 2021"),
        (("2014-05-07", "year"), ("2014-12-01", "year"), "2014"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(site, start, end, expected):
    fields = {}
    for name, value in (("start", start), ("end", end)):
        if value:
            fields |= {f"{name}_date": datetime.date.fromisoformat(value[0]), f"{name}_precision": value[1]}
    page = ProjectPage(title="x", **fields)
    page.clean()
    assert page.period() == expected


def test_records_say_what_is_known_of_dates(site):
    page = project(start_date=datetime.date(2019, 9, 1), end_date=datetime.date(2022, 1, 1), end_precision="year")
    assert (entry_of(page).record.extra["start"], entry_of(page).record.extra["end"]) == ("2019-09", "2022")


def test_an_end_before_the_start_is_refused_at_its_field(site):
    page = ProjectPage(title="x", start_date=datetime.date(2020, 5, 9), end_date=datetime.date(2020, 5, 1))
    page.clean()  # Both are May.
    page.end_precision = page.start_precision = "day"
    with pytest.raises(ValidationError) as caught:
        page.clean()
    assert set(caught.value.message_dict) == {"end_date"}


def test_codes_are_unique(site):
    page = ProjectPage(title="x", outputs=[output("IO1"), output("io1")], activities=[activity("A1"), activity("A1")])
    with pytest.raises(ValidationError) as caught:
        page.clean()
    assert set(caught.value.message_dict) == {"activities", "outputs"}


def test_funding_is_shown(site, client):
    project(
        acronym="ERASMI", programme_name="Erasmus+", key_action="KA202", call_year=2019, grant_number="2019-1-DE02",
        grant_amount=Decimal("443795.00"), status="finished",
    )  # fmt: skip
    shown = text(client, "/en/projects/erasmi/")
    for fact in ("ERASMI", "Erasmus+", "KA202", "2019-1-DE02", "443,795\u00a0EUR", "Finished"):
        assert fact in shown, fact


# --- partners


def test_the_coordinator_comes_first_and_countries_may_be_missing_or_others(site, client):
    germany, ireland = country("DE", "Germany"), country("IE", "Ireland")
    harz = Organization.objects.create(name="Hochschule Harz", country=germany)
    OrganizationName.objects.create(organization=harz, language="en", name="Harz University")
    momentum = Organization.objects.create(name="Momentum", country=germany)
    tvw = Organization.objects.create(name="tvw GmbH")
    page = project(
        coordinator=harz,
        partners=[
            Partner(organization=momentum, country=ireland),
            Partner(organization=tvw, role="evaluator"),
            Partner(organization=harz),
        ],
    )
    shown = text(client, "/en/projects/erasmi/")
    assert shown.index("/en/organizations/hochschule-harz/") < shown.index("/en/organizations/momentum/")
    assert shown.count("partner-name") == 3
    record = entry_of(page).record
    assert record.extra["partner_countries"] == ["DE", "IE"]
    assert {term.code for term in record.concepts["country"]} == {"DE", "IE"}
    assert record.extra["organizations"] == {
        "hochschule-harz": "coordinator",
        "momentum": "partner",
        "tvw-gmbh": "evaluator",
    }
    assert "Coordinator" in text(client, "/en/organizations/hochschule-harz/")
    assert "Project erasmi" in text(client, "/en/organizations/tvw-gmbh/")
    harz.name = "Renamed"
    harz.save()
    momentum.name = "Momentum Renamed"
    momentum.save()
    assert "Momentum Renamed" in text(client, "/en/projects/erasmi/")


def test_merging_partners_of_one_project_leaves_one(site):
    from network.merging import merge_organizations

    kept, gone = Organization.objects.create(name="One"), Organization.objects.create(name="ONE")
    page = project(partners=[Partner(organization=kept), Partner(organization=gone)])
    merge_organizations(kept=kept, gone=gone)
    assert entry_of(page).record.extra["organizations"] == {"one": "partner"}


# --- figures


def figures(page, code="A1", **rows):
    row = ActivityFigures.objects.get(project__work=page.translation_key, code=code)
    for name, (planned, done) in rows.items():
        Count.objects.create(
            activity=row, country=Concept.objects.filter(code=name).first(), planned=planned, done=done
        )


def test_figures_show_countries_and_totals_at_once_in_every_language(site, client):
    country("SE", "Sweden"), country("FI", "Finland")
    page = project(activities=[activity(), activity("A2", "Reflection meetings", "")])
    swedish = page.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.save_revision().publish()
    assert "No figures yet" in text(client, "/en/projects/erasmi/")
    figures(page, SE=(6, 3), FI=(6, None))
    shown = text(client, "/en/projects/erasmi/")
    assert "Sweden" in shown
    assert "50&nbsp;%" in shown
    total = shown[shown.index("All countries") :]
    assert ">12<" in total
    assert ">3<" in total
    assert "25&nbsp;%" in total
    assert "50&nbsp;%" in text(client, swedish.url)
    assert ProjectFigures.objects.count() == 1


def test_publishing_again_keeps_figures_and_names_what_is_new(site):
    page = project(activities=[activity()])
    figures(page, none=(10, 12))
    page.activities = [activity(title="Dinners"), activity("A2")]
    page.save_revision().publish()
    rows = {row.code: row for row in ActivityFigures.objects.prefetch_related("counts")}
    assert set(rows) == {"A1", "A2"}
    assert rows["A1"].title == "Dinners"
    assert rows["A1"].counts.get().done == 12


# --- what names the project


def test_resources_stand_under_their_output(site, client):
    page = project(outputs=[output("IO1"), output("IO2", "Toolkit")])
    naming(page, output="IO1", title="Mentoring")
    naming(page, output="io2", title="Peer learning")
    naming(page, output="IO9", title="Of no output")
    naming(page, kind="news", title="Kick-off in Lund")
    shown = text(client, "/en/projects/erasmi/")
    first, second = shown.index('id="output-1"'), shown.index('id="output-2"')
    assert first < shown.index("Mentoring") < second < shown.index("Peer learning")
    assert shown.index("Peer learning") < shown.index("Of no output")
    assert "News of this project" in shown
    assert "Kick-off in Lund" in shown


def test_only_the_public_nearest_edition_is_shown(site, client):
    page = project(outputs=[output()])
    work = uuid.uuid4()
    naming(page, output="IO1", title="English edition", work=work)
    naming(page, output="IO1", title="Swedish edition", work=work, language="sv")
    naming(page, output="IO1", title="Only Arabic", language="ar")
    naming(page, output="IO1", title="Withdrawn one", withdrawn_at=timezone.now())
    naming(page, output="IO1", title="Expired one", expires_at=timezone.now() - datetime.timedelta(hours=1))
    shown = text(client, "/en/projects/erasmi/")
    assert "English edition" in shown
    assert "Only Arabic" in shown
    for hidden in ("Swedish edition", "Withdrawn one", "Expired one"):
        assert hidden not in shown


def test_projects_name_each_other_both_ways(site, client):
    first = project("eu-mia", title="EU-MIA")
    project("next", title="The next one", predecessor=first)
    assert "The next one" in text(client, "/en/projects/eu-mia/")
    assert "EU-MIA" in text(client, "/en/projects/next/")
    first.unpublish()
    assert "EU-MIA" not in text(client, "/en/projects/next/")


def test_projects_do_not_follow_themselves(site):
    first = project("first")
    second = project("second", predecessor=first)
    first.predecessor = second
    with pytest.raises(ValidationError) as caught:
        first.clean()
    assert set(caught.value.message_dict) == {"predecessor"}


def test_costs_do_not_grow(site, client):
    page = project(outputs=[output()])
    naming(page, output="IO1")
    naming(page, kind="news")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            text(client, "/en/projects/erasmi/")
        return len(captured)

    queries()
    before = queries()
    for _ in range(20):
        naming(page, output="IO1")
        naming(page, kind="news")
    assert queries() == before <= 12


def test_a_preview_shows_the_draft(site, admin_client):
    first = project("first", title="The first one")
    page = project("second")
    page.predecessor = first
    page.outputs = [output(title="Drafted output")]
    page.save_revision()
    shown = text(admin_client, f"/admin/pages/{page.pk}/view_draft/")
    assert "Drafted output" in shown
    assert "The first one" in shown


# --- needs


def test_needs_are_named_in_the_readers_language_and_found_by_group(site, client):
    group = Concept.objects.create(scheme="target_group", code="refugees")
    ConceptLabel.objects.create(concept=group, language="en", label="Refugees and migrants")
    page = project(needs=[("need", {"target_group": "refugees", "text": "A place to be heard."})])
    shown = text(client, "/en/projects/erasmi/")
    assert "Refugees and migrants" in shown
    assert "A place to be heard." in shown
    assert entry_of(page).facets.filter(name="target_group", value="refugees").exists()
    group.labels.update(label="x")
    label = ConceptLabel.objects.get(concept=group)
    label.label = "Newcomers"
    label.save()
    assert "Newcomers" in text(client, "/en/projects/erasmi/")


# --- translations


def test_facts_are_the_same_in_every_language_and_codes_are_no_text_to_translate(site):
    partner = Organization.objects.create(name="tvw GmbH")
    page = project(
        acronym="ERASMI", grant_amount=Decimal("443795"), start_date=datetime.date(2019, 9, 1), coordinator=partner,
        partners=[Partner(organization=partner)], outputs=[output("IO1", "Blueprints")],
    )  # fmt: skip
    source, _created = TranslationSource.get_or_create_from_instance(page)
    texts = set(StringSegment.objects.filter(source=source).values_list("string__data", flat=True))
    assert {"Project erasmi", "Blueprints"} <= texts
    assert not {"IO1", "ERASMI", "EUR", "443795", "blueprints"} & texts
    source.create_or_update_translation(site["sv"].locale, fallback=True)
    page.refresh_from_db()
    page.grant_amount = Decimal("500000")
    page.partners = [Partner(organization=partner, role="evaluator")]
    page.save_revision().publish()
    source.update_from_db()
    source.create_or_update_translation(site["sv"].locale, fallback=True)
    swedish = ProjectPage.objects.get(locale=site["sv"].locale)
    assert (swedish.acronym, swedish.grant_amount, swedish.coordinator) == ("ERASMI", Decimal("500000"), partner)
    assert [row.role for row in swedish.partners.all()] == ["evaluator"]
    assert swedish.outputs[0].value["code"] == "IO1"
