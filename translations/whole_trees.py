"""Keeps wagtail-localize from copying one language's whole tree into another."""

from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization


def keep_locales_apart() -> None:
    """Take “Synchronise content from another locale” off the form of a locale.

    With it, every page made in one language appeared at once in another, in the words of the first.
    """
    LOCALE_COMPONENTS[:] = [part for part in LOCALE_COMPONENTS if part["model"] is not LocaleSynchronization]
