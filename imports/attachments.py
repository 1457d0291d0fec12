"""Files to take along: checked like an upload, stored once for each content."""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files import File as OpenFile

from content.files import CHUNK_SIZE, sha256_of
from content.models import File
from content.uploads import check_file, safe_name
from taxonomy.models import License

from .editions import Edition, FileLine
from .local_files import local_file
from .refusals import Refused
from .storing import store
from .vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that has passed the checks and is ready to be stored."""

    path: Path
    line: FileLine
    license: License | None
    sha256: str


def checked_attachments(edition: Edition, vocabulary: Vocabulary) -> list[Attachment]:
    """Each content once. Raises `Refused`."""
    found = {}
    for line in edition.files or ():
        path = local_file(edition.folder, line.path)
        code = line.license or edition.license
        license = vocabulary.license(code) if code else None
        try:
            with path.open("rb") as stream:
                upload = OpenFile(stream, name=safe_name(path.name))
                check_file(upload)
                sha256 = sha256_of(upload.chunks(CHUNK_SIZE))
        except ValidationError as error:
            raise Refused(f'The file "{line.path[:100]}" cannot be taken in: {" ".join(error.messages)}') from None
        except OSError as error:
            raise Refused(f'The file "{line.path[:100]}" cannot be read: {error.strerror}.') from None
        found.setdefault(sha256, Attachment(path, line, license, sha256))
    return list(found.values())


def stored_file(attachment: Attachment, stored: list, warnings: list[str]) -> File:
    """The file with this content that is there already, or a new one, which is added to `stored`."""
    line = attachment.line
    same = list(File.objects.filter(sha256=attachment.sha256).select_related("license").order_by("pk")[:20])
    if same:
        best = max(same, key=lambda file: (file.license == attachment.license, file.language == line.language))
        if differs(best, attachment):
            warnings.append(
                f'The content of "{line.path[:100]}" is here already, as "{best.title[:100]}". '
                "That file was attached, and what is said about it stays."
            )
        return best
    with attachment.path.open("rb") as stream:
        name = safe_name(attachment.path.name)
        file = File(
            title=line.title or attachment.path.stem[:255],
            file=OpenFile(stream, name=name),
            language=line.language,
            description=line.description,
            **({"license": attachment.license} if attachment.license else {}),
        )
        return store(file, stored)


def differs(file: File, attachment: Attachment) -> bool:
    line = attachment.line
    return bool(
        (line.title and line.title != file.title)
        or (line.language and line.language != file.language)
        or (attachment.license and attachment.license != file.license)
        or (line.description and line.description != file.description)
    )
