"""Everything about a line that can be found out before anything is written."""

from dataclasses import dataclass, field

from django.utils.translation import gettext, override

from taxonomy.models import Concept, License

from .attachments import Attachment, checked_attachments
from .blocks import convert
from .content import Content
from .editions import Edition
from .links import Link
from .local_files import fingerprint
from .oddities import oddities_in
from .page_fields import FieldReader, PageFields
from .page_types import PAGE_TYPES
from .pictures import check_pictures
from .refusals import Refused
from .values import Notes
from .vocabulary import Vocabulary


@dataclass(slots=True)
class Prepared:
    """An edition with all that it names found and checked; None stands for a key that the line does not have.

    `open_links` are those that must wait for another work. `replaces_counts`: an update may write over figures.
    """

    edition: Edition
    content: Content | None = None
    topics: list[Concept] | None = None
    countries: list[Concept] | None = None
    license: License | None = None
    attachments: list[Attachment] | None = None
    fields: PageFields = field(default_factory=PageFields)
    open_links: list[Link] = field(default_factory=list)
    replaces_counts: bool = False
    warnings: Notes = field(default_factory=Notes)


def digest_of(edition: Edition) -> str:
    """The digest of the line and of the files that it names, as they are now. Raises `Refused` for hostile HTML."""
    names = [file.path for file in edition.files or ()]
    if "<img" in (edition.html or "").lower():
        names += [source.address for source in convert(edition.html).pictures if not source.is_inline]
    return edition.digest(tuple(fingerprint(edition.folder, name) for name in names))


def prepare(edition: Edition, vocabulary: Vocabulary) -> Prepared:
    """Raises `Refused`."""
    prepared = Prepared(edition, warnings=Notes(edition.notes))
    if edition.html is not None:
        prepared.content = convert(edition.html)
        prepared.warnings += [*prepared.content.warnings, *oddities_in(prepared.content, edition.html)]
    read_fields(prepared, vocabulary)
    if prepared.content is not None:
        before = len(prepared.content.warnings)
        check_pictures(prepared.content, edition.folder)
        prepared.warnings += prepared.content.warnings[before:]
    if edition.license:
        prepared.license = vocabulary.license(edition.license)
        if not hasattr(PAGE_TYPES[edition.kind], "license"):
            prepared.warnings.append(f"A page of the kind {edition.kind} carries no licence: it was left out.")
    if edition.topics is not None:
        prepared.topics, unknown = vocabulary.topics_named(edition.topics, edition.language)
        prepared.warnings += [f'The topic "{name}" is not known here.' for name in unknown]
    if edition.countries is not None:
        prepared.countries, unknown = vocabulary.countries_named(edition.countries, edition.language)
        prepared.warnings += [f'"{code}" is not the ISO code of a country.' for code in unknown]
    if edition.files is not None:
        prepared.attachments = checked_attachments(edition, vocabulary)
    return prepared


def read_fields(prepared: Prepared, vocabulary: Vocabulary) -> None:
    """What its kind has of its own; of texts that have no field of their own, the body gets them."""
    edition = prepared.edition
    model = PAGE_TYPES[edition.kind]
    reader = FieldReader(model, edition.id, edition.language, vocabulary, prepared.warnings)
    prepared.fields = reader.read(edition.more)
    if edition.kind == "event" and "start_date" not in prepared.fields.values:
        raise Refused('An event needs the day on which it begins ("start").')
    own = {field.name for field in model._meta.get_fields()}
    for name in [name for name in prepared.fields.bodies if name not in own or name in prepared.fields.values]:
        prepared.content = prepared.content or Content()
        if name == "outcomes":
            with override(edition.language):
                prepared.content.blocks.append(("heading", {"text": str(gettext("Outcomes")), "level": "2"}))
        prepared.content.blocks += prepared.fields.bodies.pop(name).blocks
    for content in prepared.fields.bodies.values():
        check_pictures(content, edition.folder)
