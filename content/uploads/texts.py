"""Formats that people can read as text."""

import codecs
import re
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .signatures import head_of

CHUNK_BYTES = 256 * 1024
HEAD_BYTES = 64 * 1024
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DECLARED_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:-]{1,40})", re.IGNORECASE)
# Others, such as UTF-7, read differently in browsers.
SINGLE_BYTE_CHARSET = re.compile(r"iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|us-ascii|macintosh")

OTHER_FORMATS = (b"%PDF-", b"{\\rtf", b"%!PS")
IGNORED_START = re.compile(r"(?:\s|<!--.*?-->)+", re.DOTALL)
IGNORED_BEFORE_ROOT = re.compile(r"(?:\s|<!--.*?-->|<\?.*?\?>|<!doctype\s+html[^>]*>)+", re.DOTALL | re.IGNORECASE)
# An element that makes a whole document or runs something. Markdown may begin with others: `<p align="center">`.
DOCUMENT_START = re.compile(
    r"<(?:!doctype|\?xml|!--|(?:html|head|body|title|meta|link|base|script|style|iframe|frameset|svg|object|embed)\b)",
    re.IGNORECASE,
)
# What browsers take for HTML besides (WHATWG MIME Sniffing, 7.1), and some more.
FRAGMENT_START = re.compile(
    r"<(?:a|b|br|div|font|form|h[1-6]|img|input|p|table|template|video|audio|math)\b", re.IGNORECASE
)
FIRST_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)\b", re.IGNORECASE)
HTML_ELEMENT = re.compile(
    "html|head|body|title|meta|link|style|script|base|main|article|section|nav|aside|header|footer|address|div|p|a|abbr"
    "|b|i|u|s|em|strong|small|mark|span|br|hr|h[1-6]|[uod]l|li|d[td]|table|figure|img|picture|blockquote|pre|code|form"
    "|details|dialog|template|noscript|audio|video|center|font",
    re.IGNORECASE,
)


def is_plain_text(file: BinaryIO) -> bool:
    head = text_head(file)
    return not (DOCUMENT_START.match(head) or FRAGMENT_START.match(head)) and is_text(file)


def is_captions(file: BinaryIO) -> bool:
    """WebVTT, which is always UTF-8: its first word, alone or with something behind it."""
    head = head_of(file).removeprefix(codecs.BOM_UTF8)
    return re.match(rb"WEBVTT(?:[ \t\r\n]|$)", head) is not None and is_text(file)


def is_markdown(file: BinaryIO) -> bool:
    return not DOCUMENT_START.match(text_head(file)) and is_text(file)


def is_html(file: BinaryIO) -> bool:
    """Text whose first element is one of HTML. It may run scripts: whoever serves it has to prevent that."""
    charset = marked_charset(file) or declared_charset(file) or "utf-8"
    head = head_of(file, HEAD_BYTES).decode(charset, "ignore")
    head = head[match.end() :] if (match := IGNORED_BEFORE_ROOT.match(head)) else head
    first = FIRST_ELEMENT.search(head)
    return bool(first) and bool(HTML_ELEMENT.fullmatch(first[1])) and decodes(file, charset)


def is_text(file: BinaryIO) -> bool:
    return not head_of(file).startswith(OTHER_FORMATS) and decodes(file, marked_charset(file) or "utf-8")


def text_head(file: BinaryIO) -> str:
    """The beginning as a browser would sniff it: without byte order mark, white space and comments."""
    head = head_of(file, HEAD_BYTES).decode(marked_charset(file) or "utf-8", "ignore")
    return head[match.end() :] if (match := IGNORED_START.match(head)) else head


def marked_charset(file: BinaryIO) -> str:
    head = head_of(file)
    return next((charset for mark, charset in BYTE_ORDER_MARKS.items() if head.startswith(mark)), "")


def declared_charset(file: BinaryIO) -> str:
    match = DECLARED_CHARSET.search(head_of(file, 1024))
    charset = match[1].decode().lower() if match else ""
    return charset if SINGLE_BYTE_CHARSET.fullmatch(charset) and is_known(charset) else ""


def is_known(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True


def decodes(file: BinaryIO, charset: str) -> bool:
    """Whether all of it is text without NUL; says how to save it when it is text in some other encoding."""
    decoder = codecs.getincrementaldecoder(charset)()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK_BYTES):
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        if b"\0" in head_of(file, HEAD_BYTES):
            return False
        raise ValidationError(
            _("This text does not have the encoding UTF-8. Save it again as UTF-8, then choose it again."),
            code="encoding",
        ) from error
    return True
