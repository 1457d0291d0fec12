"""Keeps the index in step with the catalog, in the transaction that changes the catalog."""

import re
from collections.abc import Iterable
from html import unescape

from django.db import transaction
from django.dispatch import receiver
from django.utils.html import strip_tags
from django_tasks import task

from catalog.models import CatalogEntry, EntryAsset
from catalog.signals import entry_changed
from content.models import File

from .engines import current_engine
from .extraction import Extraction, extract_text
from .models import FileText, SearchDocument, SearchText
from .words import remember_words

BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|tr|div|blockquote|figcaption|summary|caption)>|<br ?/?>")
MAX_FIELD_LENGTH = 1_000_000


@receiver(entry_changed)
def entry_was_changed(entry: CatalogEntry, **kwargs: object) -> None:
    if not entry.is_public or not entry.kind_info.searchable:
        SearchText.objects.filter(entry=entry).delete()
        SearchDocument.objects.filter(entry=entry).delete()
        current_engine().remove([entry.pk])
        return
    index_entry(entry)
    for file_id in files_to_extract(entry):
        transaction.on_commit(lambda file_id=file_id: extract_file.enqueue(file_id), robust=True)


def index_entry(entry: CatalogEntry) -> None:
    text = searchable_text(entry)
    known = SearchText.objects.filter(entry=entry).values_list("language", flat=True).first()
    if known not in (None, text.language):
        current_engine().remove([entry.pk])
    for row in (text, SearchDocument.of(entry)):
        row.save(force_insert=known is None, force_update=known is not None)
    remember_words(text)
    current_engine().index([text])


def searchable_text(entry: CatalogEntry) -> SearchText:
    """What a reader may find an entry by; the files' texts as far as they have been extracted."""
    record = entry.record
    keywords = [agent.name for agent in record.agents]
    keywords += [record.publisher.name] if record.publisher else []
    keywords += [name for terms in record.concepts.values() for term in terms for name in (term.label, *term.other)]
    keywords += [value for _, value in entry.publication.facts]
    body = [f"{section.title}\n{plain_text(section.html)}" for section in entry.publication.sections]
    files = [f"{file.title}. {file.description}" for file in record.files]
    files += FileText.objects.filter(file_id__in=[file.id for file in record.files]).values_list("text", flat=True)
    return SearchText(
        entry=entry,
        language=entry.language,
        title=record.title,
        summary=record.summary,
        keywords=clipped("; ".join(keywords)),
        body=clipped("\n".join(body)),
        files=clipped("\n".join(files)),
    )


def clipped(text: str) -> str:
    return text.replace("\x00", "")[:MAX_FIELD_LENGTH]


def plain_text(html: str) -> str:
    """Text of safe HTML, with a line for each block."""
    text = unescape(strip_tags(BLOCK_END.sub("\n", html)))
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def files_to_extract(entry: CatalogEntry) -> list[int]:
    known = {
        row.file_id: row.sha256
        for row in FileText.objects.filter(file_id__in=[file.id for file in entry.record.files]).only(
            "file_id", "sha256"
        )
    }
    return [file.id for file in entry.record.files if known.get(file.id) != file.sha256]


@task()
def extract_file(file_id: int) -> None:
    """Read the text of a file and index again the entries that offer it."""
    file = File.objects.filter(pk=file_id).first()
    if file is None:
        return
    with file.open_local() as path:
        extraction = extract_text(path, file.file_extension.lower())
    FileText.objects.update_or_create(file_id=file_id, defaults=as_stored(extraction, file.sha256))
    reindex(CatalogEntry.objects.public().filter(assets__type=EntryAsset.Type.FILE, assets__object_id=file_id))


def as_stored(extraction: Extraction, sha256: str) -> dict[str, str]:
    """The fields of a `FileText` but its id."""
    return {
        "sha256": sha256,
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
