"""Text of DrawingML, the language of shapes in slides, diagrams and spreadsheets."""

from collections.abc import Mapping

from search.extraction.markup import SkippingHandler, local_name

NAMESPACES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}",
    "{http://purl.oclc.org/ooxml/drawingml/main}",
)
# The second copy of a shape for old programs.
FALLBACK = "Fallback"
# Fields that say nothing about the content: the number of the slide and today's date.
FIELD = "fld"
SILENT_FIELDS = ("slidenum", "datetime")


class DrawingText(SkippingHandler):
    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local_name(tag)
        if self.skipping or name == FALLBACK or _is_silent(name, attributes):
            self.skipping += 1
        elif not tag.startswith(NAMESPACES):
            return
        elif name == "t":
            self.in_text = True
        elif name in {"p", "br"}:
            self.pieces.append("\n")

    def end(self, tag: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        self.in_text = False
        if local_name(tag) == "p" and tag.startswith(NAMESPACES):
            self.pieces.append("\n")


def _is_silent(name: str, attributes: Mapping[str, str]) -> bool:
    return name == FIELD and attributes.get("type", "").startswith(SILENT_FIELDS)
