"""Finds the concepts, programmes and licences that a record names."""

from collections.abc import Iterable
from functools import cached_property, lru_cache

from network.spelling import plain_name
from taxonomy.models import Concept, ConceptAlias, FundingProgramme, License, Scheme, license_for

from .refusals import Refused

Found = dict[tuple[str, str], Concept]


class Vocabulary:
    """Read once for a run: codes count in any language, labels in their own."""

    def __init__(self) -> None:
        self._schemes: dict[str, Found] = {}

    def scheme(self, scheme: str) -> Found:
        if scheme not in self._schemes:
            self._schemes[scheme] = read_scheme(scheme)
        return self._schemes[scheme]

    def concepts_named(self, scheme: str, names: Iterable[str], language: str) -> tuple[list[Concept], list[str]]:
        """The concepts, each once, and the names that mean none."""
        known = self.scheme(scheme)
        found, unknown = {}, []
        for name in names:
            key = " ".join(name.split()).casefold()
            concept = known.get(("", key)) or known.get((language, key)) or known.get(("en", key))
            if concept:
                found[concept.pk] = concept
            else:
                unknown.append(name[:100])
        return list(found.values()), unknown

    def topics_named(self, names: tuple[str, ...], language: str) -> tuple[list[Concept], list[str]]:
        return self.concepts_named(Scheme.TOPIC, names, language)

    @cached_property
    def countries(self) -> dict[str, Concept]:
        return {concept.code: concept for concept in Concept.objects.in_scheme(Scheme.COUNTRY)}

    def countries_named(self, names: tuple[str, ...], language: str) -> tuple[list[Concept], list[str]]:
        """ISO 3166-1 alpha-2, in either case, or names."""
        found = {name.strip().upper(): self.country(name, language) for name in names}
        countries = {country.pk: country for country in found.values() if country}
        return list(countries.values()), [name[:20] for name, row in found.items() if not row]

    def country(self, name: str, language: str) -> Concept | None:
        """By ISO code or by its name, in `language` or in English."""
        text = name.strip()
        found = self.countries.get(text.upper()) if len(text) == 2 else None
        return found or next(iter(self.concepts_named(Scheme.COUNTRY, [text], language)[0]), None)

    @cached_property
    def programmes(self) -> dict[str, FundingProgramme]:
        """By code and by every name."""
        found: dict[str, FundingProgramme] = {}
        for programme in FundingProgramme.objects.prefetch_related("texts"):
            for name in (programme.code, programme.name, *(row.name for row in programme.texts.all())):
                if name:
                    found.setdefault(plain_name(name), programme)
        return found

    def programme_in(self, text: str) -> FundingProgramme | None:
        """The programme whose name `text` is, or that it names within more words; the longest name first."""
        words = plain_name(text)
        if words in self.programmes:
            return self.programmes[words]
        names = sorted((name for name in self.programmes if len(name) > 6 and name in words), key=len)
        return self.programmes[names[-1]] if names else None

    @lru_cache(maxsize=100)  # noqa: B019 - one vocabulary lives for one run
    def license(self, code_or_uri: str) -> License:
        """Raises `Refused`: a text must not go out under other terms than its own."""
        found = license_for(code_or_uri)
        if found is None:
            raise Refused(f'The licence "{code_or_uri[:100]}" is not known here. Use a code such as CC-BY-4.0.')
        return found


def read_scheme(scheme: str) -> Found:
    found: Found = {}
    for concept in Concept.objects.in_scheme(scheme).with_labels():
        for row in concept.labels.all():
            found.setdefault((row.language, row.label.casefold()), concept)
        found["", concept.code.casefold()] = concept
    for alias in ConceptAlias.objects.filter(scheme=scheme).select_related("concept"):
        found.setdefault(("", alias.code.casefold()), alias.concept)
    return found
