"""What an attribution must say: title, author, source, licence (TASL)."""

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
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
    """One paragraph of plain text, ready to paste."""
    license = entry.record.license
    parts = [_("“%(title)s”") % {"title": entry.title}]
    if authors := author_names(entry):
        parts.append(_("by %(authors)s") % {"authors": authors})
    parts.append(source_url(entry))
    if license:
        parts.append(
            _("licensed under %(license)s (%(address)s)") % {"license": license.short, "address": license.uri}
        )
    return ", ".join(parts) + ".\n"


def attribution_html(entry: CatalogEntry) -> SafeString:
    license = entry.record.license
    parts = [format_html('<a href="{}">{}</a>', source_url(entry), _("“%(title)s”") % {"title": entry.title})]
    if authors := author_names(entry):
        parts.append(_("by %(authors)s") % {"authors": authors})
    if license:
        link = format_html('<a rel="license" href="{}">{}</a>', license.uri, license.short)
        parts.append(format_html(_("licensed under {}"), link))
    return format_html("<p>{}.</p>", format_html_join(", ", "{}", ((part,) for part in parts)))
