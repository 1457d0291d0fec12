"""What is searched, in readable form: highlights are cut from it and every engine's index is made from it."""

from django.db import models

from catalog.models import CatalogEntry


class SearchText(models.Model):
    """The plain text of one entry, by field."""

    entry = models.OneToOneField(CatalogEntry, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    language = models.CharField(max_length=10, db_index=True)
    title = models.TextField()
    summary = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    body = models.TextField(blank=True)
    files = models.TextField(blank=True)


class FileText(models.Model):
    """The text found in an attached file, kept until the file changes."""

    file_id = models.BigIntegerField(primary_key=True)
    sha256 = models.CharField(max_length=64)
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
