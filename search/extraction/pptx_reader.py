"""PPTX (ECMA-376, transitional and strict): slides in the order in which they are shown, each with its notes."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from search.extraction.archives import Archive
from search.extraction.drawing_text import DrawingText
from search.extraction.markup import SilentHandler, local_name, parse, text_pieces
from search.extraction.packages import main_part, relationship_id, relationships
from search.extraction.parts import texts_of
from search.extraction.records import Limits

POWERPOINT_TYPES = (
    "application/vnd.openxmlformats-officedocument.presentationml.",
    "application/vnd.ms-powerpoint.",
)
SLIDE = frozenset({"slide"})
# What belongs to a slide and is read after it. Layouts and masters hold placeholders.
BESIDES = frozenset({"diagramData", "notesSlide"})


class _SlideOrder(SilentHandler):
    """The ids of the slides' relationships."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local_name(tag) == "sldId":
            self.ids.append(relationship_id(attributes))


def read(stream: BinaryIO, limits: Limits, notes: list[str]) -> Iterator[str]:
    archive = Archive(stream, limits)
    presentation = main_part(archive, POWERPOINT_TYPES, "a PowerPoint presentation")
    order = _SlideOrder()
    parse(order, archive.chunks(presentation))
    slides = relationships(archive, presentation, SLIDE)
    names = (slides[key].target for key in order.ids if key in slides)
    yield from texts_of(names, lambda name: _slide(archive, name), "slides", limits, notes)


def _slide(archive: Archive, name: str) -> Iterator[str]:
    yield from text_pieces(DrawingText(), archive.chunks(name))
    for part in dict.fromkeys(related.target for related in relationships(archive, name, BESIDES).values()):
        yield "\n"
        yield from text_pieces(DrawingText(), archive.chunks(part))
