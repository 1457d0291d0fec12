"""The files in which a citation can be had."""

from collections.abc import Callable
from dataclasses import dataclass

from .bibtex import bibtex
from .citation import Citation
from .csl import csl_json
from .ris import ris


@dataclass(frozen=True)
class CitationFormat:
    """`extension` has no dot and is the last part of the address; `label` is the format's own name."""

    extension: str
    label: str
    content_type: str
    write: Callable[[Citation], str]


CITATION_FORMATS = {
    form.extension: form
    for form in (
        CitationFormat("bib", "BibTeX", "application/x-bibtex", bibtex),
        CitationFormat("ris", "RIS", "application/x-research-info-systems", ris),
        CitationFormat("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    )
}
