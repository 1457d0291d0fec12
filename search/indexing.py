"""Keeps the index in step with the catalog, in the transaction that changes the catalog."""

import logging
import re
from collections.abc import Iterable
from html import unescape

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.html import strip_tags
from django_tasks import task

from catalog.models import CatalogEntry, EntryAsset
from catalog.record import FileNotice
from catalog.signals import entry_changed
from content.models import File
from content.publication import Publication

from .analysis import ANALYSIS_VERSION
from .engines import current_engine
from .extraction import EXTRACTOR_VERSION, Extraction, Outcome, extract_text
from .facets import facet_lines
from .marks import next_mark
from .models import FILE_BREAK, FileText, SearchDocument, SearchText, SearchWork
from .words import remember_words

logger = logging.getLogger(__name__)

BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|tr|div|blockquote|figcaption|summary|caption)>|<br ?/?>")
MAX_FIELD_LENGTH = 1_000_000


@receiver(entry_changed)
def entry_was_changed(entry: CatalogEntry, **kwargs: object) -> None:
    if not entry.is_public or not entry.kind_info.searchable:
        forget_entry(entry.pk)
        return
    files = texts_of_files(entry)
    index_entry(entry, files)
    for file_id in files_to_extract(entry, files):
        transaction.on_commit(lambda file_id=file_id: extract_file.enqueue(file_id), robust=True)


def forget_entry(entry_id: int, *, but_language: str = "") -> None:
    """Forget an entry, or what it was in languages other than the one that it is in now."""
    documents = SearchDocument.objects.filter(entry_id=entry_id).exclude(language=but_language)
    found = list(documents.values_list("language", "number"))
    if found:
        current_engine().remove(found)
        documents.update(entry_id=0, facets="", expires=None, analysis=0, changed=next_mark())
    if not but_language:
        SearchText.objects.filter(entry=entry_id).delete()


def index_entry(entry: CatalogEntry, files: dict[int, FileText] | None = None) -> None:
    """`files` are its `texts_of_files`, where they have been read already."""
    text = searchable_text(entry, texts_of_files(entry) if files is None else files)
    forget_entry(entry.pk, but_language=text.language)
    text.save()
    SearchDocument.objects.bulk_create(
        [document_of(entry, text.number)],
        update_conflicts=True,
        unique_fields=["number", "language"],
        update_fields=["entry_id", "published", "expires", "facets", "changed", "analysis", "digest"],
    )
    remember_words(text)
    current_engine().index([text])


def document_of(entry: CatalogEntry, number: int) -> SearchDocument:
    return SearchDocument(
        number=number,
        language=entry.language,
        entry_id=entry.pk,
        published=int(entry.published_at.timestamp() * 1_000_000) if entry.published_at else 0,
        expires=int(entry.expires_at.timestamp()) if entry.expires_at else None,
        facets=facet_lines(entry),
        changed=next_mark(),
        analysis=ANALYSIS_VERSION,
        digest=entry.digest,
    )


def searchable_text(entry: CatalogEntry, files: dict[int, FileText]) -> SearchText:
    """What a reader may find an entry by; the files' texts as far as they have been extracted."""
    record = entry.record
    keywords = [agent.name for agent in record.agents]
    keywords += [record.publisher.name] if record.publisher else []
    keywords += [name for terms in record.concepts.values() for term in terms for name in (term.label, *term.other)]
    keywords += [value for _, value in entry.publication.facts]
    body, parts = text_and_parts(entry.publication)
    return SearchText(
        entry=entry,
        number=SearchWork.objects.get_or_create(work=entry.work)[0].number,
        language=entry.language,
        title=record.title,
        summary=record.summary,
        keywords=clipped("; ".join(keywords)),
        body=clipped(body),
        parts=parts,
        files=text_of_files(record.files, files),
        identifier=record.identifier[:255],
    )


def text_and_parts(publication: Publication) -> tuple[str, list[tuple[int, str, str]]]:
    """All sections one after the other; of those with pages of their own where they begin, address and title.

    An empty address says where text without a page of its own goes on.
    """
    pieces, parts, length = [], [], 0
    for section in publication.sections:
        if section.path or (parts and parts[-1][1]):
            parts.append((length, section.path, section.title))
        pieces.append(f"{section.title}\n{plain_text(section.html)}\n")
        length += len(pieces[-1])
    return "".join(pieces), parts


def texts_of_files(entry: CatalogEntry) -> dict[int, FileText]:
    """By the id of the file, what has been read of those that the entry offers."""
    ids = [file.id for file in entry.record.files]
    return {row.file_id: row for row in FileText.objects.filter(file_id__in=ids)} if ids else {}


def text_of_files(files: tuple[FileNotice, ...], found: dict[int, FileText]) -> str:
    """Title, description and text of each file, as far as it has been read; no file takes the room of the others."""
    texts = {(row.file_id, row.sha256): row.text for row in found.values()}
    room = MAX_FIELD_LENGTH // max(1, len(files))
    pieces = (f"{file.title}\n{file.description}\n{texts.get((file.id, file.sha256), '')}" for file in files)
    return FILE_BREAK.join(clipped(piece.replace(FILE_BREAK, " "))[:room] for piece in pieces)


def clipped(text: str) -> str:
    return text.replace("\x00", "")[:MAX_FIELD_LENGTH]


def plain_text(html: str) -> str:
    """Text of safe HTML, with a line for each block."""
    text = unescape(strip_tags(BLOCK_END.sub("\n", html)))
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def files_to_extract(entry: CatalogEntry, files: dict[int, FileText] | None = None) -> list[int]:
    found = texts_of_files(entry) if files is None else files
    known = {pk: row.sha256 for pk, row in found.items() if row.extractor_version == EXTRACTOR_VERSION}
    return [file.id for file in entry.record.files if known.get(file.id) != file.sha256]


@task()
def extract_file(file_id: int) -> None:
    """Read the text of a file and index again the entries that offer it."""
    file = File.objects.filter(pk=file_id).first()
    if file is None:
        return
    extraction = text_inside(file)
    found = as_stored(extraction, file.sha256)
    if extraction.outcome is Outcome.UNAVAILABLE:
        # What was read earlier from the same file stays.
        same = FileText.objects.filter(file_id=file_id, sha256=file.sha256)
        if same.update(**{name: value for name, value in found.items() if name != "text"}):
            return
    FileText.objects.update_or_create(file_id=file_id, defaults=found)
    reindex(CatalogEntry.objects.public().filter(assets__type=EntryAsset.Type.FILE, assets__object_id=file_id))


def text_inside(file: File) -> Extraction:
    try:
        with file.open_local() as path:
            return extract_text(path, file.file_extension.lower())
    except Exception as error:  # Each storage has errors of its own.
        logger.warning("File %s could not be opened: %s", file.pk, type(error).__name__)
        return Extraction(Outcome.UNAVAILABLE, detail=type(error).__name__)


def as_stored(extraction: Extraction, sha256: str) -> dict[str, object]:
    """The fields of a `FileText` but its file."""
    return {
        "sha256": sha256,
        "extractor_version": EXTRACTOR_VERSION,
        "read_at": timezone.now(),
        "outcome": extraction.outcome.value,
        "detail": extraction.detail[:300],
        "text": clipped(extraction.text),
    }


def reindex(entries: Iterable[CatalogEntry]) -> int:
    """Index these entries anew, each in its own transaction. Returns how many."""
    count = 0
    for entry in entries:
        if entry.kind_info.searchable:
            with transaction.atomic():
                index_entry(entry)
            count += 1
    return count
