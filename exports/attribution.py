"""What an attribution must say: title, author, source, licence (TASL), and what the work is based on."""

from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog.models import CatalogEntry
from catalog.record import Source


def author_names(entry: CatalogEntry) -> str:
    names = [agent.name for agent in entry.record.agents if agent.role in ("author", "editor")]
    if not names and entry.record.publisher:
        names = [entry.record.publisher.name]
    return ", ".join(names)


def source_url(entry: CatalogEntry) -> str:
    return settings.WAGTAILADMIN_BASE_URL + entry.path


def attribution_text(entry: CatalogEntry) -> str:
    """Plain text, ready to paste."""
    license, authors = entry.record.license, author_names(entry)
    if authors and license:
        sentence = _("“%(title)s” by %(authors)s, %(source)s, licensed under %(license)s (%(address)s).")
    elif authors:
        sentence = _("“%(title)s” by %(authors)s, %(source)s.")
    elif license:
        sentence = _("“%(title)s”, %(source)s, licensed under %(license)s (%(address)s).")
    else:
        sentence = _("“%(title)s”, %(source)s.")
    sentence %= {
        "title": entry.title,
        "authors": authors,
        "source": source_url(entry),
        "license": license.short if license else "",
        "address": license.uri if license else "",
    }
    return " ".join([sentence, *(based_on_text(source) for source in entry.record.based_on)])


def based_on_text(source: Source) -> str:
    parts = [f"“{source.title}”", source.creator, source.url, source.license.short if source.license else ""]
    sentence = _("Based on %(source)s.") % {"source": ", ".join(part for part in parts if part)}
    return f"{sentence} {changes_text(source)}".strip()


def changes_text(source: Source) -> str:
    return _("Changes: %(changes)s") % {"changes": " ".join(source.changes.split())} if source.changes else ""


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
    paragraph = mark_safe(
        "<p>"
        + escape(sentence)
        % {
            "title": format_html('<a href="{}">{}</a>', source_url(entry), entry.title),
            "authors": escape(authors),
            "license": format_html('<a rel="license" href="{}">{}</a>', license.uri, license.short) if license else "",
        }
        + "</p>"
    )
    return paragraph + format_html_join("", "{}", [(based_on_html(source),) for source in entry.record.based_on])


def based_on_html(source: Source) -> SafeString:
    title = format_html('<a href="{}">{}</a>', source.url, source.title) if is_link(source.url) else source.title
    parts = [format_html("{}", title)]
    if source.creator:
        parts.append(format_html("{}", source.creator))
    if source.license:
        parts.append(format_html('<a href="{}">{}</a>', source.license.uri, source.license.short))
    # As above: a sentence of our own around escaped values.
    sentence = mark_safe(escape(_("Based on %(source)s.")) % {"source": ", ".join(parts)})
    return format_html("<p>{} {}</p>", sentence, changes_text(source))


def is_link(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def acknowledgements(entry: CatalogEntry) -> list[str]:
    """What must be said of whoever paid for the work: each sentence once, however many projects repeat it."""
    notices = entry.record.funding
    lines = [notice.acknowledgement for notice in notices] + [notice.disclaimer for notice in notices]
    return [line for line in dict.fromkeys(lines) if line]
