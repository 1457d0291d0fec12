"""Makes kept downloads, once for each version however many ask for them, and removes what is out of date."""

import logging
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from catalog.models import CatalogEntry
from catalog.prepared import PreparedQuery
from catalog.signals import entry_changed

from .exporter import CannotExport, Exporter, exporters
from .models import KeptDownload

logger = logging.getLogger(__name__)

# Asked for longer ago and still not there: whoever was to make it has died, or failed; it is tried again.
PATIENCE = timedelta(minutes=15)
# Below everything else that the worker does: nobody waits for a page because somebody wants many files.
PRIORITY = -50


def made_of(entry_id: int, format: str, version: str) -> QuerySet[KeptDownload]:
    """What was made in one format of one version of an entry: one or none."""
    return KeptDownload.objects.filter(entry_id=entry_id, format=format, version=version, made_at__isnull=False)


SIZE = PreparedQuery(lambda *given: made_of(*given).values_list("size"), int, str, str)


def size_of_kept(entry: CatalogEntry, exporter: Exporter) -> int | None:
    """In bytes, of what was made of this very version, if anything was."""
    return next((size for (size,) in SIZE(entry.pk, exporter.name, exporter.version(entry))), None)


def kept_download(entry: CatalogEntry, exporter: Exporter) -> KeptDownload | None:
    """What was made of this very version, if anything was."""
    return made_of(entry.pk, exporter.name, exporter.version(entry)).first()


def ask_for(entry: CatalogEntry, exporter: Exporter) -> KeptDownload:
    """The download as far as it is; the first who asks for a version has it made."""
    version, now = exporter.version(entry), timezone.now()
    kept, is_new = KeptDownload.objects.get_or_create(
        entry=entry, format=exporter.name, defaults={"version": version, "requested_at": now}
    )
    if is_new or claims(kept, version, now):
        make.enqueue(kept.pk, version)
    # Gone by now where the edition was withdrawn or changed in between: whoever asks next sees that.
    return KeptDownload.objects.filter(pk=kept.pk).first() or kept


def claims(kept: KeptDownload, version: str, now: object) -> bool:
    """Whether this request is the one to have it made: of all that see the same state, one changes it."""
    is_current = kept.version == version
    if is_current and (kept.made_at or kept.requested_at > now - PATIENCE):
        return False
    seen = KeptDownload.objects.filter(pk=kept.pk, version=kept.version, requested_at=kept.requested_at)
    return bool(seen.update(version=version, requested_at=now, made_at=None, error=""))


def forget_file(kept: KeptDownload) -> None:
    """The storage has lost it: the next request has it made again."""
    KeptDownload.objects.filter(pk=kept.pk, made_at=kept.made_at).update(
        made_at=None, requested_at=timezone.now() - 2 * PATIENCE
    )


@task(priority=PRIORITY)
def make(kept_id: int, version: str) -> None:
    """Make the file, unless the edition has changed since; then somebody else asks for the newer one."""
    kept = KeptDownload.objects.filter(pk=kept_id, version=version, made_at=None).first()
    entry = CatalogEntry.objects.public().filter(pk=kept.entry_id).first() if kept else None
    exporter = exporters().get(kept.format) if kept else None
    if entry is None or exporter is None or exporter.version(entry) != version:
        KeptDownload.objects.filter(pk=kept_id, version=version, made_at=None, file="").delete()
        return
    try:
        content = b"".join(exporter.stream(entry))
    except CannotExport as error:
        KeptDownload.objects.filter(pk=kept_id, version=version).update(error=str(error)[:300])
        return
    except Exception:
        logger.exception("The %s of entry %s could not be made.", exporter.name, entry.pk)
        KeptDownload.objects.filter(pk=kept_id, version=version).update(error="failed")
        return
    keep(kept, content)


def keep(kept: KeptDownload, content: bytes) -> None:
    """Store it, if it is still wanted; of what was there before, nothing remains."""
    before = kept.file.name
    kept.file.save("", ContentFile(content), save=False)
    wanted = KeptDownload.objects.filter(pk=kept.pk, version=kept.version, made_at=None)
    values = {"file": kept.file.name, "size": len(content), "made_at": timezone.now(), "error": ""}
    if wanted.update(**values):
        remove(kept.file.storage, before)
    else:
        remove(kept.file.storage, kept.file.name)


def remove(storage: Storage, name: str) -> None:
    if not name:
        return
    try:
        storage.delete(name)
    except OSError:
        logger.exception("The kept download %s could not be deleted.", name)


@receiver(entry_changed)
def entry_was_changed(entry: CatalogEntry, **kwargs: object) -> None:
    """Remove what was made of an older version, and everything of an edition that is withdrawn."""
    for kept in KeptDownload.objects.filter(entry_id=entry.pk):
        exporter = exporters().get(kept.format)
        if entry.is_public and exporter and exporter.version(entry) == kept.version:
            continue
        kept.delete()
        if kept.file.name:
            transaction.on_commit(
                lambda storage=kept.file.storage, name=kept.file.name: remove(storage, name), robust=True
            )
