"""The states of texts, their history, and what becomes of them when the original changes."""

import uuid
from importlib import import_module

import pytest
from django.apps import apps
from wagtail_localize.models import StringTranslation

from translations.models import Origin, Segment, SegmentChange, SegmentState
from translations.segments import ChangeRefused, Conflict, review, write_text
from translations.updating import update_from_source

from .building import block, locale, make_blueprint, make_user
from .translating import fill, segments_of, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(site):
    return make_user("granskare", "reviewer", "sv")


def row_at(page, path, text=None):
    rows = [row for row in segments_of(page) if row.context.path == path]
    return next(row for row in rows if text is None or text in row.string.data)


def segment_of(page, row):
    return Segment.objects.filter(string=row.string, context=row.context, locale=page.locale).first()


def paragraphs(*texts):
    return [block("paragraph", f"<p>{text}</p>") for text in texts]


def by_text(page):
    return {row.string.data: segment_of(page, row) for row in segments_of(page) if row.context.path.startswith("body")}


def translated(*texts, approve_by=None):
    original = make_blueprint(body=paragraphs(*texts))
    page = started(original)
    fill(page, review=False)
    if approve_by:
        for segment in Segment.objects.filter(locale=page.locale):
            review(segment, approve=True, by=approve_by)
    return original, page


def change(original, body):
    original.body = original.body.stream_block.to_python(body)
    original.save_revision().publish()
    update_from_source(original, into=locale("sv"), by=make_user(f"editor-{uuid.uuid4().hex[:6]}", superuser=True))


def stored(original):
    original.refresh_from_db()
    return [dict(one) for one in original.body.get_prep_value()]


def test_every_way_of_writing_is_in_the_history(site, reviewer):
    page = started(make_blueprint())
    row = row_at(page, "summary")
    key = {"translation_of": row.string, "context": row.context, "locale": page.locale}
    StringTranslation.objects.create(**key, data="Ett", translation_type="machine", tool_name="A machine")
    write_text(row, page.locale, text="Två", by=reviewer)
    segment = review(segment_of(page, row), approve=False, by=reviewer, comment="För kort")
    StringTranslation.objects.get(**key).delete()
    steps = list(
        SegmentChange.objects.filter(segment=segment)
        .order_by("pk")
        .values_list("origin", "state_before", "state_after", "text_before", "text_after", "comment")
    )
    assert steps == [
        ("machine", "missing", "suggested", "", "Ett", ""),
        ("typed", "suggested", "translated", "Ett", "Två", ""),
        ("typed", "translated", "rejected", "Två", "Två", "För kort"),
        ("typed", "rejected", "missing", "Två", "", ""),
    ]


def test_the_history_is_not_rewritten(site, reviewer):
    page = started(make_blueprint())
    write_text(row_at(page, "summary"), page.locale, text="Text", by=reviewer)
    step = SegmentChange.objects.get()
    step.text_after = "Other"
    for rewrite in (step.save, SegmentChange.objects.all().delete, lambda: SegmentChange.objects.update(comment="x")):
        with pytest.raises(TypeError):
            rewrite()
    assert SegmentChange.objects.get().text_after == "Text"


def test_two_people_never_overwrite_each_other_unseen(site, reviewer):
    page = started(make_blueprint())
    row = row_at(page, "summary")
    seen = write_text(row, page.locale, text="Första", by=reviewer, version=0)
    write_text(row, page.locale, text="Andra", by=reviewer, version=seen.version)
    with pytest.raises(Conflict) as conflict:
        write_text(row, page.locale, text="Tredje", by=reviewer, version=seen.version)
    assert conflict.value.segment.text == "Andra"
    with pytest.raises(Conflict):
        review(seen, approve=True, by=reviewer, version=seen.version)
    assert StringTranslation.objects.get(context=row.context, locale=page.locale).data == "Andra"


def test_what_is_saved_again_unchanged_stays_reviewed_and_is_not_noted(site, reviewer):
    page = started(make_blueprint())
    row = row_at(page, "summary")
    segment = review(write_text(row, page.locale, text="Text", by=reviewer), approve=True, by=reviewer)
    steps = SegmentChange.objects.count()
    assert write_text(row, page.locale, text="Text", by=reviewer).state == SegmentState.REVIEWED
    assert SegmentChange.objects.count() == steps
    assert write_text(row, page.locale, text="Ny text", by=reviewer).state == SegmentState.TRANSLATED
    assert segment.changes.count() == 3


def test_what_is_missing_or_broken_is_not_approved(site, reviewer):
    page = started(make_blueprint())
    row = row_at(page, "summary")
    segment = Segment.objects.create(string=row.string, context=row.context, locale=page.locale)
    with pytest.raises(ChangeRefused):
        review(segment, approve=True, by=reviewer)
    write_text(row, page.locale, text="<script>x</script>", by=reviewer)
    with pytest.raises(ChangeRefused):
        review(segment, approve=True, by=reviewer)


class TestChangedSource:
    def test_a_changed_text_is_stale_and_keeps_what_it_was(self, site, reviewer):
        original, page = translated("The first sentence of it.", "The second one.", approve_by=reviewer)
        body = stored(original)
        body[0]["value"] = "<p>The first sentence of them all.</p>"
        change(original, body)
        found = by_text(page)
        changed = found["The first sentence of them all."]
        assert changed.state == SegmentState.STALE
        assert changed.text == ""
        assert changed.earlier.text == "SV The first sentence of it."
        assert changed.earlier.string.data == "The first sentence of it."
        assert found["The second one."].state == SegmentState.REVIEWED
        assert changed.changes.get().origin == Origin.SOURCE

    def test_a_text_that_changed_twice_still_knows_its_translation(self, site, reviewer):
        original, page = translated("One sentence stands here.")
        for text in ("One sentence stood here.", "One sentence stood there."):
            body = stored(original)
            body[0]["value"] = f"<p>{text}</p>"
            change(original, body)
        assert by_text(page)["One sentence stood there."].earlier.text == "SV One sentence stands here."

    def test_regenerated_block_ids_and_another_order_lose_nothing(self, site, reviewer):
        texts = ("Alpha is first.", "Beta follows it.", "Gamma comes last.")
        original, page = translated(*texts, approve_by=reviewer)
        change(original, paragraphs(*reversed(texts)))
        found = by_text(page)
        assert {text: (one.state, one.text) for text, one in found.items()} == {
            text: ("reviewed", f"SV {text}") for text in texts
        }
        assert StringTranslation.objects.filter(data="SV Beta follows it.").count() == 2

    def test_the_same_text_twice_keeps_both_translations(self, site, reviewer):
        original, page = translated("Same.", "Same.")
        rows = [row for row in segments_of(page) if row.string.data == "Same."]
        for number, row in enumerate(rows):
            write_text(row, page.locale, text=f"Samma {number}", by=reviewer)
        change(original, paragraphs("Same.", "Same."))
        rows = [row for row in segments_of(page) if row.string.data == "Same."]
        assert {segment_of(page, row).text for row in rows} == {"Samma 0", "Samma 1"}

    def test_a_copy_of_a_text_is_suggested(self, site, reviewer):
        original, page = translated("A text.", approve_by=reviewer)
        change(original, [*stored(original), *paragraphs("A text.")])
        states = [segment_of(page, row).state for row in segments_of(page) if row.string.data == "A text."]
        assert sorted(states) == ["reviewed", "suggested"]

    def test_what_is_deleted_and_put_back_has_its_translation(self, site, reviewer):
        original, page = translated("Stays here.", "Goes and comes back.", approve_by=reviewer)
        change(original, stored(original)[:1])
        assert set(by_text(page)) == {"Stays here."}
        change(original, [*stored(original), *paragraphs("Goes and comes back.")])
        back = by_text(page)["Goes and comes back."]
        assert (back.state, back.text) == ("reviewed", "SV Goes and comes back.")

    def test_other_languages_are_treated_alike(self, site, reviewer):
        original, _page = translated("A sentence to change.")
        german = started(original, "de")
        fill(german, prefix="DE ", review=False)
        body = stored(original)
        body[0]["value"] = "<p>A sentence that changed.</p>"
        change(original, body)
        assert by_text(german)["A sentence that changed."].earlier.text == "DE A sentence to change."


def test_what_was_translated_before_there_were_states_gets_one(site, reviewer):
    page = started(make_blueprint())
    fill(page, review=False)
    before = Segment.objects.count()
    Segment.objects.all().delete()
    backfill = import_module("translations.migrations.0002_segments_of_what_is_there").note_what_is_there
    backfill(apps, None)
    assert Segment.objects.count() == before == SegmentChange.objects.filter(origin=Origin.IMPORT).count()
    assert set(Segment.objects.values_list("state", flat=True)) == {"translated"}
    Segment.objects.all().delete()
    page.live = True
    page.save()
    backfill(apps, None)
    assert set(Segment.objects.values_list("state", flat=True)) == {"reviewed"}
