"""The body as sections of a publication, and the files and pictures that it shows."""

import re

from django.utils.text import slugify
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from catalog.models import CatalogEntry
from catalog.privacy import private_ids
from catalog.record import FileNotice, PictureNotice
from catalog.showing import nearest_editions
from content.blocks import Shown
from content.models import File, Picture
from content.publication import Section

from .describing import PAGE_FILTERS, file_notice, picture_notice

DOCUMENT_LINK = re.compile(r'linktype="document"[^>]*?\bid="(\d+)"|\bid="(\d+)"[^>]*?linktype="document"')


def body_sections(body: StreamValue) -> list[Section]:
    """One section for each heading of the second level; text before the first one has no title."""
    sections: list[Section] = []
    title, html = "", []
    context = {"shown": shown_by(body)}

    def close() -> None:
        if title or html:
            sections.append(Section(id=anchor_for(title, sections), title=title, html="\n".join(html)))

    for block in body:
        if block.block_type == "heading" and block.value["level"] != "3":
            close()
            title, html = block.value["text"], []
        else:
            html.append(block.render(context={**context, "is_before_sections": not sections and not title}))
    close()
    return sections


def body_html(body: StreamValue, *, anchor: str) -> str:
    """The body of a part in one piece; its headings get anchors below `anchor`."""
    context = {"anchor": anchor, "shown": shown_by(body)}
    return "\n".join(block.render(context={**context, "number": number}) for number, block in enumerate(body, start=1))


def shown_by(body: StreamValue) -> Shown:
    """What readers may see of the files, pictures and works that blocks name, in the language that is active.

    Looked up for all blocks together. What lies in a private collection and works that are not public are left out.
    """
    files, pictures = assets_in(body)
    works = {str(block.value["page"].translation_key) for block in body if names_a_work(block)}
    return Shown(
        pictures=picture_notices(pictures), files=file_notices(files, get_language()), works=public_works(works)
    )


def names_a_work(block: StreamValue.StreamChild) -> bool:
    return block.block_type == "resource" and block.value["page"] is not None


def picture_notices(ids: set[int]) -> dict[int, PictureNotice]:
    if not ids:
        return {}
    open_ids = ids - private_ids(Picture, ids)
    pictures = Picture.objects.filter(pk__in=open_ids).prefetch_renditions(*PAGE_FILTERS)
    notices = {picture.pk: picture_notice(picture, "", PAGE_FILTERS) for picture in pictures}
    return {pk: notice for pk, notice in notices.items() if notice}


def file_notices(ids: set[int], language: str) -> dict[int, FileNotice]:
    if not ids:
        return {}
    private = private_ids(File, ids)
    files = File.objects.filter(pk__in=ids - private).select_related("license")
    return {file.pk: file_notice(file, language) for file in files}


def public_works(works: set[str]) -> dict[str, CatalogEntry]:
    """By work, the edition that is nearest to the language that is active."""
    if not works:
        return {}
    entries = CatalogEntry.objects.public().without_publication().filter(work__in=works)
    return {str(entry.work): entry for entry in nearest_editions(list(entries), get_language())}


def anchor_for(title: str, taken: list[Section]) -> str:
    """An anchor made of the title, in any script, unlike those of the sections before it."""
    base = slugify(title, allow_unicode=True)[:60] or f"section-{len(taken) + 1}"
    used = {section.id for section in taken}
    return base if base not in used else f"{base}-{len(taken) + 1}"


def asset_ids(page: Page) -> tuple[set[int], set[int]]:
    """Ids of the files and pictures that the texts of `page` refer to."""
    files: set[int] = set()
    pictures: set[int] = set()
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            in_field = assets_in(getattr(page, field.name))
            files |= in_field[0]
            pictures |= in_field[1]
        elif isinstance(field, RichTextField):
            files |= {int(first or second) for first, second in DOCUMENT_LINK.findall(getattr(page, field.name) or "")}
    return files, pictures


def assets_in(blocks: StreamValue) -> tuple[set[int], set[int]]:
    """Ids of the files and pictures that blocks name, at whatever depth."""
    files: set[int] = set()
    pictures: set[int] = set()
    for model, object_id, *_path in blocks.stream_block.extract_references(blocks):
        if issubclass(model, Picture):
            pictures.add(int(object_id))
        elif issubclass(model, File):
            files.add(int(object_id))
    return files, pictures
