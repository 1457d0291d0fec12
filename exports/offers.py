"""What a reader can take along of a resource, for the box on its page."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from catalog.models import CatalogEntry

from .attribution import acknowledgements, attribution_html, attribution_text
from .citing.apa import apa
from .citing.citation import citation_of
from .citing.formats import CITATION_FORMATS, CitationFormat
from .exporter import Exporter, exporters
from .keeping import size_of_kept


@dataclass(frozen=True)
class Offers:
    """Everything on demand: a template that shows less costs less."""

    entry: CatalogEntry

    @property
    def is_public(self) -> bool:
        """A draft or a page for some readers only has no downloads."""
        return self.entry.pk is not None

    @property
    def pdf(self) -> Exporter | None:
        exporter = exporters().get("pdf")
        return exporter if exporter and exporter.is_available() else None

    @property
    def pdf_size(self) -> int | None:
        """In bytes; None as long as nobody has asked for it."""
        return size_of_kept(self.entry, self.pdf) if self.pdf else None

    @property
    def files_size(self) -> int:
        return sum(file.size for file in self.entry.record.files)

    @property
    def attribution_text(self) -> str:
        return attribution_text(self.entry)

    @property
    def attribution_html(self) -> str:
        """As plain text: this is what is shown and copied."""
        return str(attribution_html(self.entry))

    @property
    def attribution(self) -> SafeString:
        return attribution_html(self.entry)

    @property
    def acknowledgements(self) -> list[str]:
        return acknowledgements(self.entry)

    @property
    def citation(self) -> str:
        return apa(citation_of(self.entry))

    @property
    def citation_formats(self) -> list[CitationFormat]:
        return list(CITATION_FORMATS.values())


def take_along(entry: CatalogEntry) -> Offers:
    return Offers(entry)
