"""How pages become records: pictures, files, licences and concepts, ready to be shown."""

import logging
from collections.abc import Iterable
from html import escape

from django.urls import reverse
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from catalog.record import FileNotice, LicenseNotice, PictureNotice, Term
from content.models import File, Picture, Rendition
from taxonomy.models import Concept, License

logger = logging.getLogger(__name__)

PAGE_FILTERS = ("width-480", "width-960", "width-1440")
CARD_FILTERS = ("fill-400x225", "fill-800x450")


def license_notice(license: License | None, language: str) -> LicenseNotice | None:
    if license is None:
        return None
    return LicenseNotice(code=license.code, uri=license.uri, short=license.short, name=license.name(language))


def terms(concepts: Iterable[Concept], language: str) -> tuple[Term, ...]:
    return tuple(
        Term(
            code=concept.code,
            label=concept.label(language),
            uri=concept.uri,
            other=tuple(concept.other_labels(language)),
        )
        for concept in concepts
    )


def page_and_card_picture(picture: Picture | None, alt: str) -> tuple[PictureNotice | None, PictureNotice | None]:
    """The picture of a page, and the same on its card, where it only decorates; all renditions are made at once."""
    renditions = renditions_of(picture, *PAGE_FILTERS, *CARD_FILTERS)
    return notice_of(picture, alt, PAGE_FILTERS, renditions), notice_of(picture, "", CARD_FILTERS, renditions)


def picture_notice(picture: Picture | None, alt: str, filters: tuple[str, ...]) -> PictureNotice | None:
    """Renditions of `picture`, the second of `filters` being the one that old browsers load."""
    return notice_of(picture, alt, filters, renditions_of(picture, *filters))


def renditions_of(picture: Picture | None, *filters: str) -> dict[str, Rendition]:
    """By filter; empty where there is nothing to show."""
    if picture is None:
        return {}
    try:
        return picture.get_renditions(*filters)
    except SourceImageIOError:
        logger.error("The original of picture %s is missing or broken; pages are shown without it.", picture.pk)
        return {}


def notice_of(
    picture: Picture | None, alt: str, filters: tuple[str, ...], renditions: dict[str, Rendition]
) -> PictureNotice | None:
    if picture is None or not renditions:
        return None
    main = renditions[filters[1]]
    return PictureNotice(
        src=main.url,
        width=main.width,
        height=main.height,
        alt=alt,
        credit=picture.credit,
        srcset=", ".join(f"{renditions[name].url} {renditions[name].width}w" for name in filters),
        id=picture.pk,
    )


def file_notice(file: File, language: str) -> FileNotice:
    return FileNotice(
        id=file.pk,
        title=file.title,
        filename=file.filename,
        extension=file.file_extension.lower(),
        url=reverse("wagtaildocs_serve", args=[file.pk, file.filename]),
        size=file.get_file_size() or 0,
        sha256=file.sha256,
        language=file.language,
        description=file.description,
        license=license_notice(file.license, language),
        accessibility=str(file.get_accessibility_display()) if file.accessibility else "",
    )


def page_path(page: Page) -> str:
    """The address of a page without the host; empty for one that belongs to no site."""
    parts = page.get_url_parts()
    return parts[2] if parts else ""


def html_paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())
