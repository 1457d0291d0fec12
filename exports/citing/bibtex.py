"""BibTeX, in UTF-8."""

from .citation import Citation, Name

SPECIAL = {
    "\\": r"\textbackslash{}",
    # Not \{ and \}: BibTeX counts braces before TeX sees the backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}


def bibtex(citation: Citation) -> str:
    fields = {
        "author": people(citation.authors),
        "editor": people(citation.editors),
        "translator": people(citation.translators),
        "title": f"{{{escaped(citation.title)}}}",
        "year": str(citation.published.year) if citation.published else "",
        "month": str(citation.published.month) if citation.published else "",
        "publisher": escaped(citation.publisher),
        "version": escaped(citation.version),
        "url": citation.url,
        "language": citation.language,
        "keywords": escaped(", ".join(citation.keywords)),
        "abstract": escaped(citation.abstract),
        "copyright": citation.license,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@misc{" + ",\n".join([citation.key, *lines]) + "\n}\n"


def people(names: tuple[Name, ...]) -> str:
    return " and ".join(person(name) for name in names)


def person(name: Name) -> str:
    """A whole name in braces, so that nothing in it is taken for “and” or for a family name."""
    if name.is_whole:
        return f"{{{escaped(name.family)}}}"
    return f"{escaped(name.family)}, {escaped(name.given)}"


def escaped(text: str) -> str:
    return "".join(SPECIAL.get(char, char) for char in text)
