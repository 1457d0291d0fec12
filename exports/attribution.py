"""What an attribution must say: title, author, source, licence (TASL)."""

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.models import CatalogEntry


def author_names(entry: CatalogEntry) -> str:
    names = [agent.name for agent in entry.record.agents if agent.role in ("author", "editor")]
    if not names and entry.record.publisher:
        names = [entry.record.publisher.name]
    return ", ".join(names)


def source_url(entry: CatalogEntry) -> str:
    return settings.WAGTAILADMIN_BASE_URL + entry.path


def attribution_text(entry: CatalogEntry) -> str:
    """One sentence of plain text, ready to paste."""
    license, authors = entry.record.license, author_names(entry)
    if authors and license:
        sentence = _("“%(title)s” by %(authors)s, %(source)s, licensed under %(license)s (%(address)s).")
    elif authors:
        sentence = _("“%(title)s” by %(authors)s, %(source)s.")
    elif license:
        sentence = _("“%(title)s”, %(source)s, licensed under %(license)s (%(address)s).")
    else:
        sentence = _("“%(title)s”, %(source)s.")
    return sentence % {
        "title": entry.title,
        "authors": authors,
        "source": source_url(entry),
        "license": license.short if license else "",
        "address": license.uri if license else "",
    }


def attribution_html(entry: CatalogEntry) -> SafeString:
    """The same as HTML, the title leading to the source and the licence to its text."""
    license, authors = entry.record.license, author_names(entry)
    if authors and license:
        sentence = _("%(title)s by %(authors)s, licensed under %(license)s.")
    elif authors:
        sentence = _("%(title)s by %(authors)s.")
    elif license:
        sentence = _("%(title)s, licensed under %(license)s.")
    else:
        sentence = "%(title)s."
    # The sentence is our own; everything that is put into it is escaped.
    return mark_safe(
        "<p>"
        + escape(sentence)
        % {
            "title": format_html('<a href="{}">{}</a>', source_url(entry), entry.title),
            "authors": escape(authors),
            "license": format_html('<a rel="license" href="{}">{}</a>', license.uri, license.short) if license else "",
        }
        + "</p>"
    )
