"""Files and pictures: who may have them, how they are served, what is counted."""

import os
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from accounts.models import Role, Team, User
from catalog.models import CatalogEntry, DownloadCount
from content.models import File, Rendition
from resources.models import AttachedFile, BlueprintPage

from ..rows import made_once
from .conftest import add_blueprint, add_file, add_picture, add_toolkit, add_unit

pytestmark = pytest.mark.django_db
TEXT = "".join(f"{number:04}\n" for number in range(10_000))
METHODS = ["post", "put", "patch", "delete"]


@pytest.fixture
def file(site):
    return made_once(make_file)


def make_file() -> File:
    """Attached to a public blueprint."""
    return attach(add_blueprint("shows", publish=False), add_file("taken", TEXT, language="en"))


def attach(page: BlueprintPage, file):
    page.attached_files = [AttachedFile(file=file)]
    page.save_revision().publish()
    return file


@pytest.fixture
def rendition(site):
    return made_once(make_rendition)


def make_rendition() -> Rendition:
    page = add_blueprint("pictured", image=add_picture())
    return Rendition.objects.filter(image=page.image, filter_spec="width-960").get()


def address(file, name="") -> str:
    return f"/documents/{file.pk}/{name or file.filename}"


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def downloads() -> int:
    return sum(DownloadCount.objects.values_list("count", flat=True))


def refused(client: Client, path: str) -> bool:
    """404, at the latest where the language is added to the address."""
    return client.get(path, follow=True).status_code == 404


# --- how they are served


def test_file_is_an_attachment_that_runs_nothing(file, client):
    response = client.get(address(file))
    assert response.status_code == 200
    assert body(response) == TEXT.encode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{file.filename}"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(TEXT))
    assert "private" in response["Cache-Control"]
    assert not client.cookies


@pytest.mark.parametrize("extension", ["html", "svg", "xhtml", "pdf", "", "exe", "HTML"])
def test_whatever_a_file_is_it_is_not_shown_in_the_browser(site, client, extension):
    file = attach(add_blueprint("shows", publish=False), add_file("x"))
    stored = file.file.storage.save(f"documents/x.{extension}".rstrip("."), file.file.file)
    type(file).objects.filter(pk=file.pk).update(file=stored)
    file.refresh_from_db()
    response = client.get(address(file))
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_file_has_its_own_name_whatever_the_address_says(file, client):
    for name in ("other.html", "a/b/c.txt", "..", "%2e%2e/x", "x%0d%0aSet-Cookie: a=b"):
        response = client.get(address(file, name), follow=True)
        if response.status_code == 200:
            assert response["Content-Disposition"] == f'attachment; filename="{file.filename}"'
            assert "Set-Cookie" not in response


def test_picture_is_shown_in_place(rendition, client):
    response = client.get(rendition.url)
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline; ")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert body(response).startswith(b"\x89PNG")


def test_head_has_the_headers_and_no_body(file, rendition, client):
    for path in (address(file), rendition.url):
        get, head = client.get(path), client.head(path)
        assert head.status_code == 200
        assert head.content == b"" if not head.streaming else body(head) == b""
        for name in ("Content-Type", "Content-Length", "Content-Disposition", "ETag", "Last-Modified"):
            assert head[name] == get[name], name


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused(file, rendition, client, method):
    for path in (address(file), rendition.url, "/media/original_images/x.png"):
        assert getattr(client, method)(path).status_code == 405


def test_unchanged_file_is_answered_with_304(file, rendition, client):
    for path in (address(file), rendition.url):
        first = client.get(path)
        for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
            response = client.get(path, headers=headers)
            assert (response.status_code, response.content) == (304, b"")
            assert response["ETag"] == first["ETag"]
        assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
        assert client.get(path, headers={"if-match": '"other"'}).status_code == 412


def test_304_needs_permission_too(file, client):
    etag = client.get(address(file))["ETag"]
    BlueprintPage.objects.get(slug="shows").unpublish()
    response = client.get(address(file), headers={"if-none-match": etag}, follow=True)
    assert response.status_code == 404


RANGES = {
    "bytes=0-4": (206, "0000\n", "bytes 0-4/50000"),
    "bytes=5-": (206, TEXT[5:], "bytes 5-49999/50000"),
    "bytes=-5": (206, "9999\n", "bytes 49995-49999/50000"),
    "bytes=-999999": (206, TEXT, "bytes 0-49999/50000"),
    "bytes=100-999999999": (206, TEXT[100:], "bytes 100-49999/50000"),
    "bytes=50000-": (416, "", "bytes */50000"),
    "bytes=-0": (416, "", "bytes */50000"),
    "bytes=9-5": (416, "", "bytes */50000"),
    "bytes=0-1,4-5": (200, TEXT, None),
    "bytes=-": (200, TEXT, None),
    "bytes=x-y": (200, TEXT, None),
    "lines=0-4": (200, TEXT, None),
    "bytes=" + "9" * 5_000 + "-": (200, TEXT, None),
    "bytes=١-٢": (200, TEXT, None),
}


@pytest.mark.parametrize("header", RANGES, ids=range(len(RANGES)))
def test_ranges(file, client, header):
    status, expected, content_range = RANGES[header]
    response = client.get(address(file), headers={"range": header})
    assert response.status_code == status
    assert response.get("Content-Range") == content_range
    assert body(response).decode() == expected
    if status != 416:
        assert response["Content-Length"] == str(len(expected))
        assert response["Content-Disposition"].startswith("attachment; ")


def test_range_of_a_file_that_has_changed_is_all_of_it(file, client):
    etag = client.get(address(file))["ETag"]
    same = client.get(address(file), headers={"range": "bytes=5-", "if-range": etag})
    other = client.get(address(file), headers={"range": "bytes=5-", "if-range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)


ODD = [
    "n" * 3_000,
    "n" * 200,
    "..",
    "%2e%2e/%2e%2e/manage.py",
    "../../manage.py",
    "x.png%00.html",
    "a\\b.png",
    "ü.png",
    "%ff.png",
    " ",
]


@pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))
def test_odd_names_find_nothing(site, name):
    client = Client(raise_request_exception=False)
    for folder in ("/media/images/", "/media/original_images/", "/documents/1/", "/media/documents/", "/media/"):
        for form in (name, quote(name)):
            response = client.get(folder + form, follow=True)
            assert response.status_code in (400, 404, 414), (folder, form, response.status_code)


@pytest.mark.parametrize("number", ["0", "9223372036854775807", "9223372036854775808", "9" * 400, "-1", "1.0", "١"])
def test_odd_ids_find_nothing(site, client, number):
    assert refused(client, f"/documents/{number}/x.txt")


def test_file_that_is_missing_on_disk_is_not_found(file, rendition, client):
    os.remove(file.file.path)
    os.remove(rendition.file.path)
    assert refused(client, address(file))
    assert refused(client, rendition.url)
    assert downloads() == 0


def test_media_folder_is_not_served(file, client):
    assert refused(client, f"/media/{file.file.name}")
    assert refused(client, "/media/documents/")


# --- what is counted


def test_downloads_are_counted_once_each_in_one_row_a_day(file, client):
    for _ in range(3):
        client.get(address(file))
    row = DownloadCount.objects.get()
    assert (row.item, row.format, row.language, row.count) == (f"file/{file.pk}", "txt", "en", 3)
    assert row.day == timezone.now().date()
    DownloadCount.objects.update(day=row.day - timezone.timedelta(days=1))
    client.get(address(file))
    assert sorted(DownloadCount.objects.values_list("count", flat=True)) == [1, 3]


def test_what_is_no_new_download_is_not_counted(file, rendition, client):
    first = client.get(address(file))
    assert downloads() == 1
    client.head(address(file))
    client.get(address(file), headers={"if-none-match": first["ETag"]})
    client.get(address(file), headers={"range": "bytes=5-"})
    client.get(address(file), headers={"range": "bytes=999999-"})
    client.get(rendition.url)
    client.get("/documents/999/x", follow=True)
    assert downloads() == 1
    client.get(address(file), headers={"range": "bytes=0-"})
    assert downloads() == 2


# --- who may have them


def member(role: Role | None = None, group: Group | None = None) -> Client:
    user = User.objects.create_user(f"user-{User.objects.count()}", password="x")
    if role:
        Team.objects.get_or_create(role=role, language="sv")[0].members.add(user)
    if group:
        user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def test_what_no_public_page_shows_is_for_the_admin_only(site, client):
    file, picture = add_file("loose"), add_picture("loose")
    rendition = picture.get_rendition("width-480")
    original = f"/media/{picture.file.name}"
    for path in (address(file), rendition.url, original):
        assert refused(client, path)
        assert refused(member(), path)
        for role in Role:
            assert member(role).get(path).status_code == 200


def test_original_is_for_the_admin_only_although_a_page_shows_the_picture(rendition, client):
    original = f"/media/{rendition.image.file.name}"
    assert client.get(rendition.url).status_code == 200
    assert refused(client, original)
    assert refused(member(), original)
    assert member(Role.TRANSLATOR).get(original).status_code == 200


def let_in(restriction: PageViewRestriction) -> Client:
    if restriction.restriction_type == "groups":
        group = Group.objects.create(name="Inside")
        restriction.groups.add(group)
        return member(group=group)
    if restriction.restriction_type == "login":
        return member()
    client = Client()
    session = client.session
    session[restriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_restricted_page_opens_its_files_and_pictures_to_those_let_in(site, client, kind):
    page = add_blueprint("inside", publish=False, image=add_picture())
    file = attach(page, add_file("inside"))
    rendition = Rendition.objects.filter(image=page.image).first()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    friend = let_in(restriction)
    for path in (address(file), rendition.url):
        assert refused(client, path)
        assert friend.get(path).status_code == 200
        if kind == "groups":
            assert refused(member(), path)
    assert friend.get("/en/blueprints/inside/").status_code == 200
    assert "no-store" in friend.get("/en/blueprints/inside/")["Cache-Control"]
    page.expire_at = timezone.now()
    page.save()
    for path in (address(file), rendition.url, "/en/blueprints/inside/"):
        assert refused(friend, path) or friend.get(path).status_code == 410


def test_draft_of_a_restricted_page_opens_nothing(site):
    """Wagtail's reference index knows drafts."""
    page = add_blueprint("inside")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    file, picture = add_file("draft"), add_picture("draft")
    page = BlueprintPage.objects.get(pk=page.pk)
    page.attached_files = [AttachedFile(file=file)]
    page.image = picture
    page.save_revision()
    friend = let_in(restriction)
    assert refused(friend, address(file))
    assert refused(friend, picture.get_rendition("width-480").url)


def test_draft_of_a_public_page_opens_nothing(site, client):
    page = add_blueprint("public")
    file = add_file("draft")
    page.attached_files = [AttachedFile(file=file)]
    page.save_revision()
    assert refused(client, address(file))


def test_file_shown_by_two_pages_stays_until_the_last_one_is_gone(file, client):
    other = add_blueprint("other", publish=False)
    attach(other, file)
    BlueprintPage.objects.get(slug="shows").unpublish()
    assert client.get(address(file)).status_code == 200
    BlueprintPage.objects.get(slug="other").unpublish()
    assert refused(client, address(file))


def test_private_collection_closes_a_public_page_s_file(site, client):
    collection = Collection.get_first_root_node().add_child(name="Private")
    file = attach(add_blueprint("shows", publish=False), add_file("closed", collection=collection))
    assert client.get(address(file)).status_code == 200
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert refused(client, address(file))
    assert "closed" not in client.get("/en/blueprints/shows/").content.decode()
    assert member().get(address(file)).status_code == 200


def test_restricted_unit_closes_its_file(site, client):
    toolkit = add_toolkit("kit", modules=1, units=0)
    file = add_file("in-unit")
    unit = add_unit(
        toolkit.get_children().get().specific, "unit", html=f'<p><a linktype="document" id="{file.pk}">it</a></p>'
    )
    assert client.get(address(file)).status_code == 200
    PageViewRestriction.objects.create(page=unit, restriction_type="login")
    assert refused(client, address(file))
    assert CatalogEntry.objects.public().filter(page_id=toolkit.pk).exists()
