"""PDF, by PDFium."""

from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
from pypdfium2 import raw

from search.extraction.records import Limits, Outcome, Refusal

PASSWORD_ERRORS = {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}


def read(stream: BinaryIO, limits: Limits, notes: list[str]) -> Iterator[str]:
    """A file that only restricts printing or copying opens without a password and is read."""
    document = _opened(stream.read())
    total = len(document)
    if total == 0:
        raise Refusal(Outcome.BROKEN, "PDF without pages")
    if total > limits.pages:
        notes.append(f"read {limits.pages} of {total} pages")
    pages = min(total, limits.pages)
    unreadable = 0
    silent = 0
    for index in range(pages):
        try:
            text = _page_text(document, index)
        except pypdfium2.PdfiumError:
            unreadable += 1
            continue
        silent += not text.strip()
        yield text
        yield "\n"
    if unreadable == pages:
        raise Refusal(Outcome.BROKEN, f"none of {pages} pages can be read")
    if unreadable:
        notes.append(f"{unreadable} of {pages} pages cannot be read")
    if silent:
        notes.append(f"{silent} of {pages} pages without text")


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in PASSWORD_ERRORS:
            raise Refusal(Outcome.ENCRYPTED, "PDF with a password or an unknown protection") from None
        raise Refusal(Outcome.BROKEN, f"not a readable PDF: {error}") from None


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            # The bounded call is the one that knows characters beyond U+FFFF; it leaves out what lies off the page.
            return textpage.get_text_bounded()
        finally:
            textpage.close()
    finally:
        page.close()
