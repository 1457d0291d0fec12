"""Registrations as a table for the organizers, in which nothing is taken for a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from content.formulas import harmless

from .registrations import Registration


def headings() -> list[str]:
    return [
        _("Name"), _("Mail address"), _("Organization"), _("Role"), _("Country"), _("Language"),
        _("What they need to take part"), _("State"), _("Registered on"), _("Agreed on"),
    ]  # fmt: skip


def rows(registrations: QuerySet[Registration]) -> Iterator[list[str]]:
    yield headings()
    for row in registrations.iterator(chunk_size=500):
        yield [
            row.name,
            row.email,
            row.organization,
            row.role,
            row.country_name(),
            row.language,
            row.access_needs,
            str(row.get_state_display()),
            f"{timezone.localtime(row.created_at):%Y-%m-%d %H:%M}",
            f"{timezone.localtime(row.consented_at):%Y-%m-%d %H:%M}",
        ]


def csv_lines(table: Iterable[list[str]]) -> Iterator[bytes]:
    """UTF-8 with a mark at the start, without which Excel guesses the encoding."""
    yield b"\xef\xbb\xbf"
    for row in table:
        line = io.StringIO()
        csv.writer(line, quoting=csv.QUOTE_ALL).writerow([harmless(text) for text in row])
        yield line.getvalue().encode()


def xlsx_file(table: Iterable[list[str]]) -> BinaryIO:
    """Written to a file on disk row by row. Every cell is text, whatever it begins with.

    The library is imported late: it takes 5 MiB, and only organizers ask for such a table.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Registrations")[:31])
    for row in table:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value="")
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(target)
    target.seek(0)
    return target
