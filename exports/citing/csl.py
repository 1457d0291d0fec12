"""CSL-JSON: a list of one item."""

import json

from .citation import Citation, Name


def csl_json(citation: Citation) -> str:
    item = {
        "id": citation.key,
        "type": "report",
        "title": citation.title,
        "author": [person(name) for name in citation.authors],
        "editor": [person(name) for name in citation.editors],
        "translator": [person(name) for name in citation.translators],
        "issued": {"date-parts": [[citation.published.year, citation.published.month, citation.published.day]]}
        if citation.published
        else None,
        "publisher": citation.publisher,
        "version": citation.version,
        "language": citation.language,
        "URL": citation.url,
        "abstract": citation.abstract,
        "keyword": ", ".join(citation.keywords),
        "license": citation.license,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def person(name: Name) -> dict:
    return {"literal": name.family} if name.is_whole else {"family": name.family, "given": name.given}
