from django import template
from django.conf import settings
from django.utils.translation import get_language_info

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """The language's name in itself; the code for a language the site does not have."""
    return dict(settings.LANGUAGES).get(code, code)


@register.filter
def direction(code: str) -> str:
    """`rtl` or `ltr`."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
