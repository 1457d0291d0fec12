"""Records of each kind with fields of their own, what is odd about them, and what they name of each other."""

import json

import pytest
from wagtail.models import Page, Revision

from catalog.models import CatalogEntry
from events.models import EventPage
from imports.models import ImportedEdition, ImportedOrganization
from network.models import Organization
from news.models import NewsPage
from projects.models import Count, ProjectFigures, ProjectPage

from .conftest import row, run_command

pytestmark = pytest.mark.django_db

PROJECT = {
    "type": "ProjectPage",
    "key": "bridges",
    "lang": "en",
    "title": "Bridges & Doors",
    "acronym": "BRIDGES",
    "programme": "Erasmus+",
    "key_action": "KA202",
    "call_year": 2019,
    "grant_number": "2019-1-DE02-KA202-000001",
    "grant_amount": "443 795 EUR",
    "start": "2019-11",
    "end": "2022",
    "status": "completed",
    "coordinator": {"name": "HOCHSCHULE AM FLUSS", "country": "DE"},
    "partners": [
        {"name": "Second Ltd", "country": "Ireland", "order": 2, "url": "second.example.org"},
        {"name": "Partner & Country: Primo Centro (IT)", "role": "trainer", "order": 1},
        "No Country Institute",
    ],
    "needs": {"refugees": "Advice in their language", "dragons": "Fire"},
    "activities": [
        {
            "code": "A1",
            "title": "Dinners",
            "counts": [{"country": "DE", "planned": 6, "done": 5}, {"country": "IT", "planned": 6}],
        }
    ],
    "outputs": [
        {"code": "IO1", "type": "blueprints", "title": "Blueprints", "works": ["market"]},
        {"code": "IO2", "type": "sculpture", "text": "A toolkit"},
    ],
    "successor": "later",
}


@pytest.fixture
def write_array(tmp_path):
    def write(*records, name="pages.json"):
        path = tmp_path / name
        path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def page_of(import_id, language="en"):
    return ImportedEdition.objects.get(import_id=import_id, language=language).page.specific


def organization_record(**more):
    return {"kind": "organization", "lang": "en", "title": "Hochschule am Fluss", **more}


def event(**more):
    return {"type": "EventPage", "key": "seminar", "lang": "en", "title": "Seminar", "start": "2014-05-07", **more}


def test_project_with_all_that_it_has(run, write_array):
    report = run(write_array(PROJECT), publish=True)
    page = page_of("bridges")
    assert isinstance(page, ProjectPage)
    assert page.funding_programme.code == "erasmus-plus"
    assert (page.start_date.isoformat(), page.start_precision) == ("2019-11-01", "month")
    assert (page.end_date.isoformat(), page.end_precision) == ("2022-12-31", "year")
    assert (page.status, page.grant_amount, page.call_year) == ("finished", 443795, 2019)
    partners = [(row.organization.name, row.role, row.organization.country_id and row.organization.country.code)
                for row in page.partners.order_by("sort_order")]  # fmt: skip
    assert partners == [
        ("Primo Centro", "trainer", "IT"),
        ("Second Ltd", "partner", "IE"),
        ("No Country Institute", "partner", None),
    ]
    assert Organization.objects.get(name="Second Ltd").website == "https://second.example.org"
    assert [block.value["code"] for block in page.outputs] == ["IO1", "IO2"]
    assert [block.value["target_group"] for block in page.needs] == ["refugees"]
    assert "dragons: Fire" in str(page.body)
    counts = Count.objects.order_by("country__code").values_list("country__code", "planned", "done")
    assert list(counts) == [("DE", 6, 5), ("IT", 6, None)]
    assert ProjectFigures.objects.get().title == "Bridges & Doors"
    for oddity in (
        '443795 was read from "443 795 EUR"',
        'was read as the name "Primo Centro" and the country IT',
        'No country is given for "No Country Institute"',
        'the target group "dragons" is not known',
        'cannot be "sculpture"',
        '"second.example.org" was read as https://second.example.org',
        '"market", named as output, is not there yet',
        '"later", named as successor, is not there yet',
    ):
        assert oddity in report, oddity


def test_links_are_made_whatever_the_order(run, write_array):
    news = {"type": "NewsPage", "key": "n", "lang": "en", "title": "News", "project": "bridges"}
    later = {"type": "ProjectPage", "key": "later", "lang": "en", "title": "Later"}
    report = run(write_array(news, PROJECT, row(id="market"), later), publish=True)
    project = page_of("bridges")
    assert page_of("n").project_id == project.pk
    assert (page_of("market").project_id, page_of("market").project_output) == (project.pk, "IO1")
    assert page_of("later").predecessor_id == project.pk
    assert 'Connected: output "market", successor "later".' in report
    assert not ImportedEdition.objects.exclude(open_links=[]).exists()
    relations = CatalogEntry.objects.get(page_id=page_of("n").pk).record_data["relations"]
    assert {"name": "project", "work": str(project.translation_key)} in [dict(relation) for relation in relations]
    assert all(page_of(name).live and not page_of(name).has_unpublished_changes for name in ("n", "market", "later"))


def test_work_that_comes_with_a_later_file_is_connected(run, write_array):
    report = run(write_array(event(project="bridges"), name="one.json"), publish=True)
    assert '"bridges", named as project, is not there yet' in report
    report = run(write_array(PROJECT, name="two.json"), publish=True)
    assert '(seminar, en): connected. Connected: project "bridges".' in report
    assert page_of("seminar").project_id == page_of("bridges").pk


def test_link_does_not_overwrite_the_work_of_people(run, write_array):
    run(write_array(event(project="bridges"), name="one.json"), publish=True)
    page = page_of("seminar")
    page.venue = "By hand"
    page.save_revision().publish()
    report = run(write_array(PROJECT, event(project="bridges")), publish=True)
    assert "was edited here after the import" in report
    assert (page_of("seminar").venue, page_of("seminar").project) == ("By hand", None)


def test_name_of_another_kind_is_no_project(run, write_array):
    report = run(write_array(row(id="market"), event(project="market")))
    assert "is not a page of the kind project" in report
    assert page_of("seminar").project is None


def test_event(run, write_array):
    record = event(
        start="2014-05-07T09:30",
        end="2014-05-07T17:00",
        mode="on-site",
        venue="Committee of the Regions",
        organizer="Team",
        agenda=[{"time": "9:30", "title": "Welcome"}],
        outcomes="<h2>Heard</h2><p>Much</p>",
        languages=["en", "fr", "xx"],
        time_zone="Mars/Base",
        contact="nobody",
    )
    report = run(write_array(record), publish=True)
    page = page_of("seminar")
    assert isinstance(page, EventPage)
    assert (page.start_time.isoformat(), page.end_time.isoformat(), page.mode) == ("09:30:00", "17:00:00", "on_site")
    assert page.organizer.name == "Team"
    assert page.agenda[0].value["time"].isoformat() == "09:30:00"
    assert [block.block_type for block in page.outcomes] == ["heading", "paragraph"]
    assert page.languages == ["en", "fr"]
    for oddity in ('"languages" cannot be "xx"', "is not a time zone", '"contact" is not a mail address'):
        assert oddity in report


def test_event_of_which_only_the_month_is_known(run, write_array):
    report = run(write_array(event(start="2014-02")))
    assert page_of("seminar").start_date.isoformat() == "2014-02-01"
    assert "known to the month only" in report


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (event(start=None), "An event needs the day"),
        (event(start="soon"), '"start" is not a date'),
        (event(end="2014-05-06"), "The last day is before the first one"),
        (event(agenda=[{"time": "9:30"}]), '"agenda, row 1": title'),
        (event(outcomes="<script>x</script>"), "hostile"),
        (event(venue="x" * 300), '"venue" has 300 characters'),
        ({**PROJECT, "partners": [{"country": "DE"}]}, "has no name"),
        ({**PROJECT, "call_year": 1066}, '"call_year"'),
        ({**PROJECT, "outputs": [{"code": "A", "text": "x"}, {"code": "a", "text": "y"}]}, "stands there twice"),
        ({"type": "Poem", "key": "p", "lang": "en", "title": "x"}, "is not a kind"),
        ({"type": "NewsPage", "key": "n", "lang": "en"}, "no title"),
        (organization_record(ror="123"), "ROR"),
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_bad_record_is_named_and_leaves_nothing(run, write_array, record, reason, dry_run):
    report = run(write_array(row(id="before"), record, row(id="after")), dry_run=dry_run)
    [named] = [text for text in report.splitlines() if "record 2" in text and "refused" in text]
    assert reason in named
    assert "2  created" in report
    assert not Organization.objects.exists()
    assert not ProjectFigures.objects.exists()


def test_news(run, write_array):
    record = {
        "type": "NewsPage",
        "key": "n",
        "lang": "en",
        "title": "News",
        "date": "2021-10-25",
        "event_date": "2021-10-15",
        "intro": "Standfirst",
        "lessons_learned": ["Short meetings"],
        "organizations": ["Center of Social Innovation"],
        "body_html": "<p>Read [click here], <a>or here</a>. Write to:</p>",
        "funding_disclaimer": "The Fund of the Moon answers for nothing.",
    }
    report = run(write_array(record), publish=True)
    page = page_of("n")
    assert isinstance(page, NewsPage)
    assert page.first_published_at.date().isoformat() == "2021-10-25"
    assert page.event_date.isoformat() == "2021-10-15"
    assert "<li>Short meetings</li>" in page.lessons_learned
    assert page.organizations[0].value["organization"] == Organization.objects.get()
    assert "[click here], or here" in str(page.body)
    assert "The Fund of the Moon" in str(page.body)
    assert "[click here] leads nowhere (1 times)" in report
    assert "1 links have no target" in report
    assert 'It ends with "Read [click here], or here. Write to:", and nothing follows.' in report


def test_bullets_become_a_list(run, write_array):
    run(write_array(row(html="<p>First:<br>• one<br> • two<br>Then</p>")))
    assert "<ul><li>one</li><li>two</li></ul>" in str(page_of("one").body.raw_data[0]["value"])


@pytest.mark.parametrize(
    ("record", "title"),
    [
        (event(title=None, project="bridges"), "bridges, Event, 7 May 2014"),
        (event(title=""), "Event, 7 May 2014"),
        (event(title="(no title in the source; proposed: A seminar (online))"), "A seminar (online)"),
        ({**PROJECT, "key": "seminar", "title": None}, "BRIDGES, November 2019"),
    ],
)
def test_missing_title_is_made_and_reported(run, write_array, record, title):
    report = run(write_array(record))
    assert page_of("seminar").title == title
    assert "has no title" in report


def test_draft_is_not_published(run, write_array):
    path = write_array(row(status="draft: nothing to say yet"))
    assert "It says that it is a draft" in run(path, publish=True)
    assert not page_of("one").live
    assert "1  unchanged" in run(path, publish=True)


def test_resource_fields(run, write_array):
    record = row(
        kind="blueprint",
        steps=[{"title": "Ask", "text": "Go there"}, "Listen"],
        criteria=[{"criterion": "participation", "met": "yes", "note": "They decide"}],
        target_group_participation="They plan it",
        period_start="2019",
        target_groups=["refugees", "nobody"],
        sdgs=[8, 99],
        authors=["Amal Haddad"],
        practice="practice",
    )
    report = run(write_array(record), publish=True)
    page = page_of("one")
    assert [block.value["title"] for block in page.steps] == ["Ask", "Listen"]
    assert page.criteria[0].value["met"] == "met"
    assert page.period_start.isoformat() == "2019-01-01"
    assert [goal.code for goal in page.goals.all()] == ["8"]
    assert page.contributions.get().person == "Amal Haddad"
    assert page.practice == "practice"
    for oddity in ('"99" is not known', '"nobody" is not known', "known to the year only"):
        assert oddity in report


def test_one_organization_in_two_spellings(run, write_array):
    record = organization_record(
        country="DE",
        website="https://fluss.example.org",
        names={"sv": "Högskolan vid floden"},
        description="It teaches.",
        projects=["bridges"],
    )
    report = run(write_array(PROJECT, record), publish=True)
    organization = Organization.objects.get(website="https://fluss.example.org")
    assert (organization.name, organization.aliases) == ("Hochschule am Fluss", "HOCHSCHULE AM FLUSS")
    assert organization.name_in("sv") == "Högskolan vid floden"
    assert organization.description_in("en") == ("It teaches.", "en")
    assert organization.is_listed
    assert page_of("bridges").coordinator == organization
    assert "are one organization here: both spellings are kept" in report


def test_organization_that_differs_in_hyphens_is_the_same(run, write_array):
    run(
        write_array(
            organization_record(title="E-Learning Institute"), {**PROJECT, "coordinator": "eLearning institute"}
        )
    )
    assert Organization.objects.get(name="E-Learning Institute").aliases == "eLearning institute"


def test_organization_without_a_role_is_not_made_a_partner(run, write_array):
    path = write_array(PROJECT, organization_record(title="Crossing", projects=["bridges"]))
    assert "does not say as what" in run(path)
    path = write_array(organization_record(title="Trainers", projects=[{"project": "bridges", "role": "trainer"}]))
    run(path)
    draft = page_of("bridges").get_latest_revision_as_object()
    roles = {row.organization.name: row.role for row in draft.partners.all()}
    assert roles["Trainers"] == "trainer"
    assert "Crossing" not in roles


def test_organization_update_keeps_what_was_edited_here(run, write_array):
    run(write_array(organization_record(key="o", city="Wernigerode", country="DE")))
    assert "differs" in run(write_array(organization_record(key="o", city="Halberstadt")))
    Organization.objects.update(city="By hand")
    report = run(write_array(organization_record(key="o", city="Halberstadt", type="university")), update=True)
    organization = Organization.objects.get()
    assert (organization.city, organization.type) == ("By hand", "university")
    assert '"city" stands here otherwise' in report
    run(write_array(organization_record(key="o", city="Halle")), update=True, overwrite_edits=True)
    assert Organization.objects.get().city == "Halle"


def counts():
    models = (Page, Revision, Organization, ImportedEdition, ImportedOrganization, Count, CatalogEntry)
    return [model.objects.count() for model in models]


def test_running_again_changes_nothing(run, write_array):
    path = write_array(event(project="bridges"), PROJECT, row(id="market"), organization_record())
    run(path, publish=True)
    before = counts()
    for options in ({}, {"update": True}):
        assert "4  unchanged" in run(path, publish=True, **options)
    assert counts() == before


def test_dry_run_writes_nothing_and_knows_what_comes_later(run, write_array):
    path = write_array(event(project="bridges"), PROJECT, organization_record(projects=["nowhere"]))
    before = counts()
    report = run(path, dry_run=True, publish=True)
    assert counts() == before
    assert "3  created" in report
    assert '"bridges", named as project' not in report
    for target in ("market", "later", "nowhere"):
        assert f'"{target}", named as' in report


def test_keys_that_no_kind_has_are_named(run, write_array):
    report = run(write_array({**PROJECT, "colour": "red"}, event(grant_amount=5)))
    assert '"colour" (1), "grant_amount" (1)' in report


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            '[{"id": "one", "lang": "en", "title": "x"}, {"id": ]',
            "record 2: refused. The array cannot be read from here",
        ),
        (
            '[{"id": "one", "lang": "en", "title": "x"} {}]',
            'record 2: refused. The array cannot be read from here on: ","',
        ),
        ('[{"id": "one", "lang": "en", "title": "x"}] more', "something follows the end"),
        ('[{"id": "one", "lang": "en", "title": "x"}, 5]', "not an object"),
    ],
)
def test_broken_array_is_named_and_what_was_read_goes_in(run, tmp_path, text, reason):
    path = tmp_path / "pages.json"
    path.write_text(text)
    report = run(path)
    assert reason in report
    assert "1  created" in report


def test_array_has_a_limit(run, write_array, monkeypatch):
    monkeypatch.setattr("imports.arrays.MAX_BYTES", 1024)
    assert "Write larger inputs as JSON Lines" in run(write_array(row(html="x" * 2000)))


def test_seed_pages_as_they_are(small_site, testdata):
    path = testdata / "source-pages" / "seed_pages.json"
    if not path.is_file():
        pytest.skip(f"no {path}")
    report = run_command(path, publish=True)
    assert "0  refused" in report
    assert page_of("mirage-final-meeting", "sv").translation_key == page_of("mirage-final-meeting").translation_key
    assert page_of("mirage-final-meeting", "sv").project.external_id == "mirage"
    erasmi = page_of("erasmi")
    assert (erasmi.grant_amount, erasmi.partners.count(), len(erasmi.outputs)) == (443795, 5, 4)
    assert page_of("erasmi-io2").project_output == "IO2"
    assert not page_of("erasmi-io2").live
    followup = page_of("migrant-entrepreneurs-followup")
    assert followup.title.startswith("Migrant entrepreneurs – face-to-face follow-up")
    assert (followup.start_precision, followup.end_date.isoformat()) == ("month", "2021-07-31")
    assert Organization.objects.get(name="Hochschule Harz").aliases == "HOCHSCHULE HARZ"
    assert Organization.objects.count() == 13
    before = counts()
    assert "24  unchanged" in run_command(path, publish=True)
    assert counts() == before
