"""Files and pictures, served after asking whether this reader may have them.

A reader may have what a public entry shows. Somebody signed in may have what the admin lets them
see, and whoever was let in to a restricted page may have what that page shows.
"""

from pathlib import PurePosixPath

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from wagtail.models import Page, ReferenceIndex

from accounts.permissions import Action, Subject, may
from content.models import File, Picture, Rendition
from content.uploads import content_type_of

from .counting import count_download
from .models import CatalogEntry, EntryAsset

YEAR = 31_536_000
SANDBOX = "sandbox; default-src 'none'"
PICTURE_TYPES = {
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}


def serve_file(request: HttpRequest, file_id: int, filename: str) -> HttpResponse:
    """A file as an attachment, under its own name; counted when the whole of it is asked for."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    file = File.objects.filter(pk=file_id).first() if file_id < 2**63 else None
    if file is None or not may_have(request, file, EntryAsset.Type.FILE):
        raise Http404
    response = stored_response(file.file, content_type_of(file.file_extension.lower()), as_attachment=file.filename)
    response["Content-Security-Policy"] = SANDBOX
    if request.method == "GET":
        count_download(f"file/{file.pk}", format_name=file.file_extension.lower()[:20], language=file.language)
    return response


def serve_rendition(request: HttpRequest, name: str) -> HttpResponse:
    """A picture in one of the sizes that pages show."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    rendition = None
    if len(name) <= 150:
        rendition = Rendition.objects.select_related("image").filter(file=f"images/{name}").first()
    if rendition is None or not may_have(request, rendition.image, EntryAsset.Type.PICTURE):
        raise Http404
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    if extension not in PICTURE_TYPES:
        raise Http404
    response = stored_response(rendition.file, PICTURE_TYPES[extension])
    response["Cache-Control"] = "private, max-age=3600"
    return response


def serve_original(request: HttpRequest, name: str) -> HttpResponse:
    """An original picture, for those who work with it in the admin only."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    picture = None
    if len(name) <= 150 and may(request.user, Action.BROWSE, Subject.ORIGINAL, ""):
        picture = Picture.objects.filter(file=f"original_images/{name}").first()
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    if picture is None or extension not in PICTURE_TYPES:
        raise Http404
    response = stored_response(picture.file, PICTURE_TYPES[extension])
    response["Cache-Control"] = "private, no-store"
    return response


def stored_response(stored: object, content_type: str, as_attachment: str = "") -> HttpResponse:
    try:
        content = stored.storage.open(stored.name, "rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, as_attachment=bool(as_attachment), filename=as_attachment or "", content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def may_have(request: HttpRequest, item: File | Picture, asset_type: EntryAsset.Type) -> bool:
    shown = EntryAsset.objects.filter(type=asset_type, object_id=item.pk, entry__in=CatalogEntry.objects.public())
    if shown.exists():
        return not is_in_private_collection(item) or accepts_restrictions(request, item)
    if may(request.user, Action.BROWSE, Subject.ORIGINAL, ""):
        return True
    return shown_on_a_page_open_to(request, item)


def is_in_private_collection(item: File | Picture) -> bool:
    return item.collection.get_view_restrictions().exists()


def accepts_restrictions(request: HttpRequest, item: File | Picture) -> bool:
    return all(restriction.accept_request(request) for restriction in item.collection.get_view_restrictions())


def shown_on_a_page_open_to(request: HttpRequest, item: models.Model) -> bool:
    """Whether a restricted page that this reader was let in to shows `item`."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(type(item)),
        to_object_id=str(item.pk),
    )
    page_ids = {int(pk) for pk in references.values_list("object_id", flat=True)}
    for page in Page.objects.live().filter(pk__in=page_ids, alias_of=None)[:20]:
        restrictions = page.get_view_restrictions()
        if restrictions and all(restriction.accept_request(request) for restriction in restrictions):
            return True
    return False
