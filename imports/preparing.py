"""Everything about a line that can be found out before anything is written."""

from dataclasses import dataclass, field

from taxonomy.models import Concept, License

from .attachments import Attachment, checked_attachments
from .blocks import convert
from .content import Content
from .editions import Edition
from .local_files import fingerprint
from .page_types import PAGE_TYPES
from .pictures import check_pictures
from .vocabulary import Vocabulary


@dataclass(slots=True)
class Prepared:
    """An edition with all that it names found and checked; None stands for a key that the line does not have."""

    edition: Edition
    content: Content | None = None
    topics: list[Concept] | None = None
    countries: list[Concept] | None = None
    license: License | None = None
    attachments: list[Attachment] | None = None
    warnings: list[str] = field(default_factory=list)


def digest_of(edition: Edition) -> str:
    """The digest of the line and of the files that it names, as they are now. Raises `Refused` for hostile HTML."""
    names = [file.path for file in edition.files or ()]
    if "<img" in (edition.html or "").lower():
        names += [source.address for source in convert(edition.html).pictures if not source.is_inline]
    return edition.digest(tuple(fingerprint(edition.folder, name) for name in names))


def prepare(edition: Edition, vocabulary: Vocabulary) -> Prepared:
    """Raises `Refused`."""
    prepared = Prepared(edition)
    if edition.html is not None:
        prepared.content = convert(edition.html)
        check_pictures(prepared.content, edition.folder)
        prepared.warnings += prepared.content.warnings
    if edition.license:
        prepared.license = vocabulary.license(edition.license)
        if not hasattr(PAGE_TYPES[edition.kind], "license"):
            prepared.warnings.append(f"A page of the kind {edition.kind} carries no licence: it was left out.")
    if edition.topics is not None:
        prepared.topics, unknown = vocabulary.topics_named(edition.topics, edition.language)
        prepared.warnings += [f'The topic "{name}" is not known here.' for name in unknown]
    if edition.countries is not None:
        prepared.countries, unknown = vocabulary.countries_named(edition.countries)
        prepared.warnings += [f'"{code}" is not the ISO code of a country.' for code in unknown]
    if edition.files is not None:
        prepared.attachments = checked_attachments(edition, vocabulary)
    return prepared
