"""Pictures and files of the demonstration. What is stored already is found by its digest and used again."""

import hashlib
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile

from content.models import File, Picture
from search.extraction import DEFAULT_LIMITS
from search.extraction.worker import extraction_by, reader_for
from search.indexing import as_stored
from search.models import FileText

from .pictures import draw
from .vocabulary import license_named
from .works import FILES, Work
from .worksheets import can_be_made, make_worksheet

CREDIT = "Inclusion Commons, CC0 1.0"


# What another process is making, by function and arguments.
_ahead: dict[tuple, Future[bytes]] = {}


@contextmanager
def made_ahead(works: Iterable[Work]) -> Iterator[None]:
    """Have pictures and worksheets of these works made by a process of their own while the works are added."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield
        return
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as studio:
        for work in works:
            picture = work.data["picture"]
            wanted = [(draw, picture["motif"], picture["seed"])]
            wanted += [
                (make_worksheet, *worksheet(data, work))
                for data in work.data.get("files", [])
                if is_made(data) and can_be_made(data["file"])
            ]
            for task in wanted:
                if task not in _ahead:
                    _ahead[task] = studio.submit(*task)
        try:
            yield
        finally:
            _ahead.clear()
            studio.shutdown(cancel_futures=True)


def made(function: Callable[..., bytes], *arguments: object) -> bytes:
    task = (function, *arguments)
    return _ahead[task].result() if task in _ahead else function(*arguments)


def picture_for(work: Work) -> Picture:
    motif, seed = work.data["picture"]["motif"], work.data["picture"]["seed"]
    content = made(draw, motif, seed)
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
    files = [data for data in work.data.get("files", []) if can_be_made(data["file"]) or not is_made(data)]
    return [_file(data, work, language) for data in files]


def is_made(data: dict) -> bool:
    """Whether the file is made from a text rather than kept as it is."""
    return not (FILES / data["file"]).exists()


def content_of(data: dict, work: Work) -> bytes:
    """A file without a copy in the repository is made from the text of the same name in the folder of its work."""
    if not is_made(data):
        return (FILES / data["file"]).read_bytes()
    return made(make_worksheet, *worksheet(data, work))


def worksheet(data: dict, work: Work) -> tuple[str, str, str, str]:
    """What `make_worksheet` takes."""
    name, inside = data["file"], data["language"]
    title = work.edition(inside if inside in work.languages else work.data["source"])["title"]
    source = f"{title} · Inclusion Commons · {data['license']} · {license_named(data['license']).uri}"
    return name, work.text(f"{PurePath(name).stem}.txt"), inside, source


def _file(data: dict, work: Work, language: str) -> File:
    content, source = content_of(data, work), work.data["source"]
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
    make_searchable(file, content)
    return file


def make_searchable(file: File, content: bytes) -> None:
    """Read the text now, so that it is found whether or not a worker runs.

    In this process, unlike what people upload: the file is our own, and a process for each would take longer
    than all the rest.
    """
    same = FileText.objects.filter(sha256=file.sha256).first()
    if same is None:
        found = extraction_by(reader_for(file.file_extension), BytesIO(content), DEFAULT_LIMITS)
        same = FileText(**as_stored(found, file.sha256))
    same.pk = file.pk
    same.save(force_insert=True)
