"""What goes into an extraction and what comes out of it."""

from dataclasses import dataclass
from enum import StrEnum

EXTRACTOR_VERSION = 2
"""Raise it when files read before should be read again: a new format, or a reader that finds more."""

EXTENSIONS = frozenset({"csv", "docx", "epub", "html", "md", "odp", "ods", "odt", "pdf", "pptx", "txt", "vtt", "xlsx"})
MEDIA_EXTENSIONS = frozenset({"gif", "jpeg", "jpg", "mp3", "mp4", "png", "webm", "webp"})
"""Pictures, sound and films: there is no text in them to be read."""


class Outcome(StrEnum):
    """How an extraction ended. The values are stable: they may be stored."""

    OK = "ok"
    """There is text. When it was cut or pages are missing, the detail says so."""
    EMPTY = "empty"
    """The file was read and holds no letters or digits, as a scan without text recognition does."""
    MEDIA = "media"
    """A picture, sound or a film, to which nobody expects text; the file was not opened."""
    UNSUPPORTED = "unsupported"
    """No reader exists for this extension; the file was not opened."""
    ENCRYPTED = "encrypted"
    """A password is needed."""
    BROKEN = "broken"
    """Damaged, not what the extension says, or it crashed the parser."""
    TOO_LARGE = "too_large"
    """The file, its unpacked content or the memory it takes is above the limits; archive bombs end here."""
    TIMEOUT = "timeout"
    """The parser did not finish within the wall-clock or processor time."""
    UNAVAILABLE = "unavailable"
    """The file could not be opened or the worker could not run: says nothing about the content, worth another try."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: float = 30.0
    cpu_seconds: int = 20
    memory_bytes: int = 1024**3
    """Address space of the worker, its interpreter and libraries (about 100 MB) included."""
    file_bytes: int = 100 * 1024**2
    unpacked_bytes: int = 100 * 1024**2
    """All the markup read from one archive. Pictures are never unpacked and do not count."""
    ratio: int = 250
    """Unpacked to packed size, asked of parts above 1 MiB. Dense but honest office XML stays below 100."""
    pages: int = 10_000
    """Of a PDF; slides, sheets and chapters likewise."""
    characters: int = 1_000_000


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Extraction:
    """`text` is normalized and empty unless the outcome is OK; `detail` is one short technical line, often empty."""

    outcome: Outcome
    text: str = ""
    detail: str = ""


class Refusal(Exception):
    """Raised by a reader that stops: the outcome it ends with, and why."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail
