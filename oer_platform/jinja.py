"""The environment of readers' templates (`templates/readers`), which Jinja renders."""

from functools import lru_cache

from django.template import defaultfilters
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from jinja2 import Environment

from catalog.feeds import feed_links
from catalog.filter_values import options_html
from catalog.markup import card_html
from catalog.serializers.json_ld import script_text
from content.languages import own_name
from exports.offers import take_along


def environment(**options: object) -> Environment:
    env = Environment(**options, extensions=["jinja2.ext.i18n"])  # noqa: S701 - Django asks for autoescape
    env.install_gettext_callables(
        gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals |= {
        "static": static,
        "url": url,
        "feed_links": feed_links,
        "json_ld": script_text,
        "take_along": take_along,
        "card": card_html,
        "filter_options": options_html,
    }
    env.filters |= {
        "date": date,
        "direction": direction,
        "filesizeformat": defaultfilters.filesizeformat,
        "language_name": own_name,
    }
    return env


def gettext(message: str) -> str:
    """Django's, remembered: a page asks for some seventy texts, always the same."""
    return text_in(translation.get_language(), message)


@lru_cache(maxsize=20_000)
def text_in(language: str | None, message: str) -> str:
    """In the language that is active, which is part of the key."""
    return translation.gettext(message)


def url(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)


def date(value: object, style: str) -> str:
    """A date or time in the language and, for times, the time zone that are active; `style` as Django has it."""
    return defaultfilters.date(timezone.template_localtime(value), style)


def direction(code: str) -> str:
    """`rtl` or `ltr`."""
    try:
        return "rtl" if translation.get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
