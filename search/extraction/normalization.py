"""One form for text from all formats, so that the same word is the same string."""

import re
import unicodedata

# PDFium's marks for a hyphen at a line's end. Neither character occurs in XML.
LINE_END_HYPHEN = re.compile(r"(\w?)[\x02\ufffe]\s*(\w*)")
# "Lehr- und Lernmittel": the hyphen stands for a word left out and was not made by the line break.
# fmt: off
SUSPENDING = frozenset({
    "und", "oder", "sowie", "bzw", "bis", "and", "or", "to", "et", "ou", "y", "e", "o", "u", "en",
    "of", "och", "eller", "og", "i", "a", "oraz", "lub", "nebo", "és", "vagy",
})
# fmt: on

# Ligatures and the positional shapes of Arabic and Hebrew letters, which PDF fonts map to and nobody types in a search.
PRESENTATION_FORMS = re.compile(r"[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdcf\ufdf0-\ufdfb\ufe70-\ufefc]+")

# Controls, soft hyphens, direction marks, noncharacters and surrogates.
# The joiners U+200C and U+200D are spelling: they stay.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]+"
)
ZERO_WIDTH_SPACE = "\u200b"
WHITESPACE = re.compile(r"\s+")
LINE_BREAKS = re.compile(r"[\n\r\x0b\x0c\x1c\x1d\x85\u2028\u2029]")

DETAIL_CHARACTERS = 200


def normalized(text: str) -> str:
    """NFC, without what cannot be seen. A whitespace run becomes a line feed if it holds a line break, else a space."""
    text = LINE_END_HYPHEN.sub(_rejoined, text)
    text = INVISIBLE.sub("", text).replace(ZERO_WIDTH_SPACE, " ")
    text = PRESENTATION_FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = unicodedata.normalize("NFC", text)
    return WHITESPACE.sub(lambda match: "\n" if LINE_BREAKS.search(match[0]) else " ", text).strip()


def has_words(text: str) -> bool:
    """Fonts without a character map give private-use characters or replacement marks: not words."""
    return any(character.isalnum() for character in text)


def one_line(text: str) -> str:
    """Fit for a log line and a table cell."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:DETAIL_CHARACTERS]


def _rejoined(match: re.Match[str]) -> str:
    """Only between small letters is the hyphen taken for one of the layout: "exam-ple", but "e-Mail" and "COVID-19"."""
    before, after = match.groups()
    if after.lower() in SUSPENDING:
        return f"{before}- {after}"
    if before.islower() and after[:1].islower():
        return before + after
    return f"{before}-{after}"
