from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "translations"
    verbose_name = _("Translations")

    def ready(self) -> None:
        from . import signals  # noqa: F401
        from .whole_trees import keep_locales_apart

        keep_locales_apart()
