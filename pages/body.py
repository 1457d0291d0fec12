"""The body as sections of a publication, and the files and pictures that it shows."""

import re

from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from content.models import File, Picture
from content.publication import Section

DOCUMENT_LINK = re.compile(r'linktype="document"[^>]*?\bid="(\d+)"|\bid="(\d+)"[^>]*?linktype="document"')


def body_sections(body: StreamValue) -> list[Section]:
    """One section for each heading of the second level; text before the first one has no title."""
    sections: list[Section] = []
    title, html = "", []

    def close() -> None:
        if title or html:
            sections.append(Section(id=anchor_for(title, sections), title=title, html="\n".join(html)))

    for block in body:
        if block.block_type == "heading" and block.value["level"] != "3":
            close()
            title, html = block.value["text"], []
        else:
            html.append(block.render())
    close()
    return sections


def body_html(body: StreamValue, *, anchor: str) -> str:
    """The body of a part in one piece; its headings get anchors below `anchor`."""
    context = {"anchor": anchor}
    return "\n".join(block.render(context={**context, "number": number}) for number, block in enumerate(body, start=1))


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
            for model, object_id, *_rest in getattr(page, field.name).stream_block.extract_references(
                getattr(page, field.name)
            ):
                if issubclass(model, Picture):
                    pictures.add(int(object_id))
                elif issubclass(model, File):
                    files.add(int(object_id))
        elif isinstance(field, RichTextField):
            files |= {int(first or second) for first, second in DOCUMENT_LINK.findall(getattr(page, field.name) or "")}
    return files, pictures
