"""Languages as people read them, and those that somebody may translate into."""

from django.conf import settings
from django.utils.translation import get_language_info
from wagtail.models import Locale

from accounts.models import User
from accounts.permissions import Action, Subject, languages_where


def language_name(code: str) -> str:
    """The name of a language in the language of the interface, as it stands within a sentence."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


def locales_to_translate_into(user: User) -> list[Locale]:
    """In the order of the settings; empty for whoever writes no translations."""
    codes = languages_where(user, Action.WRITE, Subject.TRANSLATION)
    if codes == set():
        return []
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    return [locales[code] for code, _ in settings.LANGUAGES if code in locales and (codes is None or code in codes)]
