"""Pictures and files of the demonstration. What is stored already is found by its digest and used again."""

import hashlib

from django.core.files.base import ContentFile

from content.models import File, Picture

from .pictures import draw
from .vocabulary import license_named
from .works import FILES, Work

CREDIT = "Inclusion Commons, CC0 1.0"


def picture_for(work: Work) -> Picture:
    motif, seed = work.data["picture"]["motif"], work.data["picture"]["seed"]
    content = draw(motif, seed)
    digest = hashlib.sha1(content).hexdigest()  # noqa: S324 - Wagtail's digest of pictures, not a signature
    known = Picture.objects.filter(file_hash=digest).first()
    if known:
        return known
    return Picture.objects.create(
        title=f"{motif.capitalize()} {seed}",
        description=work.edition(work.data["source"])["picture_alt"],
        credit=CREDIT,
        file=ContentFile(content, name=f"{work.slug}.jpg"),
        file_size=len(content),
        file_hash=digest,
    )


def files_for(work: Work, language: str) -> list[File]:
    """The files of one edition: title and description are in its language, whatever the language inside."""
    return [_file(data, language, work.data["source"]) for data in work.data.get("files", [])]


def _file(data: dict, language: str, source: str) -> File:
    content = (FILES / data["file"]).read_bytes()
    title = data["title"].get(language) or data["title"][source]
    known = File.objects.filter(sha256=hashlib.sha256(content).hexdigest(), title=title).first()
    if known:
        return known
    file = File(
        title=title,
        description=data["description"].get(language) or data["description"][source],
        language=data["language"],
        license=license_named(data["license"]),
    )
    # A folder for each language, because the stored name is the one that readers receive.
    file.file.save(f"{language}/{data['file']}", ContentFile(content), save=False)
    file.sha256, file.file_size = hashlib.sha256(content).hexdigest(), len(content)
    file.save()
    return file
