"""What earlier runs brought in, looked up for many lines at once."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType

from .models import ImportedEdition
from .page_types import PAGE_TYPES

WORK_NAMESPACE = UUID("0d9f4a52-5a0e-5c56-8a5b-6f1d5a7f2b93")


@dataclass(slots=True)
class KnownEdition:
    """A row of `ImportedEdition` with what the decision needs of its page; `page_id` is None for a deleted page."""

    pk: int
    import_id: str
    language: str
    digest: str
    revision_id: int
    is_source: bool
    published: bool
    page_id: int | None
    work: UUID | None
    kind: str
    is_live: bool
    latest_revision_id: int | None
    live_revision_id: int | None

    @property
    def is_edited(self) -> bool:
        """Whether somebody has written a later revision here, or taken offline what the import made public."""
        return self.latest_revision_id != self.revision_id or (self.published and not self.is_live)

    @property
    def waits_for_publishing(self) -> bool:
        return not self.is_edited and self.live_revision_id != self.revision_id


FIELDS = {
    "pk": "pk",
    "import_id": "import_id",
    "language": "language",
    "digest": "digest",
    "revision_id": "revision_id",
    "is_source": "is_source",
    "published": "published",
    "page_id": "page_id",
    "work": "page__translation_key",
    "kind": "page__content_type_id",
    "is_live": "page__live",
    "latest_revision_id": "page__latest_revision_id",
    "live_revision_id": "page__live_revision_id",
}


class KnownEditions:
    """Of some import ids, all languages: one query."""

    def __init__(self, import_ids: set[str]) -> None:
        self._rows: dict[str, dict[str, KnownEdition]] = {}
        self.load(import_ids)

    def load(self, import_ids: set[str]) -> None:
        kinds = {ContentType.objects.get_for_model(model).pk: kind for kind, model in PAGE_TYPES.items()}
        for import_id in import_ids:
            self._rows[import_id] = {}
        rows = ImportedEdition.objects.filter(import_id__in=import_ids).values_list(*FIELDS.values())
        for row in rows:
            values = dict(zip(FIELDS, row, strict=True))
            known = KnownEdition(**{**values, "kind": kinds.get(values["kind"], "")})
            self._rows[known.import_id][known.language] = known

    def edition(self, import_id: str, language: str) -> KnownEdition | None:
        return self._rows[import_id].get(language)

    def siblings(self, import_id: str, language: str) -> list[KnownEdition]:
        """The editions in other languages that still have a page."""
        return [row for code, row in self._rows[import_id].items() if code != language and row.page_id]

    def other_languages(self, import_id: str, language: str) -> set[str]:
        return set(self._rows[import_id]) - {language}

    def work(self, import_id: str) -> UUID:
        """The translation key that the editions of this id share, or the one that they will share."""
        rows = [row for row in self._rows[import_id].values() if row.page_id]
        source = next((row for row in rows if row.is_source), rows[0] if rows else None)
        return source.work if source else uuid5(WORK_NAMESPACE, import_id)
