"""Finds the concepts and licences that a line names."""

from functools import cached_property, lru_cache

from taxonomy.models import Concept, ConceptAlias, License, Scheme, license_for

from .refusals import Refused


class Vocabulary:
    """Read once for a run: codes count in any language, labels in their own."""

    @cached_property
    def topics(self) -> dict[tuple[str, str], Concept]:
        found: dict[tuple[str, str], Concept] = {}
        for concept in Concept.objects.in_scheme(Scheme.TOPIC).with_labels():
            for row in concept.labels.all():
                found.setdefault((row.language, row.label.casefold()), concept)
            found["", concept.code.casefold()] = concept
        for alias in ConceptAlias.objects.filter(scheme=Scheme.TOPIC).select_related("concept"):
            found.setdefault(("", alias.code.casefold()), alias.concept)
        return found

    @cached_property
    def countries(self) -> dict[str, Concept]:
        return {concept.code: concept for concept in Concept.objects.in_scheme(Scheme.COUNTRY)}

    def topics_named(self, names: tuple[str, ...], language: str) -> tuple[list[Concept], list[str]]:
        """The topics, each once, and the names that mean none."""
        found, unknown = {}, []
        for name in names:
            key = " ".join(name.split()).casefold()
            concept = self.topics.get(("", key)) or self.topics.get((language, key))
            if concept:
                found[concept.pk] = concept
            else:
                unknown.append(name[:100])
        return list(found.values()), unknown

    def countries_named(self, codes: tuple[str, ...]) -> tuple[list[Concept], list[str]]:
        """ISO 3166-1 alpha-2, in either case."""
        found = {code.strip().upper(): self.countries.get(code.strip().upper()) for code in codes}
        return [country for country in found.values() if country], [code[:20] for code, row in found.items() if not row]

    @lru_cache(maxsize=100)  # noqa: B019 - one vocabulary lives for one run
    def license(self, code_or_uri: str) -> License:
        """Raises `Refused`: a text must not go out under other terms than its own."""
        found = license_for(code_or_uri)
        if found is None:
            raise Refused(f'The licence "{code_or_uri[:100]}" is not known here. Use a code such as CC-BY-4.0.')
        return found
