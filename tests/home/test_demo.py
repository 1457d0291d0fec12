import re
from collections import Counter

import pytest
import time_machine
from django.core.management import call_command
from django.utils.html import strip_tags
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from catalog.models import CatalogEntry, DirtyPage
from content.models import File, Picture, SiteIdentity
from events.models import Registration, RegistrationDesk
from home.demo.loading import CONTACT
from home.demo.pages import MODELS
from home.demo.works import read_works, work_key
from home.models import StandardPage
from network.models import Contribution, Organization, Participation, Person
from resources.models import ActionPlanPage, BlueprintPage, IndicatorValue, PlanProgress, RelatedWork
from search.models import FileText
from search.queries import SearchQuery
from search.searching import run_search
from toolkits.models import ModulePage, UnitPage

KINDS = ("blueprint", "toolkit", "plan", "project", "event", "news")


def page_of(slug, language):
    return Page.objects.get(translation_key=work_key(slug), locale__language_code=language).specific


def entry_of(slug, language):
    return CatalogEntry.objects.public().get(work=work_key(slug), language=language)


def text_of(entry):
    return " ".join(strip_tags(section.html.replace("<", " <")) for section in entry.publication.sections)


def own_entries():
    return CatalogEntry.objects.public().filter(kind__in=KINDS)


def state():
    """What a second run could change or add twice."""
    counted = (
        Page, Revision, Organization, Person, Contribution, Picture, File, RelatedWork, PlanProgress, IndicatorValue,
        FileText,
    )  # fmt: skip
    return {
        **{model.__name__: model.objects.count() for model in counted},
        "latest": dict(Page.objects.values_list("pk", "latest_revision_id")),
        "digests": dict(CatalogEntry.objects.values_list("page_id", "digest")),
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("demo", "db")
class TestDemo:
    def test_every_work_is_there_in_its_languages(self):
        works = [work for work in read_works() if work.kind != "page"]
        for work in works:
            entries = CatalogEntry.objects.public().filter(work=work.key, kind=work.kind)
            assert set(entries.values_list("language", flat=True)) == set(work.languages), work.slug
        assert Counter(work.kind for work in works) == {
            "blueprint": 14, "toolkit": 2, "plan": 2, "project": 4, "event": 5, "news": 6,
        }  # fmt: skip
        languages = Counter(language for work in works for language in work.languages)
        assert min(languages["sv"], languages["de"]) >= len(works) / 3
        assert min(languages["ar"], languages["tr"]) >= 6
        assert StandardPage.objects.live().count() == 24
        assert (ModulePage.objects.live().count(), UnitPage.objects.live().count()) == (16, 48)
        assert Organization.objects.count() == 16
        assert (
            Participation.objects.filter(person__isnull=False).values("person").distinct().count()
            == Person.objects.count()
            == 3
        )

    def test_nothing_waits_to_be_catalogued(self):
        assert not DirtyPage.objects.exists()
        assert not Page.objects.filter(depth__gt=1, live=False).exists()

    def test_every_text_is_long_enough_to_be_real(self):
        lengths = {entry.path: len(text_of(entry).split()) for entry in own_entries()}
        assert len(lengths) == own_entries().count() > 55
        assert {path: length for path, length in lengths.items() if length < 330} == {}
        assert sum(length >= 400 for length in lengths.values()) > 0.9 * len(lengths)

    def test_every_blueprint_and_toolkit_has_something_to_take_along(self):
        with_files = {entry.work: entry.kind for entry in own_entries() if entry.record.files}
        assert Counter(with_files.values()) == {"blueprint": 14, "toolkit": 2, "event": 1}

    def test_every_file_says_what_it_is_and_in_which_language_and_is_found_by_what_stands_in_it(self):
        files = File.objects.select_related("license")
        assert all(file.title and file.description and file.language and file.license for file in files)
        assert Counter(file.file_extension for file in files).keys() == {"docx", "odt", "pdf"}
        assert {file.language for file in files} == {"en", "sv", "de", "ar", "tr"}

    @pytest.mark.parametrize(
        ("word", "language", "slug"),
        [("Kühlschrank", "de", "housing-mediation"), ("personnummer", "sv", "phone-clinic"), ("fridge", "en", "housing-mediation")],
    )  # fmt: skip
    def test_a_work_is_found_by_a_word_that_only_its_worksheet_has(self, word, language, slug):
        assert word not in text_of(entry_of(slug, language))
        assert run_search(SearchQuery(word, language)).hits[0].work == work_key(slug)

    def test_what_is_made_up_says_so_in_its_first_line(self):
        for work in read_works():
            if work.kind == "blueprint" and "invented" in work.edition("en")["summary"]:
                assert work.text("en.html").startswith("<p><strong>This is an example made for the demonstration.")

    def test_arabic_is_read_from_right_to_left_at_its_address(self, client):
        response = client.get("/ar/blueprints/interagency-network/")
        assert response.status_code == 200
        assert '<html lang="ar" dir="rtl">' in response.content.decode()
        assert "شبكة على مستوى المقاطعة" in response.content.decode()

    def test_every_page_and_part_can_be_read(self, client):
        for entry in CatalogEntry.objects.public():
            for path in [entry.path, *(part.path for part in entry.parts.all())]:
                assert client.get(path).status_code == 200, path

    @pytest.mark.parametrize("language", ["en", "de"])
    def test_indicator_figures_are_in_both_editions(self, language):
        entry = entry_of("harz-action-plan", language)
        html = " ".join(section.html for section in entry.publication.sections)
        rows = {}
        for row in re.findall(
            r'<tbody><tr><th scope="rowgroup" colspan="4"><span class="code">.*?</tbody>', html, re.DOTALL
        ):
            words = strip_tags(row.replace("<", " <")).split()
            rows[words[0]] = words
        assert set(rows) == {f"I{number}" for number in range(1, 11)}
        for code, latest in (("I1", "246"), ("I2", "20"), ("I3", "79"), ("I7", "11"), ("I10", "3")):
            assert latest in rows[code]
        assert entry.record.extra["progress"] == {"planned": 1, "under_way": 2, "done": 2, "stopped": 1}

    def test_a_plan_names_blueprints_in_its_own_language_where_there_are_such(self):
        based_on = {action["code"]: action["based_on"] for action in page_of("harz-action-plan", "de").actions()}
        assert based_on["A1"].pk == page_of("interagency-network", "de").pk
        assert based_on["C1"].pk == page_of("networking-dinners", "en").pk
        assert based_on["A2"] is None

    def test_a_page_says_who_made_it_under_which_licence_and_when(self):
        record = entry_of("networking-dinners", "en").record
        assert [agent.name for agent in record.agents] == [
            "SE-Mobilizing Expertise", "Association for Cultural Relation", "Creatorium",
        ]  # fmt: skip
        assert record.publisher.name == "SE-Mobilizing Expertise"
        assert record.license.code == "CC-BY-4.0"
        assert record.published == "2021-09-14T09:00:00+00:00"
        assert [term.code for term in record.concepts["country"]] == ["FI", "NO", "SE"]
        assert {relation.work for relation in record.relations} == {
            str(work_key("city-to-city-visits")),
            str(work_key("harz-action-plan")),
            str(work_key("vet4migre-follow-up")),
        }
        assert record.picture.alt.startswith("Simple geometric drawing: round tables")

    def test_organizations_are_named_in_the_language_of_the_edition(self):
        names = {lang: entry_of("interagency-network", lang).record.publisher.name for lang in ("en", "de")}
        assert names == {"en": "Harz University of Applied Sciences", "de": "Hochschule Harz"}

    def test_files_are_described_in_the_language_of_the_edition_and_their_text_is_found(self, client):
        files = entry_of("interagency-network", "de").record.files
        assert [file.title for file in files] == [
            "Partnervereinbarung: Vorlage für ein Kreisnetzwerk", "Checkliste für das erste Jahr eines Netzwerks",
        ]  # fmt: skip
        assert {file.language for file in files} == {"en"}
        assert {file.license.code for file in files} == {"CC-BY-4.0"}
        assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for file in files)
        response = client.get(files[0].url)
        assert response["Content-Disposition"] == 'attachment; filename="partner-agreement-template.docx"'
        assert FileText.objects.filter(outcome="ok").exclude(text="").count() == File.objects.count() > 60

    def test_blocks_have_the_same_ids_in_every_language(self):
        for work in read_works():
            shapes = {str(block_shapes(page_of(work.slug, language))) for language in work.languages}
            assert len(shapes) == 1, work.slug
        units = {}
        for unit in UnitPage.objects.all():
            units.setdefault(unit.translation_key, set()).add(str(block_shapes(unit)))
        assert len(units) == 24
        assert all(len(shapes) == 1 for shapes in units.values())

    def test_an_editor_could_save_every_text_as_it_is(self):
        pages = [page for model in (*MODELS.values(), ModulePage, UnitPage) for page in model.objects.all()]
        for page in pages:
            page.full_clean()
            for field in stream_fields(page):
                value = getattr(page, field.name)
                assert len(value.stream_block.clean(value)) == len(value)

    def test_about_is_in_the_menu_and_the_contact_at_the_foot(self, client):
        identity = SiteIdentity.objects.get()
        assert (identity.name, identity.contact) == ("Inclusion Commons", CONTACT)
        html = client.get("/sv/accessibility/").content.decode()
        assert f'href="mailto:{CONTACT}"' in html
        assert '<a href="/sv/about/">Om plattformen</a>' in html
        assert '<a href="/sv/accessibility/"' not in html.partition("</nav>")[0]

    def test_news_tells_the_day_of_the_event(self):
        assert page_of("mirage-partners-meeting", "sv").event_date.isoformat() == "2021-10-15"

    def test_lists_become_lists_of_items(self):
        page = BlueprintPage.objects.get(pk=page_of("interagency-network", "en").pk)
        assert page.objectives.startswith("<ul><li>Shorten the time")
        assert page.objectives.count("<li>") == 5

    def test_running_again_changes_nothing(self):
        before = state()
        call_command("load_demo", verbosity=0)
        assert state() == before

    def test_running_again_keeps_what_editors_changed(self):
        page = page_of("networking-dinners", "en")
        page.title, page.slug = "Another title", "another-address"
        page.save_revision().publish()
        page_of("mirage-partners-meeting", "sv").unpublish()
        IndicatorValue.objects.filter(indicator__code="I1").delete()
        SiteIdentity.objects.update(contact="", publisher="A town")
        before = state()
        call_command("load_demo", verbosity=0)
        assert state() == before
        assert page_of("networking-dinners", "en").title == "Another title"
        assert not page_of("mirage-partners-meeting", "sv").live
        assert SiteIdentity.objects.get().publisher == "A town"

    def test_an_edition_that_was_deleted_comes_back_with_the_same_files_and_picture(self):
        before = state()
        page_of("interagency-network", "ar").delete()
        call_command("load_demo", verbosity=0)
        after = state()
        assert {name: after[name] for name in ("Page", "File", "Picture")} == {
            name: before[name] for name in ("Page", "File", "Picture")
        }
        assert entry_of("interagency-network", "ar").record.picture

    def test_plan_progress_is_entered_once_for_all_editions(self):
        assert ActionPlanPage.objects.count() == 4
        progress = PlanProgress.objects.get(work=work_key("harz-action-plan"))
        assert progress.actions.count() == 6
        assert progress.indicators.count() == 10
        assert IndicatorValue.objects.filter(indicator__plan=progress).count() == 40

    def test_projects_show_what_they_made_and_works_who_paid(self, client):
        html = client.get(CatalogEntry.objects.get(work=work_key("erasmi"), language="en").path).content.decode()
        assert "A county network that brings refugees into vocational training" in html
        notice = entry_of("interagency-network", "de").record.funding[0]
        assert (notice.code, notice.project) == ("erasmus-plus", entry_of("erasmi", "de").title)
        assert notice.disclaimer in client.get(entry_of("interagency-network", "de").path).content.decode()

    def test_events_have_few_places_left_or_none(self):
        left = {desk.title: desk.places_left for desk in RegistrationDesk.objects.exclude(capacity=None)}
        assert sorted(left.values()) == [0, 4]
        assert Registration.objects.filter(state="waitlisted").count() == 5

    @pytest.mark.parametrize(
        ("slug", "words"),
        [
            ("blueprint-workshop", ["4 places are left."]),
            ("kick-off-workshop", ["Join the waiting list"]),
            ("open-evening", ["Outcomes", "learned, not adopted"]),
            ("mirage-final-meeting", ["Outcomes", "safe space"]),
        ],
    )
    def test_events_show_what_one_needs_to_know(self, client, slug, words):
        with time_machine.travel("2026-12-01T09:00:00Z", tick=False):
            html = client.get(entry_of(slug, "en").path).content.decode()
        assert [word for word in words if word not in html] == []

    def test_new_blueprints_are_used_by_units_named_by_news_and_shown_by_their_project(self, client):
        html = client.get(entry_of("erasmi", "en").path).content.decode()
        assert entry_of("taster-weeks", "en").path in html
        unit = UnitPage.objects.get(slug="workshop-language", locale__language_code="sv")
        assert [block.value["page"].translation_key for block in unit.practices] == [
            work_key("language-at-the-workplace"), work_key("taster-weeks"),
        ]  # fmt: skip
        named = {relation.work for relation in entry_of("worksheets-to-print", "de").record.relations}
        new = {"taster-weeks", "phone-clinic", "health-guides", "volunteer-office"}
        assert {str(work_key(slug)) for slug in new} <= named


def stream_fields(page):
    return [field for field in page._meta.get_fields() if isinstance(field, StreamField)]


def block_shapes(page):
    return {field.name: ids_of(list(getattr(page, field.name).raw_data)) for field in stream_fields(page)}


def ids_of(value):
    """Types and ids at every level, without the words."""
    if isinstance(value, list):
        return [ids_of(item) for item in value]
    if isinstance(value, dict) and {"type", "value", "id"} <= set(value):
        return (value["type"], value["id"], ids_of(value["value"]))
    if isinstance(value, dict):
        return {name: ids_of(inner) for name, inner in value.items()}
    return None
