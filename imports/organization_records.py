"""Records of organizations: they have no page of their own, but names in every language."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from network.identifiers import bare_ror
from network.models import Organization, OrganizationName
from projects.models import Partner
from taxonomy.models import Concept, Scheme

from .editions import Edition
from .kinds import ORGANIZATION
from .links import PARTNER, Link
from .models import ImportedOrganization
from .organizations import Directory, clean_name
from .outcomes import Fate, Outcome
from .refusals import Refused
from .seen import SeenEditions
from .values import Notes, address_of, bounded, choice_of, list_of, mail_of, text_of, truth_of
from .writing import explained

VALUES: dict[str, Callable[[str, Any, Notes], Any]] = {
    "city": lambda key, value, notes: text_of(key, value, 100),
    "address": lambda key, value, notes: text_of(key, value, 300),
    "ror": lambda key, value, notes: bare_ror(text_of(key, value, 100)),
    "pic": lambda key, value, notes: text_of(key, value, 20),
    "type": lambda key, value, notes: choice_of(key, value, Organization.Type.choices, notes),
    "website": lambda key, value, notes: address_of(key, value, notes, 200),
    "contact": mail_of,
    "seeks_partners": lambda key, value, notes: truth_of(key, value),
    "languages": lambda key, value, notes: [
        code for item in list_of(key, value) if (code := choice_of(key, item, settings.LANGUAGES, notes))
    ],
}


@dataclass(slots=True)
class OrganizationFacts:
    """`values` are those of the model; concepts by their keys. `names` and `description` are texts by language."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    description: str | None = None
    links: list[Link] = field(default_factory=list)


class OrganizationImporter:
    def __init__(
        self,
        directory: Directory,
        seen: SeenEditions,
        *,
        publish: bool,
        update: bool,
        overwrite: bool,
        dry_run: bool,
    ) -> None:
        self.directory, self.seen = directory, seen
        self.publish, self.may_update = publish, update
        self.overwrite, self.dry_run = overwrite, dry_run

    def take(self, edition: Edition, outcome: Outcome) -> Outcome:
        """Raises `Refused`; then nothing is left of it."""
        rows = {row.language: row for row in ImportedOrganization.objects.filter(import_id=edition.id)}
        row = rows.get(edition.language)
        publish = self.publish and not edition.is_draft
        if row and row.organization_id is None and not self.overwrite:
            raise Refused("The organization was deleted here after the import. --overwrite-edits makes it again.")
        if row and row.organization_id and row.digest == edition.digest():
            return self.keep(row, outcome, publish=publish)
        if row and row.organization_id and not self.may_update:
            return replace(outcome, fate=Fate.DIFFERS, reason="It differs and was not updated: use --update.")
        known = next((other.organization for other in rows.values() if other.organization_id), None)
        notes = Notes(edition.notes)
        facts = self.facts_of(edition, notes)
        try:
            with transaction.atomic():
                fate = self.write(edition, facts, notes, known=known, row=row, publish=publish)
                transaction.set_rollback(self.dry_run)
        except ValidationError as error:
            self.directory.forget()
            raise Refused(explained(error)) from None
        except BaseException:
            self.directory.forget()
            raise
        if self.dry_run:
            self.directory.forget()
            self.seen.keep_waiting(edition.id, edition.language, facts.links, ORGANIZATION)
        return replace(outcome, fate=fate, warnings=tuple(notes))

    def keep(self, row: ImportedOrganization, outcome: Outcome, *, publish: bool) -> Outcome:
        if not publish or row.published:
            return replace(outcome, fate=Fate.UNCHANGED)
        if not self.dry_run:
            with transaction.atomic():
                organization = row.organization
                organization.is_listed = True
                organization.save()
                ImportedOrganization.objects.filter(pk=row.pk).update(published=True)
        return replace(outcome, fate=Fate.PUBLISHED)

    def facts_of(self, edition: Edition, notes: Notes) -> OrganizationFacts:
        more = edition.more
        name, country = clean_name(edition.title, notes)
        facts = OrganizationFacts(name=name)
        for key, read in VALUES.items():
            if key in more:
                facts.values[key] = read(key, more[key], notes)
        self.read_concepts(edition, facts, text_of("country", more.get("country") or country, 100), notes)
        self.read_names(edition, facts, notes)
        facts.links = links_of(more.get("projects") or [])
        return facts

    def read_concepts(self, edition: Edition, facts: OrganizationFacts, country: str, notes: Notes) -> None:
        more, vocabulary = edition.more, self.directory.vocabulary
        if country:
            found = vocabulary.country(country, edition.language)
            if found:
                facts.values["country_id"] = found.pk
            else:
                notes.say(f'The country "{country}" is not known and was left out.')
        for key, scheme in (("region", Scheme.REGION), ("expertise", Scheme.TOPIC)):
            if key in more:
                given = more[key] if isinstance(more[key], list) else [more[key]]
                names = [text_of(key, item) for item in given]
                concepts, unknown = vocabulary.concepts_named(scheme, names, edition.language)
                for name in unknown:
                    notes.say(f'"{key}": "{name}" is not known here.')
                if key == "expertise":
                    facts.values[key] = sorted(concept.pk for concept in concepts)
                elif concepts:
                    facts.values["region_id"] = concepts[0].pk

    def read_names(self, edition: Edition, facts: OrganizationFacts, notes: Notes) -> None:
        more = edition.more
        names = more.get("names") or {}
        if not isinstance(names, dict):
            raise Refused('"names" must be an object of languages and names.')
        for language, name in names.items():
            if language not in dict(settings.LANGUAGES):
                raise Refused(f'"{language[:40]}", the language of a name, is not a language of this site.')
            facts.names[language] = text_of("names", name, 255)
        facts.aliases = [text_of("aliases", item, 255) for item in list_of("aliases", more.get("aliases") or [])]
        if more.get("description"):
            facts.description = text_of("description", more["description"], 2000)

    def write(
        self,
        edition: Edition,
        facts: OrganizationFacts,
        notes: Notes,
        *,
        known: Organization | None,
        row: ImportedOrganization | None,
        publish: bool,
    ) -> Fate:
        organization = known or self.directory.finder.find_alike(facts.name)
        is_new = organization is None
        if is_new:
            organization = Organization(name=facts.name)
        elif known is None:
            self.directory.keep_spelling(organization, facts.name, notes)
            notes.say(f'"{organization.name[:100]}" is here already: what its record lacked was filled in.')
        elif row and row.written.get("name") == organization.name:
            organization.name = facts.name
        elif facts.name != organization.name:
            facts.names.setdefault(edition.language, facts.name)
        written = self.set_values(organization, facts, row.written if row and not is_new else {}, notes)
        if facts.aliases:
            organization.aliases = "\n".join(dict.fromkeys([*organization.aliases.splitlines(), *facts.aliases]))
        organization.is_listed = organization.is_listed or publish
        set_names(organization, edition.language, facts, notes, overwrite=self.overwrite or row is not None)
        organization.full_clean(exclude=["slug"])
        organization.save()
        self.directory.finder.add(organization)
        if organization.country_id is None:
            notes.say(f'No country is given for "{organization.name[:100]}".')
        imported = ImportedOrganization(
            pk=row.pk if row else None,
            import_id=edition.id,
            language=edition.language,
            organization=organization,
            digest=edition.digest(),
            written={**written, "name": facts.name},
            published=publish or bool(row and row.published),
            open_links=[link.stored() for link in facts.links],
        )
        imported.save()
        return Fate.CREATED if is_new else Fate.UPDATED

    def set_values(self, organization: Organization, facts: OrganizationFacts, before: dict, notes: Notes) -> dict:
        """What is empty, or stands as the import wrote it, takes the value; what was edited here keeps its own."""
        for name, value in facts.values.items():
            current = current_value(organization, name)
            if current == value or value in ("", [], None):
                continue
            if not current or current == before.get(name) or self.overwrite:
                setattr(organization, name, Concept.objects.filter(pk__in=value) if name == "expertise" else value)
            else:
                notes.say(f'"{name.removesuffix("_id")}" stands here otherwise, and stays as it is.')
        return {**before, **facts.values}


def current_value(organization: Organization, name: str) -> Any:
    if name == "expertise":
        return sorted(concept.pk for concept in organization.expertise.all()) if organization.pk else []
    return getattr(organization, name)


def links_of(projects: Any) -> list[Link]:
    """Projects by id, or objects with `project` and `role`."""
    found = []
    for item in list_of("projects", projects):
        row = {"project": item} if isinstance(item, str) else item
        if not isinstance(row, dict) or not isinstance(row.get("project"), str) or not row["project"].strip():
            raise Refused('Each of "projects" must be the id of a project, or an object with project and role.')
        role = row.get("role") or ""
        if role and role not in Partner.Role.values:
            raise Refused(f'"{str(role)[:40]}" is no role in a project: {", ".join(Partner.Role.values)}.')
        found.append(Link(PARTNER, bounded("projects", row["project"].strip(), 200), role))
    return found


def set_names(
    organization: Organization, language: str, facts: OrganizationFacts, notes: Notes, *, overwrite: bool
) -> None:
    rows = {row.language: row for row in organization.other_names.all()}
    texts = {code: {"name": name} for code, name in facts.names.items() if name and name != organization.name}
    if facts.description is not None:
        texts.setdefault(language, {})["description"] = facts.description
    for code, fields in texts.items():
        row = rows.setdefault(code, OrganizationName(language=code))
        for name, value in fields.items():
            current = getattr(row, name)
            if current and current != value and not overwrite:
                notes.say(f'The {name} in the language "{code}" stands here otherwise, and stays as it is.')
            else:
                setattr(row, name, value)
    organization.other_names = list(rows.values())
