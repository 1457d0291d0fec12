"""Hits in modules and units lead into their toolkit."""

import pytest

from content.publication import Publication, Section
from pages.describing import page_path
from search.highlighting import part_at
from search.indexing import text_and_parts
from toolkits.models import ModulePage, ToolkitPage, UnitPage

from ..catalog.conftest import add, listing, paragraph, site  # noqa: F401


def publication(*sections: Section) -> Publication:
    return Publication(work="", language="en", kind="toolkit", title="", summary="", sections=sections)


def test_each_place_of_the_text_belongs_to_its_part():
    text, parts = text_and_parts(
        publication(
            Section(id="intro", title="Welcome", html="<p>intro</p>"),
            Section(id="one", title="Module", html="<p>about</p>", path="/m/", depth=1),
            Section(id="two", title="Unit", html="<p>doing</p>", path="/m/u/", depth=2),
            Section(id="end", title="Licence", html="<p>closing</p>"),
            Section(id="after", title="", html="<p>last</p>"),
        )
    )
    assert [part_at(text.index(word), parts) for word in ("Welcome", "intro")] == [None, None]
    assert [part_at(text.index(word), parts) for word in ("Module", "about")] == [("/m/", "Module")] * 2
    assert [part_at(text.index(word), parts) for word in ("Unit", "doing")] == [("/m/u/", "Unit")] * 2
    assert [part_at(text.index(word), parts) for word in ("Licence", "closing", "last")] == [None] * 3


def test_work_without_parts_has_none():
    text, parts = text_and_parts(publication(Section(id="text", title="", html="<p>all</p>")))
    assert (text.strip(), parts) == ("all", [])


@pytest.mark.django_db
def test_page_of_results_leads_to_the_unit(client, site):  # noqa: F811
    toolkit = add(ToolkitPage(title="Kit", slug="kit-of-parts", body=paragraph("<p>Opening.</p>")), listing("toolkit"))
    module = add(ModulePage(title="Module", slug="module"), toolkit)
    unit = add(UnitPage(title="At the <market>", slug="unit", body=paragraph("<p>Haggling.</p>")), module)
    page = client.get("/en/search/?q=haggling").content.decode()
    assert f'<p class="from-part"><a href="{page_path(unit)}">At the &lt;market&gt;</a></p>' in page
    assert f'<h2><a href="{page_path(toolkit)}">Kit</a></h2>' in page
    page = client.get("/en/search/?q=opening").content.decode()
    assert page_path(toolkit) in page
    assert "from-part" not in page
