"""Nothing that is not public appears on any surface: a token in everything hidden, looked for everywhere.

`SURFACES` names every address pattern of the site. A new pattern without a case here fails
`test_every_address_has_a_case`: add a function that yields the addresses to look at.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS
from django.db.transaction import Atomic
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from docx import Document
from pypdfium2 import PdfDocument
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from accounts.models import Role, Team, User
from catalog.comparing import differences
from catalog.kinds import all_kinds
from catalog.models import CatalogEntry, EntryPart
from content.models import File, Picture, Rendition
from network.models import Organization, Person
from projects.models import ProjectPage
from resources.models import ActionPlanPage, BlueprintPage
from search.facets import FACETS
from search.indexing import reindex

from .catalog.conftest import add, listing, make_site
from .catalog.hidden_pages import (
    NAMES,
    fill,
    let_time_pass,
    make_hidden_events,
    make_hidden_pages,
    make_hidden_parts,
    make_links_to_them,
    slug,
    token,
)
from .rows import made_once

pytestmark = pytest.mark.django_db
LET_IN_WITH_ACCOUNT = ("login", "below-login")


@pytest.fixture(autouse=True)
def hidden(db, monkeypatch, commit_at_once):
    """The site with all that must not be seen."""
    plain = Atomic.__init__
    monkeypatch.setattr(
        Atomic, "__init__", lambda self, using, *rest, **more: plain(self, using or DEFAULT_DB_ALIAS, *rest, **more)
    )
    cache.clear()
    made_once(make_hidden)


def make_hidden() -> None:
    make_site()
    make_hidden_pages()
    make_hidden_parts()
    make_hidden_events()
    make_links_to_them()
    let_time_pass()
    # The index knows the dates of expiry as they were before time passed.
    reindex(CatalogEntry.objects.filter(withdrawn_at=None))


# --- the surfaces


def addresses_of_pages() -> set[str]:
    """Of every page that is or was, public or not, in every language and of every part."""
    found = {page.get_url_parts()[2] for page in Page.objects.filter(depth__gt=1)}
    found |= set(CatalogEntry.objects.values_list("path", flat=True)) | set(
        EntryPart.objects.values_list("path", flat=True)
    )
    found |= {f"/en/blueprints/{slug(name)}/" for name in NAMES} | {f"/sv/blueprints/{slug(name)}/" for name in NAMES}
    found |= {f"{redirect.old_path}/" for redirect in Redirect.objects.all()}
    found |= {"/en/nothing-here/", "/en/aliases/an-alias/", "/en/folder/"}
    return found


def reading() -> Iterator[str]:
    for path in sorted(addresses_of_pages()):
        yield path
        yield f"{path}?page=2"


def searching() -> Iterator[str]:
    for language in ("en", "sv"):
        for query in ("size=100", "q=known+text&size=100", "q=title+summary+text+content+file+person&size=100"):
            yield f"/{language}/search/?{query}"
            yield f"/{language}/search/?{query}&format=json"
        for facet in FACETS:
            for value in ("learning", "blueprint", "toolkit", "en", "sv", "CC-BY-4.0"):
                yield f"/{language}/search/?{facet}={value}&size=100"


def suggestions() -> Iterator[str]:
    """The words of hidden titles, names and concepts, as somebody would type them."""
    typed = {"re", "kn", "title", "public", "person", "learning", "organization", *(slug(name) for name in NAMES)}
    for language in ("en", "sv"):
        yield from (f"/{language}/search/suggestions/?q={quote(text)}" for text in sorted(typed))


def results() -> Iterator[str]:
    for language in ("en", "sv"):
        for query in ("", "?q=known+text", "?q=title+summary+text+content+file+person"):
            yield from (f"/{language}/search/results.{name}{query}" for name in ("csv", "json", "ris", "bib", "atom"))


def concepts() -> Iterator[str]:
    for language in ("en", "sv", "ar"):
        yield f"/{language}/topics/"
        yield f"/{language}/countries/"
        for code in ("learning", "peers", "nothing"):
            yield f"/{language}/topics/{code}/"
            yield f"/{language}/topics/{code}/?page=2"


def downloading() -> Iterator[str]:
    for work in works():
        for language in ("en", "sv", "ar"):
            yield f"/{language}/download/{work}/"


def other_formats() -> Iterator[str]:
    """PDF files are made while the test waits: of one work that is public, and of all that must have none."""
    public = set(CatalogEntry.objects.public().values_list("work", "language"))
    shown = sorted(key for key in public if key[1] == "en")[:1]
    for path in downloading():
        _, language, _, work, _ = path.split("/")
        if (UUID(work), language) not in public or (UUID(work), language) in shown:
            yield f"/{language}/download/{work}.pdf"
    for language in ("en", "sv"):
        yield from (f"/{language}/download/{work}.zip" for work, code in sorted(public) if code == language)


def of_works(*addresses: str) -> Iterator[str]:
    for path in downloading():
        _, language, _, work, _ = path.split("/")
        for address in addresses:
            yield f"/{language}/{address.format(work=work)}"


def citations() -> Iterator[str]:
    yield from of_works("cite/{work}.bib", "cite/{work}.ris", "cite/{work}.json")


def descriptions() -> Iterator[str]:
    yield from of_works("amb/{work}.json")


def feeds() -> Iterator[str]:
    for language in ("en", "sv", "ar"):
        yield f"/{language}/feed/"


def feeds_of_kinds() -> Iterator[str]:
    for kind in all_kinds():
        yield from (f"/{language}/feed/{kind.name}/" for language in ("en", "sv"))


def feeds_of_topics() -> Iterator[str]:
    for code in ("learning", "peers", "nothing"):
        yield from (f"/{language}/feed/topic/{code}/" for language in ("en", "sv"))


def robots() -> Iterator[str]:
    yield "/robots.txt"


def sitemaps() -> Iterator[str]:
    yield "/sitemap.xml"


def sitemap_pages() -> Iterator[str]:
    yield from ("/sitemap-pages-1.xml", "/sitemap-parts-1.xml", "/sitemap-pages-2.xml")


def files() -> Iterator[str]:
    for file in File.objects.all():
        yield f"/documents/{file.pk}/{file.filename}"
        yield f"/documents/{file.pk}/x"


def renditions() -> Iterator[str]:
    for rendition in Rendition.objects.all():
        yield f"/media/{rendition.file.name}"


def originals() -> Iterator[str]:
    for picture in Picture.objects.all():
        yield f"/media/{picture.file.name}"
        yield f"/media/images/{picture.file.name.rpartition('/')[2]}"


def media_folder() -> Iterator[str]:
    """No pattern leads there; so a pattern that does would be noticed."""
    for file in File.objects.all():
        yield f"/media/{file.file.name}"
    yield from ("/media/", "/media/documents/", "/media/original_images/", "/media/images/", "/static/../media/")


def front_door() -> Iterator[str]:
    yield "/"


def organizations() -> Iterator[str]:
    for language in ("en", "sv"):
        for query in ("", "?page=2", "?country=DE", "?type=ngo", "?role=author", "?partners=1"):
            yield f"/{language}/organizations/{query}"


def organization_pages() -> Iterator[str]:
    for organization in Organization.objects.all():
        for language in ("en", "sv"):
            yield organization.path_in(language)


def people_lists() -> Iterator[str]:
    for language in ("en", "sv"):
        for query in ("", "?role=author", "?country=DE"):
            yield f"/{language}/people/{query}"


def people_pages() -> Iterator[str]:
    for person in Person.objects.all():
        for language in ("en", "sv"):
            yield f"/{language}/people/{person.slug}/"


def signing_in() -> Iterator[str]:
    yield "/en/_util/login/"
    yield "/en/_util/login/?next=/en/folder/"


def passwords() -> Iterator[str]:
    for restriction in PageViewRestriction.objects.all():
        yield f"/en/_util/authenticate_with_password/{restriction.pk}/{restriction.page_id}/"


def works() -> list[UUID]:
    """Of every page that is or was, and one that never was."""
    found = set(Page.objects.values_list("translation_key", flat=True))
    return sorted(found | set(CatalogEntry.objects.values_list("work", flat=True)) | {uuid4()})


def registering() -> Iterator[str]:
    for work in works():
        for language in ("en", "sv"):
            yield f"/{language}/events-registration/{work}/"


def having_registered() -> Iterator[str]:
    for work in works():
        yield f"/en/events-registration/{work}/sent/"


def confirming() -> Iterator[str]:
    yield from ("/en/events-registration/confirm/x/", f"/sv/events-registration/confirm/{'a:b:c' * 30}/")


def cancelling() -> Iterator[str]:
    yield from ("/en/events-registration/cancel/x/", f"/sv/events-registration/cancel/{'a:b:c' * 30}/")


def calendars() -> Iterator[str]:
    for work in works():
        for language in ("en", "sv"):
            yield f"/{language}/events-calendar/{work}.ics"


SURFACES = {
    "": front_door,
    "documents/<int:file_id>/<path:filename>": files,
    "media/images/<path:name>": renditions,
    "media/original_images/<path:name>": originals,
    "LANGUAGE/search/": searching,
    "LANGUAGE/search/results.<slug:extension>": results,
    "LANGUAGE/search/suggestions/": suggestions,
    "LANGUAGE/<scheme:scheme>/": concepts,
    "LANGUAGE/<scheme:scheme>/<slug:code>/": concepts,
    "LANGUAGE/download/<uuid:work>/": downloading,
    "LANGUAGE/download/<uuid:work>.<slug:format_name>": other_formats,
    "LANGUAGE/cite/<uuid:work>.<slug:extension>": citations,
    "LANGUAGE/amb/<uuid:work>.json": descriptions,
    "LANGUAGE/feed/": feeds,
    "LANGUAGE/feed/<slug:kind>/": feeds_of_kinds,
    "LANGUAGE/feed/topic/<slug:topic>/": feeds_of_topics,
    "robots.txt": robots,
    "sitemap.xml": sitemaps,
    "sitemap-<slug:section>-<int:page>.xml": sitemap_pages,
    "LANGUAGE/events-registration/<uuid:work>/": registering,
    "LANGUAGE/events-registration/<uuid:work>/sent/": having_registered,
    "LANGUAGE/events-registration/confirm/<str:token>/": confirming,
    "LANGUAGE/events-registration/cancel/<str:token>/": cancelling,
    "LANGUAGE/events-calendar/<uuid:work>.ics": calendars,
    "LANGUAGE/organizations/": organizations,
    "LANGUAGE/organizations/<slug:slug>/": organization_pages,
    "LANGUAGE/people/": people_lists,
    "LANGUAGE/people/<slug:slug>/": people_pages,
    r"LANGUAGE/^(?!(?:admin|media|documents|static)/)((?:[^/\s]+/)*)$": reading,
    "LANGUAGE/_util/login/": signing_in,
    "LANGUAGE/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": passwords,
}
# Signed-in people may open these where they work: checked in tests/catalog/test_assets.py.
FOR_THE_ADMIN_TOO = (files, renditions, originals)
ADMIN = "admin/"


def patterns(resolver: URLResolver, above: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        is_language = type(pattern.pattern).__name__ == "LocalePrefixPattern"
        route = above + ("LANGUAGE/" if is_language else str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from patterns(pattern, route)


def public_patterns() -> set[str]:
    return {route for route in patterns(get_resolver()) if not route.startswith(ADMIN)}


def test_every_address_has_a_case():
    new, old = public_patterns() - set(SURFACES), set(SURFACES) - public_patterns()
    assert not new, f"Say in SURFACES which addresses of these patterns to look at: {sorted(new)}"
    assert not old, f"These patterns are gone, and so should be their cases: {sorted(old)}"


# --- looking


def text_of(response) -> str:
    """Headers and body; of an archive, names and contents of its members."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    pieces = [f"{name}: {value}" for name, value in response.headers.items()]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                member = archive.read(name)
                pieces += [name, word_text(member) if name.endswith(".docx") else member.decode("latin-1")]
    elif content.startswith(b"%PDF"):
        pieces += [page.get_textpage().get_text_range() for page in PdfDocument(content)]
    else:
        pieces.append(content.decode("utf-8", "replace"))
    return "\n".join(pieces)


def word_text(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def leaks_at(client: Client, path: str, *, allowed: tuple[str, ...] = ()) -> list[str]:
    """Names of hidden pages that the answer tells of: by a token, or by an address that was not asked for."""
    response = client.get(path)
    assert response.status_code < 500, path
    # What was asked for may be repeated, as in the address with the language added.
    text = text_of(response).replace(path.partition("?")[0], "")
    found = [name for name in NAMES if token(name) in text]
    found += [f"address of {name}" for name in NAMES if slug(name) in text and slug(name) not in path]
    return [f"{path}: {name}" for name in found if name.removeprefix("address of ") not in allowed]


def leaks(client: Client, surfaces, *, allowed: tuple[str, ...] = ()) -> list[str]:
    paths = dict.fromkeys(path for surface in surfaces for path in surface())
    return [leak for path in paths for leak in leaks_at(client, path, allowed=allowed)]


def test_public_pages_are_there():
    """Lest the others pass because nothing is."""
    assert len(NAMES) > 20
    answer = Client().get("/en/search/?size=100&format=json").json()
    titles = {result["title"] for result in answer["results"]}
    assert {"Public related", "Public edited", "Public translated", "Toolkit kit"} <= titles
    archive = Client().get(f"/en/download/{Page.objects.get(slug='edited').translation_key}/")
    assert "Known text." in text_of(archive)
    assert Client().get("/en/toolkits/kit/module-1/unit-1/").status_code == 200


@pytest.mark.parametrize(
    "surface",
    [
        reading,
        searching,
        results,
        suggestions,
        concepts,
        organizations,
        downloading,
        files,
        renditions,
        citations,
        descriptions,
        feeds,
        feeds_of_kinds,
        sitemap_pages,
    ],
)
def test_leak_would_be_found(surface):
    BlueprintPage.objects.get(slug=slug("unpublished")).save_revision().publish()
    assert any("unpublished" in leak for leak in leaks(Client(), [surface]))


@pytest.mark.parametrize("surface", sorted({*SURFACES.values(), media_folder}, key=lambda function: function.__name__))
def test_anonymous_reader_sees_nothing_hidden(surface):
    assert leaks(Client(), [surface]) == []


def test_files_and_pictures_of_hidden_pages_are_refused():
    reader = Client()
    for surface in (files, renditions, originals, media_folder):
        for path in surface():
            response = reader.get(path, follow=True)
            is_public = any(token(name) not in path for name in NAMES) and not any(
                token(name) in path for name in NAMES
            )
            assert response.status_code in ((200, 404) if is_public else (404,)), path


def account(*roles: Role, superuser=False) -> Client:
    user = User.objects.create_user(f"user-{User.objects.count()}", is_superuser=superuser)
    for role in roles:
        Team.objects.get_or_create(role=role, language="en")[0].members.add(user)
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("who", ["without a role", "with every role", "administrator"])
def test_signed_in_people_see_nothing_more_on_public_surfaces(who):
    """But for the addresses of pages that any account opens, and for group pages that administrators open."""
    client = account(*(Role if who == "with every role" else ()), superuser=who == "administrator")
    surfaces = [surface for surface in {*SURFACES.values()} if surface not in (*FOR_THE_ADMIN_TOO, reading)]
    assert leaks(client, surfaces) == []
    groups = ("groups",) if who == "administrator" else ()
    inside = (
        *LET_IN_WITH_ACCOUNT,
        "moved-inside",
        "restricted-in-swedish",
        "alias-of-restricted",
        "restricted-unit",
        *groups,
    )
    for path in reading():
        opened = tuple(name for name in inside if slug(name) in path)
        assert leaks_at(client, path, allowed=opened) == []


def test_account_without_a_role_gets_files_of_opened_pages_only():
    client = account()
    inside = (
        *LET_IN_WITH_ACCOUNT,
        "moved-inside",
        "restricted-in-swedish",
        "alias-of-restricted",
        "private-file",
        "private-link-in-text",
        "private-picture",
        "restricted-unit",
    )
    opened = 0
    for surface in (files, renditions):
        for path in surface():
            response = client.get(path)
            text = path + text_of(response)
            names = [name for name in NAMES if token(name) in text]
            if response.status_code == 200 and names:
                assert set(names) <= set(inside), path
                opened += 1
    assert opened


# --- search, asked for the very words


def neutral(text: str, word: str) -> str:
    text = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", text)
    return text.replace(word, "WORD")


@pytest.mark.parametrize("form", ["html", "json"])
def test_search_answers_hidden_words_as_it_answers_nonsense(form):
    reader = Client()
    for name in NAMES:
        word = token(name)
        nonsense = "wvu" + "k" * (len(word) - 3)
        for language in ("en", "sv"):
            address = f"/{language}/search/?format={form}&q="
            assert neutral(text_of(reader.get(address + word)), word) == neutral(
                text_of(reader.get(address + nonsense)), nonsense
            ), name


KNOWN_BY_THE_CLOCK = {"expired", "expired-unit"}


def suggested(name: str) -> list:
    word = token(name)
    misspelt = (word[:-1], word + "x", word[:4] + word[5:], word[:-2] + word[-1] + word[-2])
    return [
        answer
        for language in ("en", "sv")
        for query in misspelt
        if (answer := Client().get(f"/{language}/search/", {"q": query, "format": "json"}).json()["did_you_mean"])
    ]


def test_search_suggests_no_hidden_word():
    assert {name: found for name in NAMES if name not in KNOWN_BY_THE_CLOCK and (found := suggested(name))} == {}


def test_search_suggests_no_word_of_an_expired_page():
    assert {name: found for name in KNOWN_BY_THE_CLOCK if (found := suggested(name))} == {}


def test_facets_count_nothing_hidden():
    answer = Client().get("/en/search/?format=json&size=1").json()
    public_works = set(CatalogEntry.objects.public().searchable().values_list("work", flat=True))
    assert answer["total"] == len(public_works)
    for values in answer["facets"].values():
        assert all(value["count"] <= len(public_works) for value in values)
    assert json.dumps(answer).count("zyx") == 0


# --- what lies in private collections


def test_link_to_a_private_file_keeps_its_words_only():
    text = text_of(Client().get("/en/blueprints/with-a-link-to-a-private-file/"))
    assert text.count("the report</a>") == 3
    assert "/documents/" not in text
    file = File.objects.get(title__contains=token("private-link-in-text"))
    file.collection = Collection.get_first_root_node()
    file.save()
    assert f"/documents/{file.pk}/" in text_of(Client().get("/en/blueprints/with-a-link-to-a-private-file/"))


def test_main_picture_that_becomes_private_goes_from_pages_and_cards():
    picture = Picture.objects.get(title__contains=token("private-picture"))
    picture.collection = opened = Collection.get_first_root_node().add_child(name="Opened")
    picture.save()
    addresses = ("/en/blueprints/with-a-link-to-a-private-file/", "/en/blueprints/")
    assert all("private-picture" in " ".join(leaks_at(Client(), address)) for address in addresses)
    CollectionViewRestriction.objects.create(collection=opened, restriction_type="login")
    assert [leak for address in addresses for leak in leaks_at(Client(), address)] == []


def test_check_finds_a_picture_that_became_private_silently():
    picture = Picture.objects.get(title__contains=token("private-picture"))
    Picture.objects.filter(pk=picture.pk).update(collection=Collection.get_first_root_node())
    outdated, surplus = differences()
    assert Page.objects.get(slug="with-a-link-to-a-private-file").pk in outdated
    assert not surplus


# --- kinds and the admin


def test_plan_does_not_name_a_hidden_blueprint():
    plan = ActionPlanPage(title="Plan", slug="plan", territory="Here")
    draft = BlueprintPage.objects.get(slug=slug("draft"))
    plan.priorities = [
        ("priority", {"title": "One", "actions": [{"code": "A1", "title": "Act", "based_on": draft, "indicators": []}]})
    ]
    add(plan, listing("plan"))
    assert leaks_at(Client(), "/en/action-plans/plan/") == []


def test_project_does_not_name_a_hidden_one():
    hidden = add(fill(ProjectPage(slug=slug("draft-project")), "draft-project"), listing("project"), publish=False)
    add(ProjectPage(title="Project", slug="follower", predecessor=hidden), listing("project"))
    addresses = ["/en/projects/follower/", "/en/projects/", "/en/organizations/", hidden.get_url_parts()[2]]
    try:
        assert [leak for address in addresses for leak in leaks_at(Client(), address)] == []
    finally:
        NAMES.remove("draft-project")


def test_every_kind_is_among_the_public_pages_or_listed_here():
    """A new kind of page needs hidden pages of its own here."""
    assert {kind.name for kind in all_kinds()} == {
        "home",
        "page",
        "listing",
        "blueprint",
        "plan",
        "toolkit",
        "news",
        "event",
        "project",
    }


OPEN_IN_THE_ADMIN = ("/admin/login/", "/admin/password_reset/", "/admin/sprite", "/admin/jsi18n/", "/admin/logout/")


def admin_addresses() -> Iterator[str]:
    """Every address below /admin/, with a hidden page in the place of any number."""
    page = BlueprintPage.objects.get(slug=slug("draft"))
    values = {
        "int": str(page.pk),
        "str": "resources",
        "slug": "blueprintpage",
        "uuid": str(page.translation_key),
        "path": "x",
    }
    for route in patterns(get_resolver()):
        if not route.startswith(ADMIN):
            continue
        path = re.sub(r"<(?:(\w+):)?\w+>", lambda match: values.get(match[1] or "str", "x"), route)
        path = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)", str(page.pk), path)
        yield "/" + re.sub(r"[\^$\\?]|\(.*?\)", "", path)
    for address in ("view_draft/", "edit/preview/?mode=", "edit/", "usage/", "history/", "revisions/1/view/"):
        yield f"/admin/pages/{page.pk}/{address}"
    yield from (
        "/admin/api/main/pages/",
        f"/admin/api/main/pages/{page.pk}/",
        "/admin/api/main/images/",
        "/api/v2/pages/",
    )


@pytest.mark.parametrize("who", ["anonymous", "account without a role"])
def test_admin_tells_nothing_to_those_who_do_not_work_there(who):
    client = Client(raise_request_exception=False) if who == "anonymous" else account()
    client.raise_request_exception = False
    addresses = list(dict.fromkeys(admin_addresses()))
    assert len(addresses) > 200
    for path in addresses:
        response = client.get(path)
        assert response.status_code < 500, path
        assert not any(token(name) in text_of(response) for name in NAMES), path
        if who == "anonymous" and not path.startswith(OPEN_IN_THE_ADMIN):
            assert response.status_code != 200, path


# --- what is open elsewhere


def opens(path: str) -> bool:
    return Client().get(path).status_code == 200


def test_reader_can_give_the_password():
    restriction = PageViewRestriction.objects.get(restriction_type="password")
    assert opens(f"/en/_util/authenticate_with_password/{restriction.pk}/{restriction.page_id}/")
    assert opens("/en/_util/login/")


def test_withdrawn_addresses_are_gone():
    for name in ("unpublished", "deleted", "expired", "expired-by-command"):
        assert Client().get(f"/en/blueprints/{slug(name)}/").status_code == 410, name
    for name in ("unpublished-unit", "deleted-unit"):
        assert Client().get(f"/en/toolkits/kit/module-1/{slug(name)}/").status_code == 410, name


def test_old_address_does_not_tell_where_a_page_went_that_only_some_may_read():
    """It was public, moved into a restricted folder, and Wagtail made a redirect."""
    response = Client().get(f"/en/blueprints/{slug('moved-inside')}/")
    assert response.status_code == 410
    assert "folder" not in text_of(response)
