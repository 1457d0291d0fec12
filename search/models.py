"""What is searched, in readable form: highlights are cut from it and every engine's index is made from it."""

from django.db import models

from catalog.models import CatalogEntry

from .stemming.letters import plain


class SearchText(models.Model):
    """The plain text of one entry, by field."""

    entry = models.OneToOneField(CatalogEntry, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    language = models.CharField(max_length=10, db_index=True)
    title = models.TextField()
    summary = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    body = models.TextField(blank=True)
    files = models.TextField(blank=True)


class SearchDocument(models.Model):
    """What ranking, filters and counts need of one entry: small, because a search reads it of every match.

    `facets` has a line "name=value" for each value. `published` is in microseconds, `expires` in seconds since 1970;
    `identifier` is the import id, if there is one.
    """

    entry = models.OneToOneField(
        CatalogEntry, on_delete=models.CASCADE, primary_key=True, related_name="search_document"
    )
    work = models.UUIDField()
    language = models.CharField(max_length=10)
    published = models.BigIntegerField(default=0)
    expires = models.BigIntegerField(null=True)
    facets = models.TextField()
    identifier = models.CharField(max_length=255, blank=True)

    @classmethod
    def of(cls, entry: CatalogEntry) -> "SearchDocument":
        facets = {f"{name}={value[:100]}" for name, values in entry.record.facets.items() for value in values}
        return cls(
            entry=entry,
            work=entry.work,
            language=entry.language,
            published=int(entry.published_at.timestamp() * 1_000_000) if entry.published_at else 0,
            expires=int(entry.expires_at.timestamp()) if entry.expires_at else None,
            facets="\n".join(sorted(facets)),
            identifier=entry.record.identifier[:255],
        )


class FileText(models.Model):
    """The text found in an attached file, kept until the file changes."""

    file_id = models.BigIntegerField(primary_key=True)
    sha256 = models.CharField(max_length=64)
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
