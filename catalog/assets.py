"""Files and pictures, served after asking whether this reader may have them.

A reader may have what a public entry shows, or another public page that is registered in `elsewhere`.
Somebody signed in may have what the admin lets them see, and whoever was let in to a restricted page
may have what that page shows.
"""

from pathlib import PurePosixPath

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from wagtail.models import Page, ReferenceIndex

from accounts.permissions import Action, Subject, may
from content.models import File, Picture, Rendition
from content.uploads import content_type_of

from .counting import count_download
from .elsewhere import is_shown_elsewhere
from .models import CatalogEntry, EntryAsset
from .pages import unexpired
from .references import label_of, references_of
from .stored import is_beginning, stored_response

SANDBOX = "sandbox; default-src 'none'"
PICTURE_EXTENSIONS = {"gif", "jpg", "jpeg", "png", "webp"}
MAX_ID = 2**63
MAX_NAME_LENGTH = 150
MAX_CHECKED_PAGES = 20


def serve_file(request: HttpRequest, file_id: int, filename: str) -> HttpResponse:
    """A file as an attachment, under its own name whatever the address says; counted when it begins."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    file = File.objects.filter(pk=file_id).select_related("collection").first() if file_id < MAX_ID else None
    if file is None or not may_have(request, file, EntryAsset.Type.FILE):
        raise Http404
    extension = file.file_extension.lower()
    response = stored_response(
        request, file.file, content_type_of(extension), checksum=file.sha256, attachment_name=file.filename
    )
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-cache"
    if is_beginning(request, response):
        count_download(f"file/{file.pk}", format_name=extension[:20], language=file.language)
    return response


def serve_rendition(request: HttpRequest, name: str) -> HttpResponse:
    """A picture in one of the sizes that pages show."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    rendition = None
    if len(name) <= MAX_NAME_LENGTH:
        renditions = Rendition.objects.select_related("image__collection")
        rendition = renditions.filter(file=f"images/{name}").first()
    if rendition is None or not may_have(request, rendition.image, EntryAsset.Type.PICTURE):
        raise Http404
    response = stored_response(request, rendition.file, picture_type(name))
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, max-age=3600"
    return response


def serve_original(request: HttpRequest, name: str) -> HttpResponse:
    """An original picture, for those who work with it in the admin only."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    picture = None
    if len(name) <= MAX_NAME_LENGTH and works_in_the_admin(request):
        picture = Picture.objects.filter(file=f"original_images/{name}").first()
    if picture is None:
        raise Http404
    response = stored_response(request, picture.file, picture_type(name))
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response


def picture_type(name: str) -> str:
    """Raises Http404 for what is no picture that browsers show."""
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    if extension not in PICTURE_EXTENSIONS:
        raise Http404
    return content_type_of(extension)


def works_in_the_admin(request: HttpRequest) -> bool:
    return may(request.user, Action.BROWSE, Subject.ORIGINAL, "")


def may_have(request: HttpRequest, item: File | Picture, asset_type: EntryAsset.Type) -> bool:
    shown = EntryAsset.objects.filter(type=asset_type, object_id=item.pk, entry__in=CatalogEntry.objects.public())
    is_shown = shown.exists() or (asset_type == EntryAsset.Type.PICTURE and is_shown_elsewhere(item))
    if is_shown and accepts_restrictions(request, item):
        return True
    return works_in_the_admin(request) or shown_on_a_page_open_to(request, item)


def accepts_restrictions(request: HttpRequest, item: File | Picture) -> bool:
    """Whether the item's collection is open to this reader."""
    return all(restriction.accept_request(request) for restriction in item.collection.get_view_restrictions())


def shown_on_a_page_open_to(request: HttpRequest, item: File | Picture) -> bool:
    """Whether a restricted page that this reader was let in to shows `item`.

    Wagtail's index of references may lag behind the page, so the page itself has the last word.
    """
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(type(item)),
        to_object_id=str(item.pk),
    )
    page_ids = {int(pk) for pk in references.values_list("object_id", flat=True)}
    pages = Page.objects.live().filter(unexpired(), pk__in=page_ids, alias_of=None)[:MAX_CHECKED_PAGES]
    return any(
        is_open_to(request, page) and (label_of(type(item)), item.pk) in references_of(page.specific) for page in pages
    ) and accepts_restrictions(request, item)


def is_open_to(request: HttpRequest, page: Page) -> bool:
    restrictions = page.get_view_restrictions()
    return bool(restrictions) and all(restriction.accept_request(request) for restriction in restrictions)
