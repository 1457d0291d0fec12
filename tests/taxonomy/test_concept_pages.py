"""What readers see of a concept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from catalog.concepts import PAGE_SIZE, SHELVES
from resources.models import ListingPage
from taxonomy.models import Concept, ConceptLabel, Scheme

from ..catalog.conftest import add_blueprint, add_news, locale
from .conftest import add_concept

pytestmark = pytest.mark.django_db


def html(client, path: str, status=200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.headers
    return response.content.decode()


def test_page_says_everything_about_a_concept(site, client, learning):
    Concept.objects.filter(pk=learning.pk).update(uri="https://example.org/learning")
    wider = add_concept("education", en="Education", sv="Bildning")
    narrower = add_concept("reading-circles", en="Reading circles")
    Concept.objects.filter(pk=learning.pk).update(broader=wider)
    Concept.objects.filter(pk=narrower.pk).update(broader=learning)
    for language, label, is_other in (("sv", "Lärande", False), ("en", "Studying", True), ("sv", "Studier", True)):
        ConceptLabel.objects.create(concept=learning, language=language, label=label, is_alternative=is_other)
    add_blueprint("one", topics=[learning])
    add_news("news-one", topics=[learning, narrower])
    page = html(client, "/en/topics/learning/")
    for text in (
        "<h1>learning in English</h1>", "Studying", "Lärande", 'href="https://example.org/learning"',
        'href="/en/topics/education/"', 'href="/en/topics/reading-circles/"', "Blueprint one", "News news-one",
        "2 entries", 'hreflang="ar" href="http://', "/ar/topics/learning/",
    ):  # fmt: skip
        assert text in page, text
    assert "Studier" not in page
    assert 'name="robots"' not in page
    swedish = html(client, "/sv/topics/learning/")
    assert "<h1>Lärande</h1>" in swedish
    assert "Studier" in swedish
    assert 'href="/en/topics/learning/"' in swedish


def test_regions_of_the_same_name_are_said_once(site, client):
    above = None
    for code, name in (("DE", "Germany"), ("DEE", "Sachsen-Anhalt"), ("DEE0", "Sachsen-Anhalt"), ("DEE09", "Harz")):
        region = add_concept(code, scheme="region", en=name, sv=name)
        Concept.objects.filter(pk=region.pk).update(broader=above)
        above = region
    page = html(client, "/en/regions/DEE09/")
    assert 'href="/en/regions/DEE0/"' in page
    assert 'href="/en/regions/DEE/"' not in page
    assert 'href="/en/regions/DE/"' in page
    assert "In other languages" not in page
    assert 'href="/en/regions/DEE/"' in html(client, "/en/regions/DEE0/")


def test_work_is_there_once_in_the_readers_language_if_it_can_be(site, client, learning):
    page = add_blueprint("one", topics=[learning], title="In English")
    add_blueprint("two", topics=[learning], title="English only")
    swedish = page.copy_for_translation(locale("sv"), copy_parents=True)
    swedish.title = "På svenska"
    swedish.save_revision().publish()
    text = html(client, "/sv/topics/learning/")
    assert text.count('class="card"') == 2
    assert "In English" not in text
    assert text.index("På svenska") < text.index("English only")
    assert "In English" in html(client, "/ar/topics/learning/")


def test_nothing_hidden_counts_or_shows(site, client, learning):
    add_blueprint("draft", publish=False, topics=[learning])
    PageViewRestriction.objects.create(page=add_blueprint("private", topics=[learning]), restriction_type="login")
    add_blueprint("withdrawn", topics=[learning]).unpublish()
    text = html(client, "/en/topics/learning/")
    assert "Blueprint" not in text.partition("<main")[2].replace("Blueprints", "")
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="alternate" hreflang' not in text
    overview = html(client, "/en/topics/")
    assert "learning in English" not in overview
    assert 'content="noindex"' in overview


def test_overview_counts_works(site, client, learning):
    page = add_blueprint("one", topics=[learning])
    page.copy_for_translation(locale("sv"), copy_parents=True).save_revision().publish()
    add_news("news-one", topics=[learning, Concept.objects.get(code="peers")])
    text = " ".join(html(client, "/en/topics/").split())
    assert "<bdi>learning in English</bdi></a> <small>2 entries</small>" in text
    assert "<bdi>peers in English</bdi></a> <small>1 entry</small>" in text


@pytest.mark.parametrize("scheme", Scheme)
def test_every_vocabulary_has_its_addresses(site, client, scheme):
    add_concept("X1", scheme, en="Known one")
    segment = SHELVES[scheme].segment
    assert "Known one" in html(client, f"/en/{segment}/X1/")
    assert html(client, f"/ar/{segment}/")
    assert client.get(f"/en/{segment}/x1/")["Location"] == f"/en/{segment}/X1/"
    missing = html(client, f"/en/{segment}/nothing/", status=404)
    assert f'href="/en/{segment}/"' in missing


def test_code_of_another_vocabulary_is_unknown(site, client):
    assert client.get("/en/countries/learning/").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "%00"])
def test_strange_page_numbers_show_a_page(site, client, learning, page):
    assert client.get(f"/en/topics/learning/?page={page}").status_code in (200, 400)


def test_only_reading_is_possible(site, client, learning):
    assert client.post("/en/topics/learning/").status_code in (403, 405)
    assert client.head("/en/topics/learning/").status_code == 200


def test_long_lists_have_pages(site, client, learning):
    for number in range(PAGE_SIZE + 1):
        add_news(f"news-{number}", topics=[learning])
    first, second = html(client, "/en/topics/learning/"), html(client, "/en/topics/learning/?page=2")
    assert first.count('class="card"') == PAGE_SIZE
    assert second.count('class="card"') == 1
    assert "noindex, follow" in second


def test_queries_do_not_grow(site, client, learning):
    def queries(path):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            html(client, path)
        return len(captured)

    narrower = add_concept("narrower", en="Narrower")
    Concept.objects.filter(pk=narrower.pk).update(broader=learning)
    add_blueprint("one", topics=[learning])
    few = queries("/en/topics/learning/"), queries("/en/topics/")
    for number in range(5):
        below = add_concept(f"below-{number}", en=f"Below {number}")
        Concept.objects.filter(pk=below.pk).update(broader=learning)
        add_blueprint(f"more-{number}", topics=[learning, below])
    wide = [add_concept(f"wide-{number}", en=f"Wide {number}") for number in range(3)]
    for concept, broader in zip([learning, *wide], wide, strict=False):
        Concept.objects.filter(pk=concept.pk).update(broader=broader)
    assert (queries("/en/topics/learning/"), queries("/en/topics/")) == few
    assert max(few) <= 10


def test_listing_page_with_a_word_of_ours_for_its_address_is_not_hidden_below(site):
    """The words of these addresses are not those of the listings that come with the site."""
    slugs = set(ListingPage.objects.values_list("slug", flat=True))
    assert not slugs & {shelf.segment for shelf in SHELVES.values()}
