"""Concepts and licences by the codes that the demonstration content uses."""

from taxonomy.models import Concept, License, Scheme, license_for


def concepts(scheme: Scheme, codes: list[str]) -> list[Concept]:
    """In the order of `codes`. Raises KeyError for a code that the vocabulary does not have."""
    found = Concept.objects.by_code(scheme, codes)
    return [found[code] for code in codes]


def country(code: str | None) -> Concept | None:
    return concepts(Scheme.COUNTRY, [code])[0] if code else None


def license_named(code: str) -> License:
    """Raises LookupError for a licence that is not loaded."""
    license = license_for(code)
    if license is None:
        raise LookupError(f"The licence {code} is not loaded.")
    return license
