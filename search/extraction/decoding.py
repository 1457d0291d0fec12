"""From bytes to characters: by byte order mark, by what the file declares, as UTF-8, else by what fits best."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from search.extraction.records import Outcome, Refusal

# The longer marks first: that of UTF-32 begins like that of UTF-16.
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What binary and other formats begin with that may come without a zero byte.
OTHER_FORMATS = (b"%PDF-", b"{\\rtf", b"%!PS", b"PK\x03\x04")
DECLARATION_BYTES = 1024
DECLARED = re.compile(
    rb"<(?:\?xml|meta)[^>]{0,200}?(?:encoding|charset)\s*=\s*[\"']?\s*([a-z0-9_:-]{1,40})", re.IGNORECASE
)
# Not UTF-7 and its like, in which plain letters stand for others.
DECLARABLE = re.compile(
    r"utf-8|iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|us-ascii|macintosh|gb2312|gbk|gb18030|big5|shift_jis|euc-jp|euc-kr"
)
# Among which the best is chosen: the code pages in which this site's languages used to be written. The Turkish one
# is the western one but for six letters of Icelandic.
CANDIDATES = ["cp1251", "cp1253", "cp1254", "cp1256"]
FALLBACK = "cp1252"
SAMPLE_BYTES = 64 * 1024

Declared = Callable[[bytes], str]


def decoded(chunks: Iterable[bytes], declared: Declared = lambda head: "") -> Iterator[str]:
    """Text chunk by chunk; refuses what is no text. `declared` finds an encoding in the first bytes, or nothing."""
    chunks = iter(chunks)
    head = next(chunks, b"")
    if head.startswith(OTHER_FORMATS):
        raise Refusal(Outcome.BROKEN, "not a text but another format")
    named = next((name for mark, name in MARKS.items() if head.startswith(mark)), "") or declared(head)
    decoder = codecs.getincrementaldecoder(named or "utf-8")("replace" if named else "strict")
    for chunk in chain([head], chunks):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError:
            decoder = codecs.getincrementaldecoder(_guessed(chunk))("replace")
            text = decoder.decode(chunk)
        if "\0" in text:
            raise Refusal(Outcome.BROKEN, "not a text: it holds zero bytes")
        yield text


def declared_in_markup(head: bytes) -> str:
    match = DECLARED.search(head[:DECLARATION_BYTES])
    name = match[1].decode().lower() if match else ""
    return name if DECLARABLE.fullmatch(name) and _is_known(name) else ""


def _is_known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _guessed(sample: bytes) -> str:
    """Of bytes that are not UTF-8 throughout. A few stray ones do not make it another encoding."""
    text = sample.decode("utf-8", "replace")
    strays = text.count("\N{REPLACEMENT CHARACTER}")
    if sum(not character.isascii() for character in text) > 2 * strays:
        return "utf-8"
    from charset_normalizer import from_bytes  # seldom needed, and slow to load

    best = from_bytes(sample[:SAMPLE_BYTES], cp_isolation=CANDIDATES).best()
    return best.encoding if best else FALLBACK
