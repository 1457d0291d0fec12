"""The catalog: one row for every page that readers may see, written when it is published."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from content.publication import Publication

from .kinds import Kind, kind_named, searchable_kinds
from .record import Record


class EntryQuerySet(models.QuerySet["CatalogEntry"]):
    def public(self, now: datetime | None = None) -> "EntryQuerySet":
        """What readers may see at this moment, or at another: not withdrawn, not past its expiry."""
        now = now or timezone.now()
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now), withdrawn_at=None)

    def in_language(self, language: str) -> "EntryQuerySet":
        return self.filter(language=language)

    def of_kind(self, kind: str) -> "EntryQuerySet":
        return self.filter(kind=kind)

    def searchable(self) -> "EntryQuerySet":
        return self.filter(kind__in=searchable_kinds())

    def newest_first(self) -> "EntryQuerySet":
        return self.order_by("-published_at", "-pk")

    def with_facet(self, name: str, values: list[str]) -> "EntryQuerySet":
        return self.filter(pk__in=EntryFacet.objects.filter(name=name, value__in=values).values("entry_id"))

    def without_publication(self) -> "EntryQuerySet":
        return self.defer("publication_data", "markup")

    def with_record(self) -> "EntryQuerySet":
        """What tells entries apart, where they are and what lists are told: nothing of how they are shown is read."""
        return self.defer("publication_data", "card", "markup")


class Place(models.TextChoices):
    """Where every page of the site links to an entry."""

    MENU = "menu"
    FOOTER = "footer"


class CatalogEntry(models.Model):
    """One edition. A withdrawn one stays as a tombstone without content, so that its address can answer 410.

    `source` is the fingerprint of the page's row that the entry was made of (`comparing.fingerprint`);
    `version` counts how often the entry was looked at, so that a slow writer notices a faster one.
    `digest` is of the content; empty once a withdrawn entry has been emptied and forgotten by search.
    `begins_at` and `ends_at` are of what takes place at a time, to be sorted by.
    `expires_at` is when the page, or the first of the parts it shows, expires.
    `card` and `markup` are HTML that is the same for every reader of this edition (`markup.py`).
    """

    page_id = models.BigIntegerField(unique=True)
    work = models.UUIDField(db_index=True)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    path = models.CharField(max_length=1000, db_index=True)
    tree_path = models.CharField(max_length=255, db_index=True)
    title = models.CharField(max_length=255)
    place = models.CharField(max_length=10, choices=Place.choices, blank=True)
    record_data = models.JSONField()
    publication_data = models.JSONField()
    card = models.TextField(blank=True)
    markup = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=32, blank=True)
    version = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalog entry")
        verbose_name_plural = _("catalog entries")
        indexes = [
            models.Index(
                fields=["language", "kind", "-published_at", "-id"],
                name="catalog_listing",
                condition=Q(withdrawn_at=None),
            ),
            models.Index(
                fields=["language", "-published_at", "-id"], name="catalog_newest", condition=Q(withdrawn_at=None)
            ),
            models.Index(
                fields=["language", "kind", "expires_at"], name="catalog_counts", condition=Q(withdrawn_at=None)
            ),
            models.Index(
                fields=["language", "place", "tree_path"], name="catalog_places", condition=Q(withdrawn_at=None)
            ),
            # All that sorting by time reads, so that no row is looked up for it.
            models.Index(
                fields=["language", "kind", "ends_at", "begins_at", "expires_at", "withdrawn_at"],
                name="catalog_by_time",
                condition=Q(withdrawn_at=None),
            ),
            # Hidden, but not yet forgotten by search: few at any time.
            models.Index(fields=["id"], name="catalog_hidden", condition=Q(withdrawn_at__isnull=False) & ~Q(digest="")),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    @cached_property
    def record(self) -> Record:
        return Record.from_json(self.record_data)

    @cached_property
    def publication(self) -> Publication:
        return Publication.from_json(self.publication_data)

    @property
    def kind_info(self) -> Kind:
        return kind_named(self.kind)

    @property
    def is_public(self) -> bool:
        return self.withdrawn_at is None and (self.expires_at is None or self.expires_at > timezone.now())


class EntryFacet(models.Model):
    """One value of one facet of an entry."""

    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=30)
    value = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["name", "value", "entry"], name="facet_lookup")]


class EntryLink(models.Model):
    """A relation from an entry to a work, kept so that the other side can show it too."""

    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=30)
    work = models.UUIDField(db_index=True)


class EntryAsset(models.Model):
    """A file or picture that an entry shows; what no public entry shows is not served to readers.

    `is_private`: in a collection for some readers only, so the entry's record leaves it out.
    """

    class Type(models.TextChoices):
        FILE = "file"
        PICTURE = "picture"

    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="assets")
    type = models.CharField(max_length=10, choices=Type.choices)
    object_id = models.BigIntegerField()
    is_private = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["type", "object_id"], name="asset_lookup")]


class EntryReference(models.Model):
    """Something that the published text or fields refer to; `model` as in "wagtailcore.page".

    Wagtail's reference index is brought up to date by a task and forgets what refers to a deleted page.
    """

    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="references")
    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["model", "object_id"], name="reference_lookup")]


class EntryPart(models.Model):
    """The address of a part (a module, a unit) that is read inside its work's entry.

    `work` is the part's translation key, `source` the fingerprint of its page.
    """

    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="parts")
    path = models.CharField(max_length=1000, db_index=True)
    anchor = models.CharField(max_length=100)
    page_id = models.BigIntegerField(default=0, db_index=True)
    work = models.UUIDField(null=True)
    source = models.CharField(max_length=32, blank=True)


class GoneAddress(models.Model):
    """Where a part used to be read that has been withdrawn: answered with 410."""

    entry = models.ForeignKey(CatalogEntry, on_delete=models.CASCADE, related_name="gone_addresses")
    path = models.CharField(max_length=1000, db_index=True)
    page_id = models.BigIntegerField()


class DirtyPage(models.Model):
    """A page whose entry must be looked at again; written in the transaction that changed the page.

    `deferred`: left to the worker or the scheduled check, because there were many or the page could not be described.
    """

    page_id = models.BigIntegerField()
    tree_path = models.CharField(max_length=255)
    deferred = models.BooleanField(default=False, db_index=True)
    marked_at = models.DateTimeField(auto_now_add=True)


class DownloadCount(models.Model):
    """How often something was taken on one day. Nothing about who took it.

    `item` is "work/" with a work id, or "file/" with a file id.
    """

    item = models.CharField(max_length=60)
    format = models.CharField(max_length=20)
    language = models.CharField(max_length=10, blank=True)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "format", "language", "day"], name="one_count_per_day")]
