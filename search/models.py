"""What is searched, in readable form: highlights are cut from it and every engine's index is made from it."""

from django.db import models

from catalog.models import CatalogEntry
from content.models import File


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


class Word(models.Model):
    """A word that readers may have meant, with the stem under which the index knows it."""

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_row_per_word")]
