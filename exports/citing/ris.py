"""RIS: one tag a line, CR LF at its end."""

from .citation import Citation, Name


def ris(citation: Citation) -> str:
    lines = [
        ("TY", "RPRT"),
        ("ID", citation.key),
        *(("AU", person(name)) for name in citation.authors),
        *(("ED", person(name)) for name in citation.editors),
        *(("A4", person(name)) for name in citation.translators),
        ("TI", citation.title),
        ("PY", f"{citation.published:%Y}" if citation.published else ""),
        ("DA", f"{citation.published:%Y/%m/%d}" if citation.published else ""),
        ("PB", citation.publisher),
        ("ET", citation.version),
        ("LA", citation.language),
        ("UR", citation.url),
        *(("KW", word) for word in citation.keywords),
        ("AB", citation.abstract),
        ("C1", citation.license),
    ]
    text = "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value)
    return f"{text}ER  - \r\n"


def person(name: Name) -> str:
    return name.family if name.is_whole else f"{name.family}, {name.given}"
