"""Stored files as responses: conditional requests (RFC 9110, 13), one byte range, nothing that runs in the browser."""

import os
import re
from collections.abc import Iterator

from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag

CHUNK_SIZE = 64 * 1024
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def stored_response(
    request: HttpRequest, stored: FieldFile, content_type: str, *, checksum: str = "", attachment_name: str = ""
) -> HttpResponse:
    """The file, a range of it, or 304. Raises Http404 when the storage does not have it.

    `checksum` is of the content; without one, size and date stand for it.
    """
    try:
        content = stored.storage.open(stored.name, "rb")
        size = content.size
        modified = int(stored.storage.get_modified_time(stored.name).timestamp())
    except (OSError, ValueError):
        raise Http404 from None
    etag = quote_etag(checksum or f"{size:x}-{modified:x}")
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is not None and response.status_code != 200:
        content.close()
    else:
        response = whole_or_range(request, content, size, etag)
        response["Content-Type"] = content_type
        response["Content-Disposition"] = content_disposition_header(
            bool(attachment_name), attachment_name or os.path.basename(stored.name)
        )
        response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def whole_or_range(request: HttpRequest, content: File, size: int, etag: str) -> HttpResponse:
    """200 with everything, 206 with the one range that was asked for, or 416 where there is nothing."""
    wanted = RANGE.fullmatch(request.headers.get("Range", "").strip())
    same = request.headers.get("If-Range", etag) == etag
    if request.method != "GET" or wanted is None or not same or wanted[1] == wanted[2] == "":
        response = FileResponse(content)
        response["Content-Length"] = str(size)
        return response
    if wanted[1]:
        first, last = int(wanted[1]), min(int(wanted[2] or size - 1), size - 1)
        is_backwards = wanted[2] != "" and int(wanted[2]) < first
    else:
        first, last, is_backwards = max(0, size - int(wanted[2])), size - 1, False
    if is_backwards or first > last:
        content.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    response = StreamingHttpResponse(stretch(content, first, last), status=206)
    response["Content-Length"] = str(last - first + 1)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def stretch(content: File, first: int, last: int) -> Iterator[bytes]:
    with content:
        content.seek(first)
        remaining = last - first + 1
        while remaining and (chunk := content.read(min(CHUNK_SIZE, remaining))):
            remaining -= len(chunk)
            yield chunk


def is_beginning(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a download starts with this answer: a resumed one, a check whether it changed or a HEAD is none."""
    if request.method != "GET":
        return False
    return response.status_code == 200 or response.get("Content-Range", "").startswith("bytes 0-")
