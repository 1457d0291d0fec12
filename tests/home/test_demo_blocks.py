from uuid import uuid5

import pytest

from home.demo.blocks import body, bullet_list
from home.demo.works import work_key

PLACE = work_key("some-work")


def test_paragraphs_and_lists_in_a_row_are_one_block():
    blocks = body("<p>One</p>\n<ul><li>Two</li></ul><h2>Three</h2><p>Four</p>", PLACE)
    assert [block["type"] for block in blocks] == ["paragraph", "heading", "paragraph"]
    assert blocks[0]["value"] == "<p>One</p>\n<ul><li>Two</li></ul>"
    assert blocks[1]["value"] == {"text": "Three", "level": "2"}


def test_special_characters_stay_escaped_in_rich_text_and_plain_elsewhere():
    blocks = body("<h3>A &amp; B</h3><p>1 &lt; 2 &amp; <strong>3</strong></p>", PLACE)
    assert blocks[0]["value"]["text"] == "A & B"
    assert blocks[1]["value"] == "<p>1 &lt; 2 &amp; <strong>3</strong></p>"
    assert bullet_list(["<b>"]) == "<ul><li>&lt;b&gt;</li></ul>"
    assert bullet_list([]) == ""


def test_a_table_keeps_rows_cells_and_its_heading():
    html = "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr><tr><td></td></tr></tbody></table>"
    value = body(html, PLACE)[0]["value"]
    assert value["has_header"]
    assert [[cell["value"] for cell in row["value"]["cells"]] for row in value["rows"]] == [["A"], ["1"], [""]]


def test_ids_depend_on_the_place_and_not_on_the_words():
    first, second = body("<p>Hello</p>", PLACE), body("<p>Hallo</p>", PLACE)
    assert first[0]["id"] == second[0]["id"] == str(uuid5(PLACE, "0"))
    assert body("<p>Hello</p>", work_key("another"))[0]["id"] != first[0]["id"]


@pytest.mark.parametrize("html", ["<script>1</script>", "<div>1</div>", "loose text"])
def test_what_no_block_stands_for_is_refused(html):
    with pytest.raises(ValueError):
        body(html, PLACE)
