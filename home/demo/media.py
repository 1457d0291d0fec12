"""Pictures and files of the demonstration. What is stored already is found by its digest and used again."""

import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import PurePath
from typing import TypeVar

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images.models import Filter

from content.models import File, Picture, Rendition
from pages.describing import CARD_FILTERS, PAGE_FILTERS
from search.extraction import DEFAULT_LIMITS, Extraction
from search.extraction.worker import extraction_by, reader_for
from search.indexing import as_stored
from search.models import FileText
from taxonomy.vocabulary import read

from .pictures import draw
from .vocabulary import license_named
from .works import FILES, Work
from .worksheets import can_be_made, make_worksheet

CREDIT = "Inclusion Commons, CC0 1.0"

Made = TypeVar("Made")

# What another process is making, by function and arguments.
_ahead: dict[tuple, Future] = {}

# A picture and its renditions, by filter.
Drawn = tuple[bytes, dict[str, bytes]]
# A file and what can be read in it.
Written = tuple[bytes, Extraction]


@contextmanager
def made_ahead(works: Iterable[Work]) -> Iterator[None]:
    """Have pictures and worksheets of these works made by a process of their own meanwhile. Needs no database."""
    if _ahead or "fork" not in multiprocessing.get_all_start_methods():
        yield
        return
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork"), os.nice, (10,)) as studio:
        for work in works:
            wanted = [(drawn, *motif_of(work))]
            wanted += [
                (written, *worksheet(data, work))
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


def made(function: Callable[..., Made], *arguments: object) -> Made:
    task = (function, *arguments)
    return _ahead[task].result() if task in _ahead else function(*arguments)


def drawn(motif: str, seed: int) -> Drawn:
    content = draw(motif, seed)
    with Image.open(BytesIO(content)) as image:
        picture = Picture(width=image.width, height=image.height, collection_id=None)
    renditions = {}
    for name in (*PAGE_FILTERS, *CARD_FILTERS):
        output = BytesIO()
        Filter(name).run(picture, output, source=BytesIO(content))
        renditions[name] = output.getvalue()
    return content, renditions


def written(name: str, text: str, language: str, source: str) -> Written:
    content = make_worksheet(name, text, language, source)
    return content, read_in(content, name)


def read_in(content: bytes, name: str) -> Extraction:
    """In this process, unlike what people upload: the file is our own, and a process for each would take longer
    than all the rest."""
    return extraction_by(reader_for(PurePath(name).suffix[1:]), BytesIO(content), DEFAULT_LIMITS)


def motif_of(work: Work) -> tuple[str, int]:
    return work.data["picture"]["motif"], work.data["picture"]["seed"]


def picture_for(work: Work) -> Picture:
    motif, seed = motif_of(work)
    content, renditions = made(drawn, motif, seed)
    digest = hashlib.sha1(content).hexdigest()  # noqa: S324 - Wagtail's digest of pictures, not a signature
    known = Picture.objects.filter(file_hash=digest).first()
    if known:
        return known
    picture = Picture.objects.create(
        title=f"{motif.capitalize()} {seed}",
        description=work.edition(work.data["source"])["picture_alt"],
        credit=CREDIT,
        file=ContentFile(content, name=f"{work.slug}.jpg"),
        file_size=len(content),
        file_hash=digest,
    )
    picture.renditions.bulk_create(
        Rendition(image=picture, filter_spec=name, file=ContentFile(data, name=f"{work.slug}.{name}.jpg"))
        for name, data in renditions.items()
    )
    return picture


def files_for(work: Work, language: str) -> list[File]:
    """The files of one edition: title and description are in its language, whatever the language inside."""
    files = [data for data in work.data.get("files", []) if can_be_made(data["file"]) or not is_made(data)]
    return [_file(data, work, language) for data in files]


def is_made(data: dict) -> bool:
    """Whether the file is made from a text rather than kept as it is."""
    return not (FILES / data["file"]).exists()


def written_for(data: dict, work: Work) -> Written:
    """A file without a copy in the repository is made from the text of the same name in the folder of its work."""
    if is_made(data):
        return made(written, *worksheet(data, work))
    content = (FILES / data["file"]).read_bytes()
    return content, read_in(content, data["file"])


def worksheet(data: dict, work: Work) -> tuple[str, str, str, str]:
    """What `written` takes."""
    name, inside = data["file"], data["language"]
    title = work.edition(inside if inside in work.languages else work.data["source"])["title"]
    source = f"{title} · Inclusion Commons · {data['license']} · {license_addresses()[data['license']]}"
    return name, work.text(f"{PurePath(name).stem}.txt"), inside, source


@cache
def license_addresses() -> dict[str, str]:
    return {row["code"]: row["uri"] for row in read("licenses.json")}


def _file(data: dict, work: Work, language: str) -> File:
    (content, inside), source = written_for(data, work), work.data["source"]
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
    FileText(file=file, **as_stored(inside, file.sha256)).save(force_insert=True)
    return file
