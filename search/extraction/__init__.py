"""Plain text of attached files, for search.

Nobody vouches for these files, so they are parsed in a process of their own, never in the caller's.

This package imports neither Django nor the rest of the project, so that the worker starts fast.
"""

from search.extraction.extractor import extract_text
from search.extraction.records import (
    DEFAULT_LIMITS,
    EXTENSIONS,
    EXTRACTOR_VERSION,
    MEDIA_EXTENSIONS,
    Extraction,
    Limits,
    Outcome,
)

__all__ = [
    "DEFAULT_LIMITS", "EXTENSIONS", "EXTRACTOR_VERSION", "MEDIA_EXTENSIONS", "Extraction", "Limits", "Outcome",
    "extract_text",
]  # fmt: skip
