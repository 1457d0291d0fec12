"""Labels by code for lists of filters, kept in memory: they are asked for with every search and change rarely."""

import time
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .models import Concept, ConceptAlias, ConceptLabel, License

# How long another process may show a label that was changed in this one.
MAX_AGE_SECONDS = 60

Key = tuple[str, str]
Made = TypeVar("Made")


class Labels:
    """What was looked up, by language; codes that nothing is called are remembered too."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.known: dict[str, dict[Key, str | None]] = {}
        self.codes: dict[str, list[str]] = {}
        self.licenses: dict[str, str] | None = None
        self.aliases: dict[Key, str] | None = None
        self.made: dict[Hashable, Any] = {}
        self.forget_at = time.monotonic() + MAX_AGE_SECONDS

    def concepts(self, keys: Iterable[Key], language: str) -> dict[Key, str]:
        """The labels of (scheme, code) in `language`, else in English; unknown ones are left out."""
        self.forget_if_old()
        known = self.known.setdefault(language, {})
        missing = [key for key in keys if key not in known]
        if missing:
            found: dict[Key, str | None] = dict.fromkeys(missing)
            rows = ConceptLabel.objects.filter(
                concept__code__in={code for _, code in missing}, language__in=("en", language), is_alternative=False
            ).values_list("concept__scheme", "concept__code", "language", "label")
            for scheme, code, label_language, label in rows:
                if label_language == language or not found.get((scheme, code)):
                    found[scheme, code] = label
            known |= found
        return {key: label for key in keys if (label := known[key])}

    def in_scheme(self, scheme: str, language: str) -> dict[str, str]:
        """The labels of all concepts of a vocabulary by their codes, in its order; a code where there is no label."""
        self.forget_if_old()
        if scheme not in self.codes:
            self.codes[scheme] = list(Concept.objects.in_scheme(scheme).values_list("code", flat=True))
        codes = self.codes[scheme]
        found = self.concepts([(scheme, code) for code in codes], language)
        return {code: found.get((scheme, code), code) for code in codes}

    def license_names(self) -> dict[str, str]:
        self.forget_if_old()
        if self.licenses is None:
            self.licenses = dict(License.objects.values_list("code", "short"))
        return self.licenses

    def current_code(self, scheme: str, code: str) -> str:
        """The code of the concept that `code` was merged into, else `code` itself."""
        self.forget_if_old()
        if self.aliases is None:
            rows = ConceptAlias.objects.values_list("scheme", "code", "concept__code")
            self.aliases = {(row_scheme, row_code): current for row_scheme, row_code, current in rows}
        return self.aliases.get((scheme, code), code)

    def remembered(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes of labels, kept as long as they are."""
        self.forget_if_old()
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]

    def forget_if_old(self) -> None:
        if time.monotonic() > self.forget_at:
            self.forget()


labels = Labels()


@receiver([post_save, post_delete], sender=Concept)
@receiver([post_save, post_delete], sender=ConceptAlias)
@receiver([post_save, post_delete], sender=ConceptLabel)
@receiver([post_save, post_delete], sender=License)
def labels_changed(**kwargs: object) -> None:
    labels.forget()
