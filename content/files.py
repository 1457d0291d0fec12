"""Files that readers take along, each with its own language and licence."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from taxonomy.models import License

CHUNK_SIZE = 64 * 1024


class File(AbstractDocument):
    """A document with what a reader must know to use it; `sha256` is 64 hexadecimal digits."""

    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("The language of the text inside. Leave empty when there is none."),
    )
    license = models.ForeignKey(
        License,
        verbose_name=_("licence"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "What others may do with this file. Empty: none is stated, and nobody may reuse it without asking."
        ),
    )
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("What is in it and what it is for, in one sentence."),
    )

    class Accessibility(models.TextChoices):
        ACCESSIBLE = "accessible", _("accessible")
        PARTLY = "partly", _("partly accessible")
        NOT = "not", _("not accessible")

    accessibility = models.CharField(
        _("accessibility"),
        max_length=20,
        blank=True,
        choices=Accessibility.choices,
        help_text=_(
            "Whether people who use a screen reader or the keyboard can read it. Leave empty if it was not checked."
        ),
    )
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    admin_form_fields = (
        *Document.admin_form_fields[:2],
        "language",
        "license",
        "description",
        "accessibility",
        "collection",
        "tags",
    )

    gathered_with = ("license",)

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def save(self, *args: object, **kwargs: object) -> None:
        """A multiple upload stores the content before the row, so a missing checksum is made up for, too."""
        if self.file and (not self.file._committed or not self.sha256):
            self.sha256 = sha256_of(self.file.chunks(CHUNK_SIZE))
            self.file_size = self.file.size
        super().save(*args, **kwargs)

    @contextmanager
    def open_local(self) -> Iterator[Path]:
        """The path of the content on this machine: the stored file itself, or a copy while it is needed."""
        try:
            yield Path(self.file.path)
            return
        except NotImplementedError:
            pass  # the storage is not a folder of this machine
        with tempfile.NamedTemporaryFile(suffix=f".{self.file_extension}") as copy, self.open_file() as content:
            for chunk in content.chunks(CHUNK_SIZE):
                copy.write(chunk)
            copy.flush()
            yield Path(copy.name)


def sha256_of(chunks: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
