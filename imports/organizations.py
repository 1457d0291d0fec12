"""Organizations that records name: each has one record here, however it is spelled."""

import re
from dataclasses import dataclass
from typing import Any

from network.finding import OrganizationFinder
from network.models import Organization
from network.spelling import plain_name
from taxonomy.models import Concept

from .refusals import Refused
from .values import Notes, address_of, bounded, text_of
from .vocabulary import Vocabulary

KEYS = ("name", "country", "city", "website", "url", "role", "order")
# "Partner & Country: Name (DE)" and "Name & Country: Germany": labels of a form, copied with what stood in it.
ARTEFACT = re.compile(r"^(?P<before>.*?)\s*&(?:amp;)?\s*country\s*:\s*(?P<after>.*)$", re.IGNORECASE | re.DOTALL)
LABEL = re.compile(r"(?:applicant|coordinator|partner|organi[sz]ation|name|beneficiary)?s?\s*:?", re.IGNORECASE)
COUNTRY_AT_END = re.compile(r"^(?P<name>.+?)\s*(?:\((?P<inside>[^()]{2,40})\)|[,;–-]\s*(?P<behind>[A-Z]{2}))$")


@dataclass(frozen=True, slots=True)
class Named:
    """What a record says of an organization where it names it; `order` is the place that it wants among others."""

    name: str
    country: str = ""
    city: str = ""
    website: str = ""
    role: str = ""
    order: int | None = None


def named(key: str, value: Any, notes: Notes) -> Named:
    """Of a name, or of an object with a name. Raises `Refused`."""
    row = {"name": value} if isinstance(value, str) else value
    if not isinstance(row, dict):
        raise Refused(f'"{key}" must be the name of an organization, or an object with its name.')
    if not isinstance(row.get("name"), str) or not row["name"].strip():
        raise Refused(f'"{key}": an organization has no name.')
    for unknown in (name for name in row if name not in KEYS):
        notes.say(f'"{key}": "{unknown[:60]}" of an organization is not known and was not read.')
    name, country = clean_name(row["name"], notes)
    order = row.get("order")
    return Named(
        name=bounded(f"{key}: name", name, 255),
        country=text_of(f"{key}: country", row.get("country") or country, 100),
        city=text_of(f"{key}: city", row.get("city") or "", 100),
        website=address_of(f"{key}: website", row.get("website") or row.get("url") or "", notes, 200),
        role=text_of(f"{key}: role", row.get("role") or "", 100),
        order=order if isinstance(order, int) and not isinstance(order, bool) else None,
    )


def clean_name(text: str, notes: Notes) -> tuple[str, str]:
    """The name without what was copied with it, and the country that stood beside it."""
    name = " ".join(text.split())
    found = ARTEFACT.match(name)
    if found is None:
        return name, ""
    before, after = found["before"].strip(" ,;"), found["after"].strip(" ,;")
    country = ""
    if before and not LABEL.fullmatch(before):
        name, country = before, after
    elif after:
        name = after
        if at_end := COUNTRY_AT_END.match(after):
            name, country = at_end["name"], at_end["inside"] or at_end["behind"]
    else:
        raise Refused(f'"{text[:100]}" is no name of an organization.')
    notes.say(
        f'"{text[:120]}" was read as the name "{name[:100]}"' + (f" and the country {country}." if country else ".")
    )
    return name, country


class Directory:
    """Finds and makes organizations. After a rollback it must be told to `forget` what it made."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._finder: OrganizationFinder | None = None

    def forget(self) -> None:
        self._finder = None

    @property
    def finder(self) -> OrganizationFinder:
        if self._finder is None:
            self._finder = OrganizationFinder()
        return self._finder

    def country_of(self, line: Named, language: str, notes: Notes) -> Concept | None:
        if not line.country:
            return None
        country = self.vocabulary.country(line.country, language)
        if country is None:
            notes.say(f'"{line.country[:60]}", the country of "{line.name[:100]}", is not known and was left out.')
        return country

    def take(self, line: Named, language: str, notes: Notes) -> Organization:
        """The organization that is meant, made where it is new. What its record lacks is filled in."""
        country = self.country_of(line, language, notes)
        found = self.finder.find_alike(line.name)
        if found is None:
            found = Organization(name=line.name, country=country, city=line.city, website=line.website)
            found.save()
            self.finder.add(found)
        else:
            changed = self.keep_spelling(found, line.name, notes)
            for name, value in (("country", country), ("city", line.city), ("website", line.website)):
                if value and not getattr(found, name):
                    setattr(found, name, value)
                    changed = True
            if changed:
                found.save()
                self.finder.add(found)
        if found.country_id is None:
            notes.say(f'No country is given for "{found.name[:100]}".')
        return found

    def keep_spelling(self, organization: Organization, name: str, notes: Notes) -> bool:
        """Whether another spelling came in. Of two that differ in case alone, the one not all in capitals is shown."""
        spellings = {organization.name, *organization.aliases.splitlines()}
        spellings |= {row.name for row in organization.other_names.all()}
        if name in spellings:
            return False
        before = organization.name
        new = name
        if plain_name(name) == plain_name(before) and " " in before and before.isupper() and not name.isupper():
            organization.name, new = name, before
        organization.aliases = "\n".join([*organization.aliases.splitlines(), new])
        notes.say(f'"{name[:100]}" and "{before[:100]}" are one organization here: both spellings are kept.')
        return True
