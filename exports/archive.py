"""Everything of a work in one ZIP: files, text, licence, attribution, checksums."""

import hashlib
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from zipstream import ZIP_DEFLATED, ZIP_STORED, ZipStream

from catalog.models import CatalogEntry, EntryAsset
from catalog.privacy import private_ids
from content.files import CHUNK_SIZE
from content.models import File, Picture, Rendition
from content.publication import Section

from .attribution import acknowledgements, attribution_html, attribution_text
from .citing.apa import apa
from .citing.citation import citation_of
from .citing.formats import CITATION_FORMATS
from .exporter import Exporter, exporters
from .keeping import kept_download

logger = logging.getLogger(__name__)

PACKED = {
    "zip",
    "docx",
    "odt",
    "pptx",
    "xlsx",
    "odp",
    "ods",
    "epub",
    "jpg",
    "jpeg",
    "png",
    "webp",
    "mp3",
    "mp4",
    "webm",
    "pdf",
}
IMAGE_SOURCE = re.compile(r'src="(/media/images/[^"]+)"')
IMAGE = re.compile(r'<img\b[^>]*?\ssrc="(/media/images/[^"]+)"[^>]*>')
IMAGE_SET = re.compile(r'\ssrcset="[^"]*"')
HEADING = re.compile(r"(</?h)([2-6])\b")
DOCUMENT_ADDRESS = re.compile(r'\b(src|href)="/documents/(\d+)/[^"]*"')
SITE_LINK = re.compile(r'href="(/[^"]*)"')


@dataclass(slots=True)
class Checksums:
    """Lines of a SHA-256 list as `sha256sum --check` reads it, filled in while members are streamed."""

    lines: list[str]

    def watch(self, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
            yield chunk
        self.lines.append(f"{digest.hexdigest()}  {name}\n")

    def as_bytes(self) -> Iterator[bytes]:
        yield "".join(self.lines).encode()


class ArchiveExporter(Exporter):
    name = "zip"
    extension = "zip"
    content_type = "application/zip"

    def stream(self, entry: CatalogEntry) -> Iterable[bytes]:
        """Members one after the other; the checksums come last, of what was really written."""
        archive = ZipStream(compress_type=ZIP_DEFLATED)
        checksums = Checksums([])
        folder = safe_name(entry.title) or "resource"
        with translation.override(entry.language):
            for name, chunks, packed in self.members(entry):
                path = f"{folder}/{name}"
                archive.add(
                    checksums.watch(name, chunks),
                    path,
                    compress_type=ZIP_STORED if packed else ZIP_DEFLATED,
                )
        archive.add(checksums.as_bytes(), f"{folder}/SHA256SUMS.txt")
        return archive

    def members(self, entry: CatalogEntry) -> Iterator[tuple[str, Iterable[bytes], bool]]:
        """Name, content and whether it is compressed already."""
        pictures = pictures_of(entry)
        files = dict(files_of(entry))
        names = {file.pk: name for name, file in files.items()}
        yield "index.html", [document_html(entry, pictures, names).encode()], False
        yield "LICENSE.txt", [render_to_string("exports/license.txt", {"record": entry.record}).encode()], False
        yield "ATTRIBUTION.txt", [(attribution_text(entry) + "\n").encode()], False
        yield "ATTRIBUTION.html", [attribution_html(entry).encode()], False
        citation = citation_of(entry)
        yield "citation/CITATION.txt", [f"{apa(citation)}\n".encode()], False
        for form in CITATION_FORMATS.values():
            yield f"citation/citation.{form.extension}", [form.write(citation).encode()], False
        yield from made_before(entry)
        for address, (name, rendition) in pictures.items():
            yield f"images/{name}", stored_chunks(rendition.file, address), True
        for name, file in files.items():
            yield f"files/{name}", stored_chunks(file.file, file.filename), file.file_extension.lower() in PACKED


def made_before(entry: CatalogEntry) -> Iterator[tuple[str, Iterable[bytes], bool]]:
    """The other formats, as far as somebody has asked for them."""
    for exporter in exporters().values():
        kept = kept_download(entry, exporter) if exporter.is_kept else None
        if kept and kept.file.storage.exists(kept.file.name):
            name = f"{safe_name(entry.title) or 'resource'}-{entry.language}.{exporter.extension}"
            yield name, stored_chunks(kept.file, name), exporter.extension in PACKED


def stored_chunks(stored: object, label: str) -> Iterator[bytes]:
    """The bytes of a stored file; opened only when its turn comes, closed after it."""
    try:
        with stored.storage.open(stored.name, "rb") as content:
            yield from content.chunks(CHUNK_SIZE)
    except FileNotFoundError:
        logger.error("%s is missing in the storage; the archive has an empty file in its place.", label)


def files_of(entry: CatalogEntry) -> Iterator[tuple[str, File]]:
    """Attached files, then those that the text shows or links to, under names unlike each other and safe everywhere."""
    shown = EntryAsset.objects.filter(entry=entry, type=EntryAsset.Type.FILE).order_by("object_id")
    ids = [*(notice.id for notice in entry.record.files), *shown.values_list("object_id", flat=True)]
    files = File.objects.in_bulk(set(ids) - private_ids(File, set(ids)))
    taken: set[str] = set()
    for file in (files[pk] for pk in dict.fromkeys(ids) if pk in files):
        stem, dot, extension = file.filename.rpartition(".")
        base = safe_name(stem or extension) or f"file-{file.pk}"
        name = f"{base}.{extension}" if dot else base
        if name in taken:
            name = f"{base}-{file.pk}.{extension}"
        taken.add(name)
        yield name, file


def pictures_of(entry: CatalogEntry) -> dict[str, tuple[str, Rendition]]:
    """The pictures that the text shows, by address, as far as the entry may show them."""
    html = " ".join(section.html for section in entry.publication.sections)
    picture = entry.record.picture
    addresses = list(dict.fromkeys([*([picture.src] if picture else []), *IMAGE_SOURCE.findall(html)]))
    shown = set(
        EntryAsset.objects.filter(entry=entry, type=EntryAsset.Type.PICTURE).values_list("object_id", flat=True)
    )
    names = {address.removeprefix(settings.MEDIA_URL): address for address in addresses}
    renditions = Rendition.objects.filter(file__in=names, image_id__in=shown - private_ids(Picture, shown))
    found = {names[rendition.file.name]: rendition for rendition in renditions}
    return {address: (address.rsplit("/", 1)[-1], found[address]) for address in addresses if address in found}


def document_html(entry: CatalogEntry, pictures: dict[str, tuple[str, Rendition]], file_names: dict[int, str]) -> str:
    """The whole text as one page that needs nothing from outside its folder."""
    html = render_to_string(
        "exports/document.html",
        {
            "entry": entry,
            "record": entry.record,
            "publication": entry.publication,
            "sections": [(section, with_headings_below(section)) for section in entry.publication.sections],
            "attribution": attribution_html(entry),
            "acknowledgements": acknowledgements(entry),
            "language": entry.language,
            "bidi": translation.get_language_info(entry.language)["bidi"],
            "base_url": settings.WAGTAILADMIN_BASE_URL,
        },
    )
    html = IMAGE_SET.sub("", html)
    html = IMAGE.sub(lambda match: match[0] if match[1] in pictures else "", html)
    html = IMAGE_SOURCE.sub(lambda match: f'src="images/{pictures[match[1]][0]}"', html)
    html = DOCUMENT_ADDRESS.sub(
        lambda match: (
            f'{match[1]}="files/{quote(file_names[int(match[2])])}"' if int(match[2]) in file_names else match[0]
        ),
        html,
    )
    return SITE_LINK.sub(lambda match: f'href="{settings.WAGTAILADMIN_BASE_URL}{match[1]}"', html)


def with_headings_below(section: Section) -> str:
    """The HTML of a section; a part's own headings, made for its own page, move below its title."""
    if not section.depth:
        return section.html
    return HEADING.sub(lambda tag: f"{tag[1]}{min(6, int(tag[2]) + section.level - 1)}", section.html)


def safe_name(text: str) -> str:
    """A file name made of `text`: any script, no separators or reserved characters, 80 characters at most."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(char if char.isalnum() or char in "-_. " else " " for char in text)
    return "-".join(text.split())[:80].strip("-. ")
