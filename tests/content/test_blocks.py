"""Blocks one by one: what is refused, what translators see, what readers get."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils import translation
from PIL import Image
from wagtail.blocks import StreamValue
from wagtail.models import Collection, CollectionViewRestriction
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.types import OverridableSegmentValue, StringSegmentValue

from accounts.models import User
from content.blocks import BodyBlock
from content.models import File, Picture
from content.uploads import check_file
from home.models import StandardPage
from pages.body import assets_in, body_sections

pytestmark = pytest.mark.django_db


def picture(name="picture", **fields) -> Picture:
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "PNG")
    return Picture.objects.create(title=name, file=ImageFile(io.BytesIO(content.getvalue()), f"{name}.png"), **fields)


def file(filename: str, **fields) -> File:
    return File.objects.create(title=filename, file=ContentFile(b"content", filename), **fields)


def items(*values) -> list[dict]:
    return [{"type": "item", "value": value, "id": f"i{number}"} for number, value in enumerate(values)]


def body(*blocks: tuple[str, object]) -> StreamValue:
    raw = [{"type": name, "value": value, "id": f"b{number}"} for number, (name, value) in enumerate(blocks)]
    return BodyBlock().to_python(raw)


def html_of(*blocks: tuple[str, object]) -> str:
    return "".join(section.html for section in body_sections(body(*blocks)))


def video(**values) -> tuple[str, dict]:
    return "video", {"title": "Film", "transcript": "<p>Said.</p>", **values}


def question(*right: bool) -> tuple[str, dict]:
    options = items(*({"text": f"Answer {number}", "is_right": flag} for number, flag in enumerate(right)))
    return "question", {"question": "Why?", "options": options, "feedback": "Because."}


def table(*widths: int, has_header=True) -> tuple[str, dict]:
    rows = items(*({"cells": items(*["x"] * width)} for width in widths))
    return "table", {"caption": "", "has_header": has_header, "rows": rows}


def errors_of(block: tuple[str, object]) -> dict:
    """What the editor sees at the fields of the block, as the admin's form gets it."""
    with pytest.raises(ValidationError) as caught:
        accept(block)
    return caught.value.as_json_data()["blockErrors"][0]["blockErrors"]


def accept(block: tuple[str, object]) -> None:
    BodyBlock().clean(body(block))


# --- what is refused


def test_video_needs_a_file_or_a_link():
    assert errors_of(video())["file"]["messages"] == ["Choose a video file or enter a link."]
    accept(video(link="https://video.example.org/1"))
    accept(video(file=file("film.mp4").pk, captions=file("film.vtt").pk))


def test_video_file_and_captions_are_of_the_right_kind():
    errors = errors_of(video(file=file("film.pdf").pk, captions=file("film.txt").pk))
    assert ".mp4" in errors["file"]["messages"][0]
    assert ".vtt" in errors["captions"]["messages"][0]


def test_captions_need_a_video_file():
    assert "captions" in errors_of(video(link="https://e.org", captions=file("film.vtt").pk))


def test_video_needs_a_transcript():
    assert "transcript" in errors_of(video(link="https://e.org", transcript=""))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://e.org/film", "mailto:a@e.org", "film"])
def test_link_that_is_no_web_address_is_refused(link):
    messages = errors_of(video(link=link))["link"]["messages"]
    assert messages == ["Enter a web address that begins with http:// or https://."]


def test_question_needs_a_right_answer_and_may_have_several():
    assert errors_of(question(False, False))["options"]["messages"] == ["Mark at least one answer as right."]
    accept(question(True, False))
    accept(question(True, True, False))


def test_gallery_picture_needs_alternative_text_unless_it_is_decoration():
    shown = picture()
    plain = {"image": shown.pk, "alt_text": " ", "is_decorative": False, "caption": ""}
    errors = errors_of(("gallery", {"title": "", "pictures": items({**plain, "is_decorative": True}, plain)}))
    at_second = errors["pictures"]["blockErrors"][1]["blockErrors"]
    assert at_second["alt_text"]["messages"] == ["Say what the picture shows, or mark it as decoration."]


def test_row_of_another_width_than_the_headings_is_named():
    errors = errors_of(table(2, 2, 3))["rows"]["blockErrors"]
    assert list(errors) == [2]
    assert "has 2 cells, this row has 3" in errors[2]["blockErrors"]["cells"]["messages"][0]
    accept(table(2, 3, has_header=False))


def test_card_needs_a_page_that_has_one(site_tree):
    errors = errors_of(("resource", {"page": site_tree["en"].get_parent().pk}))
    assert "no card" in errors["page"]["messages"][0]


def test_what_is_missing_does_not_keep_a_draft_from_being_saved():
    block = BodyBlock()
    assert len(block.clean_deferred(body(video(transcript=""), question(False, False)))) == 2


# --- what translators see

TEXTS = [
    ("paragraph", "<p>t-paragraph</p>"),
    ("heading", {"text": "t-heading", "level": "2"}),
    ("quotation", {"text": "t-quotation", "source": "t-source"}),
    ("callout", {"title": "t-callout", "text": "<p>t-note</p>"}),
    ("table", {"caption": "t-caption", "has_header": True, "rows": items({"cells": items("t-cell", "t-cell-2")})}),
    ("accordion", {"items": items({"title": "t-item", "text": "<p>t-opened</p>"})}),
    ("steps", {"title": "t-steps", "steps": items({"title": "t-step", "text": "<p>t-done</p>"})}),
    ("checklist", {"title": "t-list", "items": items("t-tick", "t-tick-2")}),
    (
        "question",
        {
            "question": "t-question",
            "options": items({"text": "t-answer", "is_right": True}, {"text": "t-answer-2", "is_right": False}),
            "feedback": "t-feedback",
        },
    ),
    ("video", {"title": "t-video", "link": "https://e.org/film", "transcript": "<p>t-said</p>"}),
    ("file", {"file": None, "text": "t-file"}),
    ("picture", {"image": None, "alt_text": "t-alt", "caption": "t-below"}),
    (
        "gallery",
        {
            "title": "t-gallery",
            "pictures": items({"image": None, "alt_text": "t-alt-2", "is_decorative": False, "caption": "t-below-2"}),
        },
    ),
    ("resource", {"page": None}),
]


def segments(blocks) -> list:
    field = StandardPage._meta.get_field("body")
    extractor = StreamFieldSegmentExtractor(field, include_overridables=True)
    return extractor.handle_stream_block(body(*blocks))


def test_every_text_is_a_segment_and_nothing_else_is():
    found = [segment for segment in segments(TEXTS) if isinstance(segment, StringSegmentValue)]
    texts = {segment.string.render_text() for segment in found}
    written = {word for word in str(TEXTS).replace("<", "'").replace(">", "'").split("'") if word.startswith("t-")}
    assert texts == written
    assert {name for name, _ in TEXTS} == set(BodyBlock().child_blocks)


def test_address_of_a_video_is_the_same_in_every_language():
    overridable = [segment for segment in segments(TEXTS) if isinstance(segment, OverridableSegmentValue)]
    assert not [segment for segment in overridable if "e.org" in str(segment.data)]


# --- what readers get


def test_files_and_pictures_are_found_at_any_depth():
    inside, alone, film, captions, taken, linked = (
        picture("inside"), picture("alone"), file("a.mp4"), file("a.vtt"), file("a.pdf"), file("b.pdf")
    )  # fmt: skip
    link = f'<p><a linktype="document" id="{linked.pk}">b</a></p>'
    value = body(
        ("picture", {"image": alone.pk}),
        ("gallery", {"pictures": items({"image": inside.pk})}),
        video(file=film.pk, captions=captions.pk),
        ("file", {"file": taken.pk}),
        ("accordion", {"items": items({"title": "x", "text": link})}),
    )
    assert assets_in(value) == ({film.pk, captions.pk, taken.pk, linked.pk}, {alone.pk, inside.pk})


def test_video_of_this_site_loads_nothing_before_it_is_played():
    film, captions = file("film.mp4"), file("film.vtt", language="sv")
    html = html_of(video(file=film.pk, captions=captions.pk))
    assert '<video controls preload="none"' in html
    assert f'<source src="{film.url}" type="video/mp4">' in html
    assert f'<track kind="captions" src="{captions.url}" srclang="sv" label="Svenska">' in html
    assert "<p>Said.</p>" in html


def test_video_elsewhere_is_a_link_and_no_player():
    html = html_of(video(link="https://www.video.example.org/1?a=1&b=2"))
    assert 'href="https://www.video.example.org/1?a=1&amp;b=2"' in html
    assert "Watch the video on video.example.org" in html
    assert "src=" not in html
    assert "<iframe" not in html


def test_stored_link_that_runs_a_script_is_not_shown():
    assert "javascript" not in html_of(video(link="javascript:alert(1)"))


def test_pictures_show_caption_and_credit_and_alternative_text():
    shown = picture(credit="Photo: A. Nielsen, CC BY 4.0")
    alone = html_of(("picture", {"image": shown.pk, "alt_text": 'A "square"', "caption": "Teal"}))
    gallery = html_of(
        ("gallery", {"pictures": items({"image": shown.pk, "alt_text": "x", "is_decorative": True, "caption": "Teal"})})
    )
    assert 'alt="A &quot;square&quot;"' in alone
    assert 'alt=""' in gallery
    for html in (alone, gallery):
        assert "<figcaption>Teal" in html
        assert "Photo: A. Nielsen, CC BY 4.0" in html


def test_pictures_and_files_for_some_readers_only_leave_no_trace():
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    hidden = picture("hidden-picture", collection=collection, credit="Hidden credit")
    secret = file("hidden-file.mp4", collection=collection)
    html = html_of(
        ("picture", {"image": hidden.pk, "alt_text": "x"}),
        ("gallery", {"pictures": items({"image": hidden.pk, "alt_text": "x"})}),
        ("file", {"file": secret.pk}),
        video(file=secret.pk, link="https://e.org"),
    )
    assert "idden" not in html
    assert "<img" not in html
    assert "<video" not in html


def test_deleted_picture_and_file_are_left_out():
    html = html_of(("picture", {"image": 999}), ("file", {"file": 999}), video(file=999, link="https://e.org"))
    assert "<img" not in html
    assert "download" not in html


def test_file_tells_kind_size_and_language():
    html = html_of(("file", {"file": file("guide.pdf", language="ar", description="All of it.").pk, "text": ""}))
    assert "PDF" in html
    assert "All of it." in html
    assert '<span lang="ar">العربية</span>' in html


def test_subsection_before_the_first_section_leaves_no_level_out():
    html = html_of(("heading", {"text": "First", "level": "3"}))
    assert "<h2>First</h2>" in html
    sections = body_sections(body(("heading", {"text": "A", "level": "2"}), ("heading", {"text": "B", "level": "3"})))
    assert "<h3>B</h3>" in sections[0].html


def test_question_keeps_its_answer_until_it_is_asked_for():
    html = html_of(question(False, True))
    before, after = html.split("<details>")
    assert "Answer 0" in before
    assert "Answer 1" in before
    assert "Because." not in before
    assert "<strong>Answer 1</strong>" in after
    assert "Answer 0" not in after
    assert "Because." in after


def test_words_around_a_block_are_in_the_language_of_the_page():
    with translation.override("ar"):
        assert "إظهار الإجابة" in html_of(question(True, False))


def test_number_of_queries_does_not_grow_with_the_pictures(django_assert_num_queries):
    def gallery(pictures):
        return ("gallery", {"pictures": items(*({"image": shown.pk, "alt_text": "x"} for shown in pictures))})

    pictures = [picture(f"p{number}") for number in range(6)]
    html_of(gallery(pictures))
    with django_assert_num_queries(4):
        html_of(gallery(pictures[:2]))
    with django_assert_num_queries(4):
        html_of(gallery(pictures))


# --- the admin


def test_every_block_has_a_preview_a_group_and_a_description(client):
    client.force_login(User.objects.create_superuser("admin", "a@example.org", "x" * 12))
    for block in BodyBlock().child_blocks.values():
        assert block.meta.group, block.name
        assert block.get_description(), block.name
        assert block.is_previewable, block.name
    field = StandardPage._meta.get_field("body")
    for block in field.stream_block.child_blocks.values():
        response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200
        assert "site/site.css" in response.content.decode()


@pytest.mark.parametrize(
    ("content", "is_accepted"),
    [("WEBVTT\n\n00:00.000 --> 00:02.000\nHello", True), ("WEBVTTX", False), ("<script>1</script>", False)],
)
def test_captions_are_accepted_if_they_are_webvtt(content, is_accepted):
    upload = ContentFile(content.encode(), "film.vtt")
    if is_accepted:
        check_file(upload)
    else:
        with pytest.raises(ValidationError):
            check_file(upload)
