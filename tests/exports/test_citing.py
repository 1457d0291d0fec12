"""Citations and attributions: right in their form, whatever titles and names contain."""

import json

import pytest
from django.utils import translation
from django.utils.html import escape

from catalog.models import DownloadCount
from catalog.record import Agent, Source
from exports.attribution import attribution_html, attribution_text
from exports.citing.apa import apa
from exports.citing.bibtex import bibtex
from exports.citing.citation import Name, citation_of, name_of
from exports.citing.csl import csl_json
from exports.citing.ris import ris

from .conftest import CC_BY

pytestmark = pytest.mark.django_db


def person(name: str, role="author") -> Agent:
    return Agent(name, role=role, is_person=True)


def cited(entry):
    return citation_of(entry)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Svensson", Name("Svensson", "Anna")),
        ("Svensson, Anna", Name("Svensson", "Anna")),
        ("Jan van der Berg", Name("van der Berg", "Jan")),
        ("Anna-Lena Maria Öberg", Name("Öberg", "Anna-Lena Maria")),
        ("Madonna", Name("Madonna")),
        ("van Gogh", Name("Gogh", "van")),
        ("  Ada \n Lovelace\x00 ", Name("Lovelace", "Ada")),
    ],
)
def test_names_of_persons_are_taken_apart(name, expected):
    assert name_of(person(name)) == expected


def test_name_of_an_organization_stays_whole():
    assert name_of(Agent("Crossing Borders")) == Name("Crossing Borders")


def test_reference_of_several_authors(add_entry):
    entry = add_entry(
        "How to meet",
        agents=(
            person("Jan van der Berg"),
            Agent("City of Lund"),
            person("Anna-Lena Öberg"),
            person("T R", "translator"),
        ),
        publisher=Agent("Hochschule Harz", role="publisher"),
        version="2.1",
    )
    assert apa(cited(entry)) == (
        f"van der Berg, J., City of Lund, & Öberg, A.-L. (2024). How to meet (Version 2.1). Hochschule Harz. "
        f"http://127.0.0.1:8000{entry.path}"
    )


def test_reference_without_date_author_or_end_of_sentence(add_entry):
    entry = add_entry("What now?", agents=(), published="")
    assert apa(cited(entry)) == f"What now? (n.d.). http://127.0.0.1:8000{entry.path}"
    publisher = add_entry("Title", agents=(), publisher=Agent("Lund", role="publisher"), published="")
    assert apa(cited(publisher)).startswith("Lund. (n.d.). Title. http")
    edited = add_entry("Title", agents=(person("A B", "editor"), person("C D", "editor")))
    assert apa(cited(edited)).startswith("B, A., & D, C. (Eds.). (2024). Title. http")


def test_many_authors_are_shortened(add_entry):
    entry = add_entry(agents=tuple(person(f"A F{number}") for number in range(1, 31)))
    text = apa(cited(entry))
    assert "F19, A., … F30, A." in text
    assert "F20" not in text


HOSTILE = 'Braces { and }}, 100 % & $5 #1_a ~ ^ \\ "quotes" {\\input{x}}\nTY  - BOOK\r\nER  - '


def test_bibtex_stays_balanced_and_escapes_what_tex_reads(add_entry):
    text = bibtex(
        cited(add_entry(HOSTILE, agents=(Agent("This and That {", url=""), person("Åsa Öst")), summary=HOSTILE))
    )
    assert text.count("{") == text.count("}")
    depth = 0
    for char in text:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
    assert r"100 \% \& \$5 \#1\_a \textasciitilde{} \textasciicircum{} \textbackslash{}" in text
    assert r"author = {{This and That \textbraceleft{}} and Öst, Åsa}" in text
    assert text.startswith("@misc{")
    assert "\nTY" not in text


def test_ris_cannot_be_given_more_fields(add_entry):
    text = ris(cited(add_entry(HOSTILE, summary=HOSTILE)))
    lines = text.split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert sum(line.startswith(("TY", "ER")) for line in lines) == 2
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert "PY  - 2024" in lines
    assert "DA  - 2024/03/05" in lines


def test_csl_json_tells_persons_from_organizations(add_entry):
    (item,) = json.loads(csl_json(cited(add_entry(HOSTILE, agents=(person("Åsa Öst"), Agent("Lund, City of"))))))
    assert item["author"] == [{"family": "Öst", "given": "Åsa"}, {"literal": "Lund, City of"}]
    assert item["issued"] == {"date-parts": [[2024, 3, 5]]}
    (undated,) = json.loads(csl_json(cited(add_entry(published="not a date"))))
    assert "issued" not in undated


@pytest.mark.parametrize(
    ("extension", "content_type", "begins"),
    [
        ("bib", "application/x-bibtex", "@misc{"),
        ("ris", "application/x-research-info-systems", "TY  - "),
        ("json", "application/vnd.citationstyles.csl+json", "["),
    ],
)
def test_citation_files_are_named_typed_and_counted(add_entry, client, extension, content_type, begins):
    entry = add_entry("Gör & lär", language="sv")
    response = client.get(f"/sv/cite/{entry.work}.{extension}")
    assert response["Content-Type"] == f"{content_type}; charset=utf-8"
    assert f"filename*=UTF-8''G%C3%B6r-l%C3%A4r-sv.{extension}" in response["Content-Disposition"]
    assert response.content.decode().startswith(begins)
    count = DownloadCount.objects.get(format=f"cite-{extension}")
    assert (count.item, count.language, count.count) == (f"work/{entry.work}", "sv", 1)


BASED_ON = (
    Source("Old & <b>guide", "A <i>B", "https://example.org/?a=1&b=2", CC_BY, "Shortened,\ntranslated."),
    Source("Script", url="javascript:alert(1)"),
)


def test_attribution_names_sources_and_changes(add_entry):
    entry = add_entry("T", based_on=BASED_ON)
    assert attribution_text(entry) == (
        f"“T” by City of Lund & Partners, http://127.0.0.1:8000{entry.path}, licensed under CC BY 4.0 ({CC_BY.uri}). "
        "Based on “Old & <b>guide”, A <i>B, https://example.org/?a=1&b=2, CC BY 4.0. Changes: Shortened, translated. "
        "Based on “Script”, javascript:alert(1)."
    )
    html = attribution_html(entry)
    assert "<b>" not in html
    assert "<i>" not in html
    assert 'href="javascript' not in html
    assert '<a href="https://example.org/?a=1&amp;b=2">Old &amp; &lt;b&gt;guide</a>' in html


def test_attribution_and_reference_stand_on_the_page_in_its_language(add_entry, client, site_tree):
    entry = add_entry("</textarea><script>alert(1)</script>", language="sv")
    page = client.get(entry.path).content.decode()
    assert "<script>alert" not in page
    with translation.override("sv"):
        assert str(escape(attribution_text(entry))) in page
        assert str(escape(apa(citation_of(entry)))) in page
    for extension in ("bib", "ris", "json"):
        assert f'href="/sv/cite/{entry.work}.{extension}"' in page
