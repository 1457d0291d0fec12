"""One worksheet in one format. The same text gives the same bytes each time: files are found again by their digest."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import PurePath

from exports.pdf import has_pango

from .docx_file import as_docx
from .odt_file import as_odt
from .pdf_file import as_pdf
from .text import Block, parse

FORMATS: dict[str, Callable[[list[Block], str, str], bytes]] = {".docx": as_docx, ".odt": as_odt, ".pdf": as_pdf}


def can_be_made(name: str) -> bool:
    return has_pango() or not name.endswith(".pdf")


@lru_cache(maxsize=16)
def make_worksheet(name: str, text: str, language: str, source: str) -> bytes:
    """The content of the file `name`, whose ending says the format; `source` is printed at the end.

    Kept for a while, because all editions of a work take the same files. Raises KeyError for another format.
    """
    return FORMATS[PurePath(name).suffix](parse(text), language, source)
