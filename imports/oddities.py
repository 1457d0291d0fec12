"""What is odd about a text although it can be taken in: links that lead nowhere, sentences that break off."""

import re

from .content import Content

LINKED = re.compile(r"<a\s[^>]*>.*?</a>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
# "[click here]" in the site's languages.
POINTING = re.compile(
    r"\[[^\[\]<>]{0,40}\b(?:click|here|klicke?n?|hier|klicka|här|clicca|qui|tıklayın|burada|buraya|tästä|klikkaa|klikk|"
    r"klik|εδώ|κλικ|هنا|тут|натисніть|cliquez|ici)\b[^\[\]<>]{0,40}\]",
    re.IGNORECASE,
)
LINK_WITHOUT_TARGET = re.compile(
    r"""<a(?=[\s>])(?![^>]*\b(?:name|id)\s*=)(?![^>]*\bhref\s*=\s*["']?[^\s"'>])[^>]*>""", re.IGNORECASE
)


def oddities_in(content: Content, html: str) -> list[str]:
    found = []
    pieces = [text for kind, value in content.blocks for text in texts_in(kind, value)]
    pointing = [match for text in pieces for match in POINTING.findall(LINKED.sub(" ", text))]
    if pointing:
        words = ", ".join(dict.fromkeys(word[:60] for word in pointing))
        found.append(f"{words} leads nowhere ({len(pointing)} times): the source has no address. It stayed as text.")
    if number := len(LINK_WITHOUT_TARGET.findall(html)):
        found.append(f"{number} links have no target: their text stayed.")
    last = TAG.sub(" ", pieces[-1].rpartition("<p>")[2]).strip() if pieces else ""
    if last.endswith(":"):
        found.append(f'It ends with "{last[-80:]}", and nothing follows.')
    return found


def texts_in(kind: str, value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if kind == "table":
        return [cell for row in value["rows"] for cell in row]
    return [text for text in value.values() if isinstance(text, str)] if isinstance(value, dict) else []
