"""XML as a stream of events: no tree in memory, no document type, so no entities either."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from lxml import etree

from search.extraction.records import Outcome, Refusal


class Handler(Protocol):
    """Tags come as `{namespace}name`."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...


class SilentHandler:
    """Hears of everything and does nothing: a base for handlers that care for some of it."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...


class TextHandler(SilentHandler):
    """Collects text in `pieces`, which `text_pieces` empties as it goes."""

    def __init__(self) -> None:
        self.pieces: list[str] = []


class SkippingHandler(TextHandler):
    """Collects what stands in an element for text, and nothing of what is skipped with all that is inside it."""

    def __init__(self) -> None:
        super().__init__()
        self.skipping = 0
        self.in_text = False

    def data(self, text: str) -> None:
        if self.in_text and not self.skipping:
            self.pieces.append(text)


class _Target:
    """lxml's side of a handler."""

    def __init__(self, handler: Handler) -> None:
        self.start = handler.start
        self.end = handler.end
        self.data = handler.data

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        # No format has a use for it. What needs one is an attack: entities that grow or that read other files.
        raise Refusal(Outcome.BROKEN, "XML with a document type")

    def close(self) -> None: ...


def text_pieces(handler: TextHandler, chunks: Iterable[bytes]) -> Iterator[str]:
    """Parse while reading, so that a reader with enough text can stop in the middle of a part."""
    for _ in _fed(handler, chunks):
        yield "".join(handler.pieces)
        handler.pieces.clear()


def parse(handler: Handler, chunks: Iterable[bytes]) -> None:
    for _ in _fed(handler, chunks):
        pass


def local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _fed(handler: Handler, chunks: Iterable[bytes]) -> Iterator[None]:
    parser = etree.XMLParser(
        target=_Target(handler), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        for chunk in chunks:
            parser.feed(chunk)
            yield
        parser.close()
        yield
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise Refusal(Outcome.BROKEN, f"broken XML: {error}") from None
