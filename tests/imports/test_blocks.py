"""HTML becomes blocks: what is kept, what is turned into something else, what is refused."""

import random
import re

import pytest

from content.blocks import BodyBlock
from imports.block_form import block_form
from imports.blocks import convert
from imports.content import PictureSource
from imports.refusals import Refused


def blocks(html):
    return convert(html).blocks


def rich(html):
    [(kind, value)] = blocks(html)
    assert kind == "paragraph"
    return value


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One <strong>two</strong> <em>three</em></p>", "<p>One <b>two</b> <i>three</i></p>"),
        ("<p>One</p><p>Two<br>three<br></p>", "<p>One</p><p>Two<br/>three</p>"),
        ("plain &amp; simple", "<p>plain &amp; simple</p>"),
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br/>b</li></ul>"),
        ('<a href="https://e.org/?a=1&b=2">x</a>', '<p><a href="https://e.org/?a=1&amp;b=2">x</a></p>'),
        ('<a href="mailto:a@e.org">x</a>', '<p><a href="mailto:a@e.org">x</a></p>'),
        ('<a href="https://e.org"><div>x</div></a>', '<p><a href="https://e.org">x</a></p>'),
        ("<b>one<p>two</p></b>three", "<p><b>one</b></p><p><b>two</b></p><p>three</p>"),
        ("<pre>a\n  b\n\nc</pre>", "<p>a<br/>  b<br/><br/>c</p>"),
        ("<dl><dt>T</dt><dd>D</dd></dl>", "<p><b>T</b></p><p>D</p>"),
        ("m<sup>2</sup> and H<sub>2</sub>O", "<p>m² and H₂O</p>"),
        ("<p>&lt;b&gt; stays text</p>", "<p>&lt;b&gt; stays text</p>"),
        ("<style>p{}</style><font color=red>x</font><!-- no -->", "<p>x</p>"),
    ],
)
def test_text_keeps_its_structure(html, expected):
    assert rich(html) == expected


@pytest.mark.parametrize(
    ("tag", "level"), [("h1", "2"), ("h2", "2"), ("h3", "3"), ("h4", "3"), ("h5", "3"), ("h6", "3")]
)
def test_headings_have_two_levels(tag, level):
    assert blocks(f"<{tag}>A <i>b</i></{tag}>") == [("heading", {"text": "A b", "level": level})]


def test_overlong_heading_becomes_bold_text():
    content = convert(f"<h2>{'x' * 201}</h2>")
    assert content.blocks == [("paragraph", f"<p><b>{'x' * 201}</b></p>")]
    assert content.warnings


def test_link_in_heading_follows_it():
    assert blocks('<h2>See <a href="https://e.org">this</a></h2>') == [
        ("heading", {"text": "See this", "level": "2"}),
        ("paragraph", '<p><a href="https://e.org">this</a></p>'),
    ]


def test_table_keeps_every_cell():
    html = """<table><caption>C</caption><thead><tr><th colspan="2">A</th><th>B</th></tr></thead>
        <tr><td rowspan="2">1</td><td><b>2</b></td><td><a href="https://e.org/x">L</a></td></tr>
        <tr><td>3</td><td>4<br>5</td></tr></table>"""
    rows = [["A", "", "B"], ["1", "2", "L (https://e.org/x)"], ["", "3", "4 5"]]
    assert blocks(html) == [("table", {"caption": "C", "has_header": True, "rows": rows})]


def test_table_without_headings_says_so():
    [(_, table)] = blocks("<table><tr><td>1</td><td>2</td></tr></table>")
    assert table["has_header"] is False


def test_absurd_spans_make_no_absurd_table():
    [(_, table)] = blocks('<table><tr><td colspan="999999999">1</td><td rowspan="99999">2</td></tr></table>')
    assert len(table["rows"]) == 1
    assert len(table["rows"][0]) <= 101


def test_quotation_has_its_source():
    html = "<blockquote><p>One.</p><p>Two.</p><footer>— Ada</footer></blockquote>"
    assert blocks(html) == [("quotation", {"text": "One.\nTwo.", "source": "Ada"})]


def test_quotation_with_a_link_keeps_the_link():
    content = convert('<blockquote>One <a href="https://e.org">two</a></blockquote>')
    assert content.blocks == [("paragraph", '<p>One <a href="https://e.org">two</a></p>')]
    assert content.warnings


def test_picture_stands_where_it_stood():
    assert blocks('<p>a <img src="p%20q.png" alt="P"> b</p>') == [
        ("paragraph", "<p>a</p>"),
        ("picture", {"image": PictureSource("p q.png"), "alt_text": "P", "caption": ""}),
        ("paragraph", "<p>b</p>"),
    ]


def test_figure_gives_the_caption():
    [(_, picture)] = blocks('<figure><img src="p.png" alt="P"><figcaption>Cap <b>tion</b></figcaption></figure>')
    assert picture == {"image": PictureSource("p.png"), "alt_text": "P", "caption": "Cap tion"}


def test_picture_of_a_list_follows_it():
    assert [kind for kind, _ in blocks('<ul><li>a <img src="p.png" alt=""></li><li>b</li></ul>')] == [
        "paragraph",
        "picture",
    ]


def test_remote_picture_leaves_its_text():
    content = convert('<p>a<img src="https://e.org/p.png" alt="the chart">b</p>')
    assert content.blocks == [("paragraph", "<p>a the chart b</p>")]
    assert "not fetched" in content.warnings[0]


@pytest.mark.parametrize("address", ["/relative", "other.html", "ftp://e.org/", "tel:+4612", "#here", "http:"])
def test_other_links_keep_their_text_only(address):
    content = convert(f'<p><a href="{address}">x</a></p>')
    assert content.blocks == [("paragraph", "<p>x</p>")]
    assert content.warnings


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//e.org></SCRIPT>",
        "<svg><script>1</script></svg>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" JaVa&#x09;Script&colon;alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="vbscript:x">x</a>',
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        '<p onclick="x()">x</p>',
        '<iframe src="https://e.org"></iframe>',
        '<object data="x"></object>',
        '<embed src="x">',
        '<meta http-equiv="refresh" content="0">',
        '<p style="background:url(javascript:x)">x</p>',
        '<form action="javascript:x"><input></form>',
    ],
)
def test_hostile_html_is_refused(html):
    with pytest.raises(Refused, match="hostile"):
        convert(f"<p>before</p>{html}")


@pytest.mark.parametrize(
    "html",
    [
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<scr<script>ipt>x",
        "<iframe",
        "<![x[ <b>",
        "<a href",
    ],
)
def test_whatever_passes_comes_out_harmless(html):
    try:
        content = convert(html)
    except Refused:
        return
    assert "<img" not in str(content.blocks)
    assert "<script" not in str(content.blocks)


def test_bottomless_nesting_is_refused():
    with pytest.raises(Refused, match="nested"):
        convert("<div>" * 5000 + "x")


def test_lost_elements_are_named():
    content = convert("<p>a</p><video src=x>fallback</video>")
    assert content.blocks == [("paragraph", "<p>a</p>")]
    assert "<video>" in content.warnings[0]


def raw(html, import_id="one"):
    return block_form(convert(html), import_id=import_id, picture_ids={})


EVERYTHING = """<h1>{0}</h1><p>{0} <b>x</b></p><ul><li>{0}</li></ul><h3>{0}</h3>
    <table><tr><th>{0}</th></tr><tr><td>{0}</td></tr></table><blockquote>{0}</blockquote><p>{0}</p>"""


def test_blocks_are_what_the_editor_accepts():
    stream = BodyBlock()
    value = stream.clean(stream.to_python(raw(EVERYTHING.format("word"))))
    assert [block.block_type for block in value] == [
        "heading",
        "paragraph",
        "heading",
        "table",
        "quotation",
        "paragraph",
    ]
    assert list(value[3].value["rows"][1]["cells"]) == ["word"]


def ids_in(value):
    if isinstance(value, dict):
        return ([value["id"]] if "id" in value else []) + [found for item in value.values() for found in ids_in(item)]
    return [found for item in value for found in ids_in(item)] if isinstance(value, list) else []


def test_lists_are_in_block_form_with_ids_that_never_repeat():
    form = raw(EVERYTHING.format("word"))
    rows = form[3]["value"]["rows"]
    assert [set(row) for row in rows] == [{"type", "value", "id"}] * 2
    assert rows[0]["value"]["cells"][0]["type"] == "item"
    ids = ids_in(form)
    assert len(ids) == 6 + 2 + 2
    assert len(set(ids)) == len(ids)


def test_the_same_structure_has_the_same_ids_in_every_language():
    assert ids_in(raw(EVERYTHING.format("word"))) == ids_in(raw(EVERYTHING.format("كلمة")))
    assert not set(ids_in(raw(EVERYTHING.format("word")))) & set(ids_in(raw(EVERYTHING.format("word"), "two")))


TAGS = "p b ul ol li table tr td th blockquote h2 figure figcaption pre dl dt dd caption cite sup div thead".split()  # noqa: SIM905
PIECES = [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]
PIECES += ["x", " ", "&lt;", "&nbsp;", "&#1;", "<br>", "<hr>"] * 3
PIECES += ['<a href="https://e.org/?<>&\'">', "</a>", '<img src=z alt="<&>\'">'] * 2


@pytest.mark.parametrize("seed", range(20))
def test_any_markup_becomes_blocks_that_the_editor_accepts(seed):
    chance = random.Random(seed)
    stream = BodyBlock()
    for _ in range(100):
        html = "".join(chance.choices(PIECES, k=chance.randint(1, 25)))
        content = convert(html)
        content.blocks = [block for block in content.blocks if block[0] != "picture"]
        stream.clean(stream.to_python(block_form(content, import_id="one", picture_ids={})))
        # A link in a heading follows it once more.
        assert count_letters(convert(html).blocks) >= html.count("x"), html


def count_letters(value):
    if isinstance(value, str):
        return re.sub(r"<[^>]*>" if value.startswith(("<p>", "<ul>", "<ol>")) else "$", "", value).count("x")
    if isinstance(value, dict):
        return sum(count_letters(item) for key, item in value.items())
    return (
        sum(count_letters(item) for item in value if not isinstance(item, bool))
        if isinstance(value, list | tuple)
        else 0
    )
