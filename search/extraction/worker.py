"""The other process: `python -I worker.py EXTENSION LIMITS-AS-JSON < file`.

Writes outcome, detail and text to standard output, a line feed between them.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from pkgutil import resolve_name
from typing import BinaryIO

if __name__ == "__main__":
    # Isolated mode leaves the project out of the import path.
    sys.path.append(str(Path(__file__).resolve().parents[2]))

from search.extraction.normalization import has_words, normalized, one_line
from search.extraction.records import Extraction, Limits, Outcome, Refusal
from search.extraction.restrictions import restrict

# Yields pieces of text in reading order and appends to the list what the editors should know.
Reader = Callable[[BinaryIO, Limits, list[str]], Iterator[str]]

# Imported by name, so that a PDF does not load the XML parser nor the other way round.
READERS = {
    "csv": "search.extraction.text_reader:read",
    "docx": "search.extraction.docx_reader:read",
    "epub": "search.extraction.epub_reader:read",
    "html": "search.extraction.html_reader:read",
    "md": "search.extraction.text_reader:read",
    "odp": "search.extraction.opendocument_reader:read_presentation",
    "ods": "search.extraction.opendocument_reader:read_spreadsheet",
    "odt": "search.extraction.opendocument_reader:read_text",
    "pdf": "search.extraction.pdf_reader:read",
    "pptx": "search.extraction.pptx_reader:read",
    "txt": "search.extraction.text_reader:read",
    "vtt": "search.extraction.text_reader:read_captions",
    "xlsx": "search.extraction.xlsx_reader:read",
}


def reader_for(extension: str) -> Reader:
    return resolve_name(READERS[extension])


def main(extension: str, limits_json: str) -> None:
    limits = Limits(**json.loads(limits_json))
    restrict(limits)
    extraction = extraction_by(reader_for(extension), sys.stdin.buffer, limits)
    answer = f"{extraction.outcome}\n{one_line(extraction.detail)}\n{extraction.text}"
    sys.stdout.buffer.write(answer.encode())
    sys.stdout.buffer.flush()


def extraction_by(reader: Reader, stream: BinaryIO, limits: Limits) -> Extraction:
    notes: list[str] = []
    try:
        text = normalized(_bounded(reader(stream, limits, notes), 2 * limits.characters, notes))
    except Refusal as refusal:
        return Extraction(refusal.outcome, detail=refusal.detail)
    except MemoryError:
        return Extraction(Outcome.TOO_LARGE, detail="out of memory")
    except Exception as error:  # Parsers raise whatever a damaged file makes them stumble over.
        return Extraction(Outcome.BROKEN, detail=f"{type(error).__name__}: {error}")
    if not has_words(text):
        return Extraction(Outcome.EMPTY, detail="; ".join(notes))
    if len(text) > limits.characters:
        text = text[: limits.characters].rstrip()
        notes.append(f"text cut at {limits.characters} characters")
    return Extraction(Outcome.OK, text, "; ".join(notes))


def _bounded(pieces: Iterable[str], characters: int, notes: list[str]) -> str:
    """Stops reading once there is enough; the margin over the limit is what normalization may shrink."""
    kept: list[str] = []
    for piece in pieces:
        kept.append(piece[:characters])
        characters -= len(piece)
        if characters <= 0:
            notes.append("not read to the end")
            break
    return "".join(kept)


if __name__ == "__main__":
    main(*sys.argv[1:])
