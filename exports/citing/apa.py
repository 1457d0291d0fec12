"""A reference in the style of the APA (7th edition), as text."""

from django.utils.translation import gettext as _

from .citation import Citation, Name

# The nineteenth and all between it and the last one are left out.
MANY = 20


def apa(citation: Citation) -> str:
    """`Berg, J. van der, & City of Lund. (2024). Title (Version 2). Publisher. https://…`"""
    title = citation.title
    if citation.version:
        title += f" ({_('Version %(version)s') % {'version': citation.version}})"
    year = str(citation.published.year) if citation.published else _("n.d.")
    if citation.authors:
        who = names(citation.authors)
    elif citation.editors:
        who = f"{names(citation.editors)} ({_('Ed.') if len(citation.editors) == 1 else _('Eds.')})"
    else:
        return f"{ended(title)} ({year}). {citation.url}"
    pieces = [ended(who), f"({year}).", ended(title)]
    if citation.publisher:
        pieces.append(ended(citation.publisher))
    return " ".join([*pieces, citation.url])


def names(people: tuple[Name, ...]) -> str:
    texts = [apa_name(name) for name in people]
    if len(texts) > MANY:
        return ", ".join(texts[: MANY - 1]) + ", … " + texts[-1]
    return ", & ".join([", ".join(texts[:-1]), texts[-1]]) if len(texts) > 1 else texts[0]


def apa_name(name: Name) -> str:
    return name.family if name.is_whole else f"{name.family}, {initials(name.given)}"


def initials(given: str) -> str:
    """“Anna-Lena Maria” becomes “A.-L. M.”; scripts without capitals keep the name."""
    if not given[:1].isupper():
        return given
    return " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in given.split())


def ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "؟", ";")) else f"{text}."
