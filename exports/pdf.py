"""A resource as one tagged PDF (PDF/UA-1), made by WeasyPrint, which needs Pango on the machine."""

import hashlib
import logging
import mimetypes
from collections.abc import Iterable
from ctypes.util import find_library
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from PIL import ImageFile

from catalog.models import CatalogEntry
from content.models import Rendition, SiteIdentity

from .archive import IMAGE_SET, pictures_of, with_headings_below
from .attribution import acknowledgements, attribution_html, author_names, source_url
from .exporter import CannotExport, Exporter

logger = logging.getLogger(__name__)

# Part of every version: count it up when the look of the files changes.
LOOK = "1"
LIBRARIES = ("pango-1.0", "pangoft2-1.0")
# About 300 pages. More would keep the worker from everything else for minutes.
MAX_CHARACTERS = 1_000_000


@lru_cache(maxsize=1)
def has_pango() -> bool:
    return all(find_library(name) for name in LIBRARIES)


class PdfExporter(Exporter):
    name = "pdf"
    extension = "pdf"
    content_type = "application/pdf"
    is_kept = True

    def is_available(self) -> bool:
        return has_pango()

    def version(self, entry: CatalogEntry) -> str:
        parts = (entry.digest, LOOK, settings.WAGTAILADMIN_BASE_URL, SiteIdentity.current().name)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def stream(self, entry: CatalogEntry) -> Iterable[bytes]:
        if not self.is_available():
            raise CannotExport("Pango is missing on this machine.")
        pictures = pictures_of(entry)
        with translation.override(entry.language):
            html = print_html(entry)
        if len(html) > MAX_CHARACTERS:
            raise CannotExport(f"The text is too long: {len(html)} of {MAX_CHARACTERS} characters.")
        return [
            pdf_of(html, {address: rendition for address, (_name, rendition) in pictures.items()}, self.version(entry))
        ]


def print_html(entry: CatalogEntry) -> str:
    """The page that is printed; without `srcset`, because there is one size only."""
    bidi = translation.get_language_info(entry.language)["bidi"]
    html = render_to_string(
        "exports/print.html",
        {
            "entry": entry,
            "record": entry.record,
            "publication": entry.publication,
            "sections": [(section, with_headings_below(section)) for section in entry.publication.sections],
            "attribution": attribution_html(entry),
            "acknowledgements": acknowledgements(entry),
            "authors": author_names(entry),
            "source": source_url(entry),
            "site": SiteIdentity.current().name,
            "language": entry.language,
            "bidi": bidi,
            "start": "right" if bidi else "left",
            "end": "left" if bidi else "right",
            "source_string": css_string(source_url(entry)),
            "page_string": page_string(),
        },
    )
    return IMAGE_SET.sub("", html)


def page_string() -> SafeString:
    """“Page 2 of 9” as the value of a CSS `content`."""
    text = css_string(_("Page %(number)s of %(total)s"))
    return mark_safe(text.replace("%(number)s", '" counter(page) "').replace("%(total)s", '" counter(pages) "'))


def css_string(text: str) -> SafeString:
    """A string literal of CSS that cannot end the literal or the style element that it stands in."""
    return mark_safe('"' + "".join(f"\\{ord(char):x} " if char in '"\\<>&\n\r\f' else char for char in text) + '"')


def pdf_of(html: str, pictures: dict[str, Rendition], version: str) -> bytes:
    weasyprint = load_weasyprint()
    document = weasyprint.HTML(
        string=html, base_url=settings.WAGTAILADMIN_BASE_URL, url_fetcher=fetcher_of(weasyprint, pictures)
    )
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=version[:32].encode(), dpi=200)


def load_weasyprint() -> Any:
    """Imported late: only the worker makes files, and without Pango the import fails."""
    try:
        import weasyprint
    except OSError as error:
        raise CannotExport("Pango is missing on this machine.") from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    # It tells Pillow to take truncated pictures, for the whole process; uploads of such are refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def fetcher_of(weasyprint: Any, pictures: dict[str, Rendition]) -> Any:
    """Gives the entry's own pictures, out of the storage, and nothing else: no file, no address, no data."""

    class OwnPictures(weasyprint.urls.URLFetcher):
        def __init__(self) -> None:
            super().__init__(allowed_protocols=())

        def fetch(self, url: str, headers: object = None) -> object:
            rendition = pictures.get(url.removeprefix(settings.WAGTAILADMIN_BASE_URL))
            if rendition is None:
                raise ValueError(f"Not a picture of this text: {url[:200]}")
            with rendition.file.storage.open(rendition.file.name, "rb") as stored:
                content = stored.read()
            kind = mimetypes.guess_type(rendition.file.name)[0] or "application/octet-stream"
            return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": kind})

    return OwnPictures()
