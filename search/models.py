"""What is searched, in readable form: highlights are cut from it and every engine's index is made from it."""

from django.db import models

from catalog.models import CatalogEntry
from content.models import File

from .asked import AskedInMonth, AskedToday, SearchDay
from .guidance import EditorsPick, PickedWork, Synonyms
from .stemming.letters import plain

__all__ = [
    "AskedInMonth", "AskedToday", "EditorsPick", "FileText", "PickedWork", "SearchDay", "SearchDocument", "SearchState",
    "SearchText", "SearchWork", "Synonyms", "Word",
]  # fmt: skip

# Between the texts of files; the first line of each is the file's title.
FILE_BREAK = "\f"


class SearchText(models.Model):
    """The plain text of one entry, by field.

    `parts` are the parts of a work that have pages of their own, in reading order: where each begins in `body`, its
    address and its title.
    """

    entry = models.OneToOneField(CatalogEntry, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    language = models.CharField(max_length=10, db_index=True)
    title = models.TextField()
    summary = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    body = models.TextField(blank=True)
    files = models.TextField(blank=True)
    parts = models.JSONField(default=list)
    number = models.BigIntegerField()
    identifier = models.CharField(max_length=255, blank=True)


class SearchWork(models.Model):
    """The number by which search knows a work: small, because bitmaps are made of them; and how often it was taken."""

    number = models.BigAutoField(primary_key=True)
    work = models.UUIDField(unique=True)
    downloads = models.PositiveBigIntegerField(default=0)


class SearchState(models.Model):
    """One row. `token` is of this index; `mark` counts its changes (on SQLite; PostgreSQL counts transactions).

    `guidance` is another text after each change of what editors tell search, `counted` after each count of downloads.
    """

    token = models.CharField(max_length=32)
    mark = models.BigIntegerField(default=0)
    guidance = models.CharField(max_length=32, blank=True)
    counted = models.CharField(max_length=32, blank=True)


class SearchDocument(models.Model):
    """What filters and counts need of the edition of a work in a language; without an entry (0) it is gone.

    `facets` has a line "name=value" for each value. `published` is in microseconds, `expires` in seconds since 1970.
    `changed` is the mark of the last change (`marks.py`). It was made with this version of the `analysis`, from an
    entry with this `digest`.
    """

    number = models.BigIntegerField()
    language = models.CharField(max_length=10)
    entry_id = models.BigIntegerField(default=0, db_index=True)
    published = models.BigIntegerField(default=0)
    expires = models.BigIntegerField(null=True)
    facets = models.TextField(blank=True)
    changed = models.BigIntegerField(default=0, db_index=True)
    analysis = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "language"], name="one_document_per_edition")]


class FileText(models.Model):
    """The text found in an attached file, kept until the file changes.

    It is of the file as it is now while `sha256` is the file's own. Rows from before versions were counted have the
    version 1 and no time.
    """

    wagtail_reference_index_ignore = True

    file = models.OneToOneField(
        File, on_delete=models.CASCADE, primary_key=True, related_name="found_text", db_constraint=False
    )
    sha256 = models.CharField(max_length=64)
    extractor_version = models.PositiveSmallIntegerField(default=1)
    read_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20)
    detail = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)


# From this length on a misspelt word is looked for by its beginning and ending; what is meant may be a letter shorter.
LONG_WORD = 8


class Word(models.Model):
    """A word that readers may have meant, with the stem under which the index knows it.

    `plain` is its spelling without accents. `beginning` and `ending` of a long word are a few letters of that, and
    its length.
    """

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)
    plain = models.CharField(max_length=120)
    beginning = models.CharField(max_length=8, blank=True)
    ending = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_row_per_word")]
        indexes = [
            models.Index(fields=[field, "language"], name=f"word_{field}") for field in ("plain", "beginning", "ending")
        ]

    @classmethod
    def of(cls, word: str, stem: str, language: str) -> "Word":
        spelling = plain(word)
        is_long = len(spelling) >= LONG_WORD - 1
        return cls(
            language=language,
            word=word,
            stem=stem,
            plain=spelling,
            beginning=beginning_key(spelling, len(spelling)) if is_long else "",
            ending=ending_key(spelling, len(spelling)) if is_long else "",
        )


def beginning_key(spelling: str, length: int) -> str:
    """What long words of `length` letters that begin like this one share."""
    return f"{spelling[: key_letters(length)]}{length}"


def ending_key(spelling: str, length: int) -> str:
    return f"{spelling[-key_letters(length) :]}{length}"


def key_letters(length: int) -> int:
    """So many that one mistake leaves a beginning or an ending of that size whole, and not too many words share it."""
    return max(4, min(6, (length - 1) // 2))


class SendingQuerySet(models.QuerySet["SearchSending"]):
    def pending(self) -> "SendingQuerySet":
        return self.filter(sent__lt=models.F("version"))


class SearchSending(models.Model):
    """How far a search server knows an edition: of `version`, which goes up with each change, it has `sent`."""

    number = models.BigIntegerField()
    language = models.CharField(max_length=10)
    version = models.BigIntegerField(default=0)
    sent = models.BigIntegerField(default=0)

    objects = SendingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "language"], name="one_sending_per_edition")]
        indexes = [models.Index("id", condition=models.Q(sent__lt=models.F("version")), name="search_pending")]
