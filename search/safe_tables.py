"""Tables of reports that spreadsheets open without harm."""

from collections.abc import Iterable, Iterator

from wagtail.admin.views.reports import ReportView

from content.formulas import harmless

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class SafeTables(ReportView):
    """A report whose CSV and XLSX hold no formulas and no characters that a spreadsheet does not know."""

    def stream_csv(self, queryset: Iterable) -> Iterator[bytes]:
        """With a mark at the start, without which Excel guesses the encoding."""
        yield BYTE_ORDER_MARK
        yield from super().stream_csv(queryset)

    def preprocess_field_value(self, field: str, value: object, export_format: str) -> object:
        value = super().preprocess_field_value(field, value, export_format)
        if not isinstance(value, str):
            return value
        if export_format == self.FORMAT_CSV:
            return harmless(value)
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # imported late: it takes 5 MiB

        return ILLEGAL_CHARACTERS_RE.sub("", value)
