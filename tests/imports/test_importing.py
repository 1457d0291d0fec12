"""What goes in, what is refused, and that running again changes nothing that has not changed."""

import json
from collections import Counter

import pytest
from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import Translation, TranslationSource

from catalog.models import CatalogEntry, DirtyPage
from catalog.synchronizing import differences
from imports.models import ImportedEdition
from news.models import NewsPage
from resources.models import ActionPlanPage, BlueprintPage, ListingPage, PlanProgress
from search.models import SearchText
from toolkits.models import ToolkitPage

from .conftest import row, run_command

pytestmark = pytest.mark.django_db


def edition(import_id, language="en"):
    return ImportedEdition.objects.get(import_id=import_id, language=language)


def page_of(import_id, language="en"):
    return edition(import_id, language).page.specific


def test_draft_without_publish(run, write_lines):
    report = run(write_lines(row()))
    page = page_of("one")
    assert "1  created" in report
    assert (page.live, page.has_unpublished_changes, page.first_published_at) == (False, True, None)
    assert page.latest_revision_id == edition("one").revision_id
    assert not CatalogEntry.objects.filter(page_id=page.pk).exists()
    assert not edition("one").published


def test_published_page_is_in_the_catalog_and_found(run, write_lines, client):
    run(write_lines(row(title="Cycling courses", html="<h2>Why</h2><p>Because <b>bicycles</b></p>")), publish=True)
    page = page_of("one")
    entry = CatalogEntry.objects.get(page_id=page.pk)
    assert (entry.title, entry.kind, entry.record.identifier) == ("Cycling courses", "blueprint", "one")
    assert "bicycles" in SearchText.objects.get(entry=entry).body
    assert b"<b>bicycles</b>" in client.get(entry.path).content
    assert not DirtyPage.objects.exists()
    assert differences() == (set(), set())


def test_imported_page_is_like_one_that_was_published_by_hand(run, write_lines):
    run(
        write_lines(row(html="<p>x</p><table><tr><td>1</td></tr></table>", topics=["vocational-education"])),
        publish=True,
    )
    page = page_of("one")
    assert page.live_revision_id == page.latest_revision_id == edition("one").revision_id
    assert (page.has_unpublished_changes, page.draft_title) == (False, page.title)
    assert page.first_published_at == page.last_published_at is not None
    assert page.latest_revision_created_at == page.latest_revision.created_at
    restored = page.latest_revision.as_object()
    assert restored.body.get_prep_value() == page.body.get_prep_value()
    assert restored.title == page.title
    page.full_clean()
    page.save_revision().publish()


def test_history_records_the_import(run, write_lines):
    run(write_lines(row()), publish=True)
    actions = set(PageLogEntry.objects.filter(page=page_of("one").pk).values_list("action", flat=True))
    assert actions == {"wagtail.create", "imports.import", "wagtail.publish"}
    assert edition("one").published


def test_languages_of_one_id_are_editions_of_one_work(run, write_lines, tmp_path):
    write_lines(row(lang="sv", title="Titel"), name="sv.jsonl")
    write_lines(row(lang="ar", title="عنوان"), name="ar.jsonl")
    write_lines(row(lang="en"), row(id="two"), name="en.jsonl")
    run(tmp_path, publish=True)
    keys = {str(page_of("one", language).translation_key) for language in ("sv", "ar", "en")}
    assert len(keys) == 1
    assert page_of("one", "ar").locale.language_code == "ar"
    assert {page_of("one", language).external_id for language in ("sv", "ar", "en")} == {"one"}
    assert str(page_of("two").translation_key) not in keys
    assert not Translation.objects.exists()
    assert not TranslationSource.objects.exists()


@pytest.mark.parametrize(
    ("languages", "source"),
    [(["sv", "en", "de"], "en"), (["sv", "de"], "sv"), (["de", "sv"], "de")],
)
def test_source_is_english_or_else_the_first(run, write_lines, languages, source):
    run(write_lines(*(row(lang=language) for language in languages), name="all.jsonl"))
    assert list(ImportedEdition.objects.filter(is_source=True).values_list("language", flat=True)) == [source]


def test_edition_that_comes_later_joins_the_work(run, write_lines):
    run(write_lines(row(lang="sv")))
    run(write_lines(row(lang="de")))
    run(write_lines(row(lang="en")))
    assert len({page_of("one", language).translation_key for language in ("sv", "de", "en")}) == 1
    assert edition("one", "en").is_source
    assert not edition("one", "sv").is_source


def test_titles_stay_exactly_as_given(run, write_lines):
    titles = ["  Two  spaces ", "<b>&amp;</b> “q”", "x" * 255, "שלום\u200f", "a\tb"]
    run(write_lines(*(row(id=str(number), title=title) for number, title in enumerate(titles))), publish=True)
    for number, title in enumerate(titles):
        assert page_of(str(number)).title == title
        assert page_of(str(number)).latest_revision.content["title"] == title
        assert CatalogEntry.objects.get(page_id=page_of(str(number)).pk).title == title


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (row(title=""), "no title"),
        (row(title="  "), "no title"),
        ({"id": "x", "lang": "en", "html": ""}, "no title"),
        (row(title="x" * 256), "256 characters"),
        (row(summary="x" * 501), "501 characters"),
        (row(lang="xx"), '"xx" is not a language'),
        (row(lang=None), "no language"),
        (row(id=""), "no id"),
        (row(id="x" * 201), "201 characters"),
        ("{not json", "not valid JSON"),
        ("[1, 2]", "not an object"),
        ('{"id": "a", "id": "b"}', "twice"),
        ("[" * 100_000, "nested"),
        ("\ufffe", "not valid JSON"),
        (row(html="<script>x</script>"), "hostile"),
        (row(html='<a href="javascript:x">x</a>'), "hostile"),
        (row(html=["x"]), '"html" must be a text'),
        (row(kind="poem"), '"poem" is not a kind'),
        (row(license="MY-OWN"), '"MY-OWN" is not known'),
        (row(topics="x"), "list of texts"),
        (row(published="yesterday"), "not a date"),
        (row(published="2999-01-01"), "in the future"),
        (row(title="a\x00b"), "U+0000"),
        ('{"id": "x", "lang": "en", "title": "\\ud800", "html": ""}', "U+D800"),
        (row(files=[{"path": "none.pdf"}]), "no file"),
        (row(files=[{"path": "../../etc/passwd"}]), "leads out"),
        (row(files=[{"path": "/etc/passwd"}]), "not a path relative"),
        (row(html='<img src="../x.png">'), "leads out"),
        (row(html='<img src="none.png">'), "no file"),
    ],
)
def test_bad_line_is_named_with_number_and_reason_and_the_others_go_in(run, write_lines, line, reason):
    before = Page.objects.count()
    report = run(write_lines(row(id="before"), line, row(id="after")), publish=True)
    [named] = [text for text in report.splitlines() if text.startswith("en.jsonl, line 2")]
    assert "refused" in named
    assert reason in named
    assert "2  created" in report
    assert "1  refused" in report
    assert Page.objects.count() == before + 2


def test_line_that_is_not_utf8_is_named(run, tmp_path):
    path = tmp_path / "en.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + json.dumps(row()).encode() + b"\r\n\n\xff\xfe\n" + json.dumps(row(id="two")).encode()
    )
    report = run(path)
    assert "en.jsonl, line 3: refused. The line is not UTF-8" in report
    assert "2  created" in report


def test_endless_line_is_named_and_not_held_in_memory(run, write_lines, monkeypatch):
    monkeypatch.setattr("imports.lines.MAX_LINE_BYTES", 1000)
    report = run(write_lines(row(html="x" * 5000), row(id="two")))
    assert "en.jsonl, line 1: refused. The line is longer" in report
    assert "1  created" in report


def test_duplicate_is_named_and_the_first_one_counts(run, write_lines):
    path = write_lines(row(title="First"), row(lang="sv"), row(title="Second"))
    report = run(path)
    assert (
        "line 3 (one, en): refused. The same id in the same language has been given already: en.jsonl, line 1" in report
    )
    assert page_of("one").title == "First"
    assert "2  unchanged" in run(path)


def test_bad_line_does_not_make_a_later_good_one_a_duplicate(run, write_lines):
    assert "1  created" in run(write_lines(row(html="<script>x</script>"), row()))


def test_unknown_keys_are_reported_and_text_is_ignored(run, write_lines):
    report = run(write_lines(row(text="plain", autor="x"), row(id="two", autor="y", colour=1)))
    assert '"autor" (2), "colour" (1)' in report
    assert '"text"' not in report
    assert "2  created" in report


@pytest.mark.parametrize(
    ("kind", "model"),
    [("blueprint", BlueprintPage), ("plan", ActionPlanPage), ("toolkit", ToolkitPage), ("news", NewsPage)],
)
def test_kinds(run, write_lines, kind, model):
    run(write_lines(row(id="by-option", title="A" * 255)), kind=kind, publish=True)
    run(write_lines(row(id="by-line", kind=kind)), publish=True)
    for import_id in ("by-option", "by-line"):
        page = page_of(import_id)
        assert isinstance(page, model)
        parent = page.get_parent().specific
        assert isinstance(parent, ListingPage)
        assert parent.lists == kind
        assert parent.locale.language_code == "en"
        assert CatalogEntry.objects.get(page_id=page.pk).kind == kind


def test_plan_is_named_for_its_territory_and_gets_its_progress(run, write_lines):
    run(write_lines(row(title="Harz", kind="plan")), publish=True)
    page = page_of("one")
    assert page.territory == "Harz"
    assert PlanProgress.objects.filter(work=page.translation_key).exists()


def test_blueprint_is_the_default_kind(run, write_lines):
    run(write_lines(row()))
    assert isinstance(page_of("one"), BlueprintPage)


def test_work_is_of_one_kind(run, write_lines):
    report = run(write_lines(row(), row(lang="sv", kind="toolkit")))
    assert "line 2 (one, sv): refused. The editions of this work in other languages are of the kind blueprint" in report


def test_missing_listing_is_made(run, write_lines):
    old = ListingPage.objects.get(lists="news", locale__language_code="sv")
    key = ListingPage.objects.get(lists="news", locale__language_code="en").translation_key
    old.delete()
    run(write_lines(row(lang="sv", kind="news")), publish=True)
    listing = page_of("one", "sv").get_parent().specific
    assert (listing.lists, listing.live, listing.title) == ("news", True, old.title)
    assert listing.translation_key == key


def test_parent_is_a_page_by_id_or_address(run, write_lines):
    listing = ListingPage.objects.get(lists="toolkit", locale__language_code="en")
    run(write_lines(row(id="by-id"), row(id="swedish", lang="sv")), parent=str(listing.pk))
    run(write_lines(row(id="by-address")), parent="/en/toolkits/")
    assert page_of("by-id").get_parent().pk == page_of("by-address").get_parent().pk == listing.pk
    assert page_of("swedish", "sv").get_parent().translation_key == listing.translation_key


def test_unsuitable_parent_refuses_the_line(run, write_lines):
    report = run(write_lines(row()), parent="/en/")
    assert "No blueprint can stand under the page" in report
    assert not ImportedEdition.objects.exists()


def test_classification_license_and_date(run, write_lines):
    line = row(
        lang="de",
        license="http://creativecommons.org/licenses/by-sa/4.0",
        topics=["vocational-education", "Integration von Zugewanderten und Geflüchteten", "Unbekanntes"],
        countries=["DE", "se", "QQ"],
        published="2021-10-25",
    )
    report = run(write_lines(line), publish=True)
    page = page_of("one", "de")
    assert page.license.code == "CC-BY-SA-4.0"
    assert "integration-of-migrants-and-refugees" in {topic.code for topic in page.topics.all()}
    assert {country.code for country in page.countries.all()} == {"DE", "SE"}
    assert page.first_published_at.isoformat() == "2021-10-25T00:00:00+00:00"
    assert 'note. The topic "Unbekanntes" is not known here.' in report
    assert 'note. "QQ" is not the ISO code of a country.' in report
    assert CatalogEntry.objects.get(page_id=page.pk).record.facets["license"] == ("CC-BY-SA-4.0",)


def test_addresses_are_short_latin_and_unlike_each_other(run, write_lines):
    rows = [row(id=f"n{number}", title="Very long " * 25) for number in range(3)]
    rows += [row(id="ar", title="مقدمة"), row(id="signs", title="!!!"), row(id="öl", title="Öl")]
    run(write_lines(*rows), publish=True)
    slugs = [page_of(line["id"]).slug for line in rows]
    assert len(set(slugs)) == len(slugs)
    assert all(slug.isascii() and 0 < len(slug) <= 161 for slug in slugs)
    assert slugs[4:] == ["signs", "ol"]


def test_dry_run_says_the_same_and_writes_nothing(run, write_lines):
    path = write_lines(row(), row(id="two", html="<script>x</script>"), row(), row(id="three", topics=["none"]))
    ListingPage.objects.get(lists="blueprint", locale__language_code="en").delete()
    before = Page.objects.count()
    report = run(path, dry_run=True, publish=True)
    assert "Nothing was written" in report
    assert Page.objects.count() == before
    assert not ImportedEdition.objects.exists()
    real = run(path, publish=True)
    assert report.splitlines()[:3] == real.splitlines()[:3]
    assert report.splitlines()[4:] == real.splitlines()[4:]


def state_of(model):
    return {
        row["pk"]: row for row in model.objects.values("pk", *(field.attname for field in model._meta.concrete_fields))
    }


def test_running_again_changes_nothing_that_has_not_changed(run, write_lines):
    path = write_lines(row(), row(id="two", lang="sv", topics=["vocational-education"]))
    run(path, publish=True)
    before = [state_of(model) for model in (Page, BlueprintPage, ImportedEdition, CatalogEntry, PageLogEntry)]
    for options in ({}, {"publish": True}, {"publish": True, "update": True}):
        assert "2  unchanged" in run(path, **options)
    assert [state_of(model) for model in (Page, BlueprintPage, ImportedEdition, CatalogEntry, PageLogEntry)] == before


def test_order_of_keys_and_unknown_keys_are_no_change(run, write_lines):
    run(write_lines(row()))
    assert "1  unchanged" in run(write_lines({**dict(reversed(row().items())), "text": "new"}))


def test_unchanged_lines_cost_one_query_for_a_chunk(run, write_lines, django_assert_max_num_queries):
    path = write_lines(*(row(id=str(number)) for number in range(50)))
    run(path)
    with django_assert_max_num_queries(4):
        run(path)


def test_changed_line_waits_for_update(run, write_lines):
    run(write_lines(row()), publish=True)
    report = run(write_lines(row(title="New")), publish=True)
    assert "line 1 (one, en): differs. It differs and was not updated: use --update." in report
    assert page_of("one").title == "A title"


def test_update_makes_a_revision_and_publishes_it(run, write_lines):
    run(write_lines(row(topics=["vocational-education"])), publish=True)
    first = page_of("one")
    ids = [block["id"] for block in first.body.raw_data]
    report = run(write_lines(row(title="New", html="<p>New</p>", published="2020-01-02")), publish=True, update=True)
    page = page_of("one")
    assert "1  updated" in report
    assert (page.pk, page.slug, page.title) == (first.pk, first.slug, "New")
    assert [block["id"] for block in page.body.raw_data] == ids
    assert page.live_revision_id == page.latest_revision_id != first.latest_revision_id
    assert page.first_published_at.date().isoformat() == "2020-01-02"
    assert page.topics.count() == first.topics.count()
    assert "New" in str(CatalogEntry.objects.get(page_id=page.pk).publication_data)
    assert "1  unchanged" in run(write_lines(row(title="New", html="<p>New</p>", published="2020-01-02")), update=True)


def test_update_without_publish_leaves_what_is_public(run, write_lines):
    run(write_lines(row()), publish=True)
    path = write_lines(row(title="New"))
    run(path, update=True)
    page = page_of("one")
    assert (page.title, page.draft_title, page.has_unpublished_changes) == ("A title", "New", True)
    assert "1  published" in run(path, publish=True)
    assert page_of("one").title == "New"


def test_drafts_can_be_published_later(run, write_lines):
    path = write_lines(row())
    run(path)
    assert "1  published" in run(path, publish=True)
    assert page_of("one").live
    assert edition("one").published
    assert CatalogEntry.objects.filter(page_id=page_of("one").pk, withdrawn_at=None).exists()
    assert "1  unchanged" in run(path, publish=True)


def edit_by_hand(import_id):
    page = page_of(import_id)
    page.title = "By hand"
    page.save_revision().publish()


def take_offline(import_id):
    page_of(import_id).unpublish()


@pytest.mark.parametrize("change", [edit_by_hand, take_offline])
def test_work_of_people_is_never_overwritten_silently(run, write_lines, change):
    run(write_lines(row()), publish=True)
    change("one")
    before = page_of("one")
    report = run(write_lines(row(title="New")), publish=True, update=True)
    assert "refused. The page was edited here after the import" in report
    assert (page_of("one").title, page_of("one").live) == (before.title, before.live)
    run(write_lines(row(title="New")), publish=True, update=True, overwrite_edits=True)
    assert (page_of("one").title, page_of("one").live) == ("New", True)


def test_unchanged_line_leaves_a_page_that_was_taken_offline(run, write_lines):
    path = write_lines(row())
    run(path, publish=True)
    take_offline("one")
    assert "1  unchanged" in run(path, publish=True)
    assert not page_of("one").live


def test_deleted_page_comes_back_on_demand_only(run, write_lines):
    path = write_lines(row())
    run(path, publish=True)
    page_of("one").delete()
    assert "The page was deleted here after the import" in run(path, publish=True)
    assert "1  created" in run(path, publish=True, overwrite_edits=True)
    assert page_of("one").live


def test_locked_page_is_not_updated(run, write_lines):
    run(write_lines(row()))
    Page.objects.filter(pk=page_of("one").pk).update(locked=True)
    assert "locked" in run(write_lines(row(title="New")), update=True)


def test_page_that_is_being_translated_here_is_not_updated(run, write_lines):
    run(write_lines(row(), row(lang="sv")), publish=True)
    source, _ = TranslationSource.get_or_create_from_instance(page_of("one"))
    Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="sv"), enabled=True)
    report = run(write_lines(row(lang="sv", title="New")), update=True, publish=True)
    assert "being translated here" in report
    assert page_of("one", "sv").title == "A title"


def test_page_of_the_work_that_no_import_made_is_left_alone(run, write_lines):
    run(write_lines(row()), publish=True)
    page_of("one").copy_for_translation(Locale.objects.get(language_code="sv"))
    before = Page.objects.count()
    for dry_run in (True, False):
        assert "which this import did not make" in run(write_lines(row(lang="sv")), dry_run=dry_run)
    assert Page.objects.count() == before


def test_kind_of_a_page_cannot_change(run, write_lines):
    run(write_lines(row()))
    assert "a page cannot change its kind" in run(write_lines(row(kind="news")), update=True)


@pytest.mark.parametrize("place", ["catalog.synchronizing.store_entry", "imports.writing.remember"])
def test_nothing_is_half_written(run, write_lines, monkeypatch, place):
    def fail(*args, **kwargs):
        raise RuntimeError("no")

    path = write_lines(row())
    before = Page.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr(place, fail)
        report = run(path, publish=True)
    assert "could not be written: RuntimeError" in report
    assert Page.objects.count() == before
    assert not ImportedEdition.objects.exists()
    assert not DirtyPage.objects.exists()
    assert "1  created" in run(path, publish=True)


def test_real_corpus(site_tree, testdata):
    folder = testdata / "corpora" / "udhr"
    assert "372  created" in run_command(folder, publish=True)
    lines = [json.loads(line) for file in folder.glob("*.jsonl") for line in file.open(encoding="utf-8")]
    titles = {
        (page.external_id, page.locale.language_code): page.title
        for page in BlueprintPage.objects.select_related("locale")
    }
    assert titles == {(line["id"], line["lang"]): line["title"] for line in lines}
    works = Counter(BlueprintPage.objects.values_list("translation_key", flat=True))
    assert len(works) == 31
    assert set(works.values()) == {12}
    assert CatalogEntry.objects.public().of_kind("blueprint").count() == 372
    assert not DirtyPage.objects.exists()
    assert differences() == (set(), set())
    assert "372  unchanged" in run_command(folder, publish=True)
