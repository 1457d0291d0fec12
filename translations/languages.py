"""Languages as people read them, and those that somebody may translate into."""

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Locale as SiteLocale

from accounts.models import User
from accounts.permissions import Action, Subject, languages_where


def language_name(code: str) -> str:
    """The name of a language in the language of the interface, as it stands within a sentence."""
    return Locale.parse((get_language() or "en").replace("-", "_")).languages.get(code, code)


def locales_to_translate_into(user: User) -> list[SiteLocale]:
    """In the order of the settings; empty for whoever writes no translations."""
    codes = languages_where(user, Action.WRITE, Subject.TRANSLATION)
    if codes == set():
        return []
    locales = {locale.language_code: locale for locale in SiteLocale.objects.all()}
    return [locales[code] for code, _ in settings.LANGUAGES if code in locales and (codes is None or code in codes)]
