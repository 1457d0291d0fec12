"""What only its kind has, read from a record by the type of each field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from wagtail.fields import RichTextField

from content.blocks import BodyBlock
from content.fields import BlocksField
from events.times import date_and_time, time_zone_choices
from network.contributions import Contribution
from network.fields import LanguagesField
from network.models import Organization
from pages.described import DescribedPage
from projects.models import Partner
from resources.codes import CodesField
from taxonomy.fields import ConceptsField
from taxonomy.models import FundingProgramme

from .content import Content
from .links import OUTPUT, PREDECESSOR, PREVIOUS_EVENT, PROJECT, RELATED, SUCCESSOR, Link
from .organizations import Named, named
from .refusals import Refused
from .rows import rows_of
from .values import (
    Notes,
    address_of,
    choice_of,
    date_of,
    day_of,
    html_content,
    list_of,
    mail_of,
    number_of,
    plain_word,
    rich_text,
    text_of,
    time_of,
    truth_of,
)
from .vocabulary import Vocabulary

NAMES_OF_FIELDS = {"output": "project_output"}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a project planned or did in one activity; `country` is a name or a code, empty where none is given."""

    code: str
    title: str
    country: str
    planned: int | None
    done: int | None


@dataclass(slots=True)
class PageFields:
    """`values` are ready for the page; organizations are found or made when it is written."""

    values: dict[str, Any] = field(default_factory=dict)
    bodies: dict[str, Content] = field(default_factory=dict)
    organizations: dict[str, Named] = field(default_factory=dict)
    partners: list[Named] | None = None
    mentions: list[tuple[Named, str]] | None = None
    contributions: list[tuple[Named | str, str]] | None = None
    counts: list[Counted] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


class FieldReader:
    """Reads `more` of one record. Raises `Refused`; what is merely odd goes into `notes`."""

    def __init__(
        self, model: type[DescribedPage], import_id: str, language: str, vocabulary: Vocabulary, notes: Notes
    ) -> None:
        self.model = model
        self.import_id = import_id
        self.language = language
        self.vocabulary = vocabulary
        self.notes = notes
        self.found = PageFields()

    def read(self, more: dict[str, Any]) -> PageFields:
        for key, value in more.items():
            reader = getattr(self, f"read_{key}_of_{self.model.catalog_kind}", None) or getattr(
                self, f"read_{key}", None
            )
            if reader:
                reader(value)
            else:
                self.read_field(key, value)
        return self.found

    def read_field(self, key: str, value: Any) -> None:
        name = NAMES_OF_FIELDS.get(key, key)
        try:
            model_field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return
        if isinstance(model_field, models.ForeignKey) and model_field.related_model is Organization:
            self.found.organizations[name] = named(key, value, self.notes)
        elif isinstance(model_field, BlocksField) and isinstance(model_field.stream_block, BodyBlock):
            self.body(name, key, value)
        else:
            self.found.values[name] = self.value_for(model_field, key, value)

    def body(self, name: str, key: str, value: Any) -> None:
        """HTML, plain text, or a list of texts, as blocks."""
        text = value if isinstance(value, str) and "<" in value else rich_text(key, value, self.notes)
        self.found.bodies[name] = html_content(key, text, self.notes)

    def value_for(self, model_field: models.Field, key: str, value: Any) -> Any:
        for field_type, read in self.READERS.items():
            if isinstance(model_field, field_type):
                return read(self, model_field, key, value)
        if model_field.choices:
            return choice_of(key, value, model_field.flatchoices, self.notes) or model_field.get_default()
        return text_of(key, value, model_field.max_length, join=", " if key == "keywords" else "\n\n")

    def concepts(self, model_field: ConceptsField, key: str, value: Any) -> list:
        names = [text_of(key, name) for name in list_of(key, value)]
        scheme = model_field.get_limit_choices_to()["scheme"]
        found, unknown = self.vocabulary.concepts_named(scheme, names, self.language)
        for name in unknown:
            self.notes.say(f'"{key}": "{name}" is not known here.')
        return found

    def codes(self, model_field: models.Field, key: str, value: Any) -> list[str]:
        choices = model_field.formfield().choices
        found = [choice_of(key, item, choices, self.notes) for item in list_of(key, value)]
        return list(dict.fromkeys(code for code in found if code))

    def number(self, model_field: models.Field, key: str, value: Any) -> Any:
        number = number_of(key, value, self.notes)
        try:
            return None if number is None else model_field.clean(number, None)
        except ValidationError as error:
            raise Refused(f'"{key}": {" ".join(error.messages)}') from None

    def rows(self, model_field: BlocksField, key: str, value: Any) -> list[dict]:
        return rows_of(model_field, key, value, self.notes, self.import_id)

    def rich(self, model_field: RichTextField, key: str, value: Any) -> str:
        return rich_text(key, value, self.notes)

    def day(self, model_field: models.DateField, key: str, value: Any) -> date:
        return day_of(key, value, self.notes, end=key.endswith("_end"))

    def truth(self, model_field: models.BooleanField, key: str, value: Any) -> bool:
        return truth_of(key, value)

    def web_address(self, model_field: models.URLField, key: str, value: Any) -> str:
        return address_of(key, value, self.notes, model_field.max_length)

    def mail_address(self, model_field: models.EmailField, key: str, value: Any) -> str:
        return mail_of(key, value, self.notes)

    # The first that fits counts.
    READERS = {
        BlocksField: rows,
        RichTextField: rich,
        ConceptsField: concepts,
        CodesField: codes,
        LanguagesField: codes,
        models.DateField: day,
        models.BooleanField: truth,
        models.DecimalField: number,
        models.IntegerField: number,
        models.URLField: web_address,
        models.EmailField: mail_address,
    }

    # Of all kinds

    def read_authors(self, value: Any) -> None:
        """People by name; organizations as objects with `organization`."""
        rows: list[tuple[Named | str, str]] = []
        for item in list_of("authors", value):
            row = {"person": item} if isinstance(item, str) else item
            if not isinstance(row, dict) or not (row.get("person") or row.get("name") or row.get("organization")):
                raise Refused('Each of "authors" must be a name, or an object with a person or an organization.')
            role = choice_of("authors: role", row.get("role"), Contribution.Role.choices, self.notes)
            person = row.get("person") or row.get("name")
            who = text_of("authors", person, 200) if person else named("authors", row["organization"], self.notes)
            rows.append((who, role or Contribution.Role.AUTHOR))
        self.found.contributions = rows

    def read_related(self, value: Any) -> None:
        self.link(RELATED, value if isinstance(value, list) else [value])

    def read_project(self, value: Any) -> None:
        self.link(PROJECT, [value])

    def read_previous_event(self, value: Any) -> None:
        self.link(PREVIOUS_EVENT, [value])

    def read_predecessor(self, value: Any) -> None:
        self.link(PREDECESSOR, [value])

    def read_successor(self, value: Any) -> None:
        self.link(SUCCESSOR, [value])

    def link(self, name: str, targets: list, detail: str = "") -> None:
        for target in targets:
            if not isinstance(target, str | int) or isinstance(target, bool) or not str(target).strip():
                raise Refused(f'"{name}" must name another work by its id.')
            self.found.links.append(Link(name, str(target).strip()[:200], detail))

    def read_funding_disclaimer(self, value: Any) -> None:
        """Of a programme that the site knows it is shown in every language by itself; otherwise it ends the text."""
        text = text_of("funding_disclaimer", value)
        programme = self.vocabulary.programme_in(text)
        if programme:
            self.notes.say(f"What must be said of {programme} comes from the programme, in every language.")
        else:
            self.found.bodies["disclaimer"] = html_content(
                "funding_disclaimer", rich_text("", text, self.notes), self.notes
            )

    def read_funding_disclaimer_lang(self, value: Any) -> None:
        """The programme's own texts know their languages."""

    # Projects

    def read_start_of_project(self, value: Any) -> None:
        self.found.values["start_date"], self.found.values["start_precision"] = date_of("start", value, self.notes)

    def read_end_of_project(self, value: Any) -> None:
        day, precision = date_of("end", value, self.notes, end=True)
        self.found.values["end_date"], self.found.values["end_precision"] = day, precision

    def read_programme_of_project(self, value: Any) -> None:
        text = text_of("programme", value, 200)
        programme: FundingProgramme | None = self.vocabulary.programme_in(text)
        if programme is None:
            self.notes.say(f'The programme "{text[:80]}" is not in the list of programmes: its name was kept as it is.')
        elif plain_word(text) not in {plain_word(programme.code), plain_word(programme.name)}:
            self.notes.say(f'The programme "{text[:80]}" was read as {programme}.')
        self.found.values |= {"funding_programme": programme, "programme_name": "" if programme else text}

    def read_partners(self, value: Any) -> None:
        lines = [named("partners", item, self.notes) for item in list_of("partners", value)]
        roles = Partner.Role.choices
        partners = [replace(line, role=choice_of("partners: role", line.role, roles, self.notes)) for line in lines]
        last = len(partners)
        partners.sort(key=lambda partner: last if partner.order is None else partner.order)
        self.found.partners = partners

    def read_outcomes_of_project(self, value: Any) -> None:
        """A project's page has no field for them: they follow the text, under a heading."""
        self.body("outcomes", "outcomes", value)

    def read_needs_of_project(self, value: Any) -> None:
        items = value.items() if isinstance(value, dict) else ()
        rows = [{"target_group": group, "text": text} for group, text in items] or list_of("needs", value)
        known, others = [], []
        for row in rows:
            group = row.get("target_group") if isinstance(row, dict) else ""
            concepts, _ = self.vocabulary.concepts_named("target_group", [str(group or "")], self.language)
            if concepts:
                known.append({**row, "target_group": concepts[0].code})
            else:
                text = text_of("needs", row.get("text") or "") if isinstance(row, dict) else text_of("needs", row)
                others.append(f"{group}: {text}" if group else text)
                self.notes.say(
                    f'"needs": the target group "{str(group or "")[:60]}" is not known; its need ends the text.'
                )
        self.found.values["needs"] = self.value_for(self.model._meta.get_field("needs"), "needs", known)
        if others:
            self.found.bodies["needs"] = html_content("needs", rich_text("needs", others, self.notes), self.notes)

    def read_activities(self, value: Any) -> None:
        rows = []
        for row, code in self.coded("activities", value, "A", "activity"):
            title = text_of("activities: title", row.get("title") or row.get("name") or "", 255)
            counts = row.pop("counts", None)
            own = {name: row.pop(name) for name in ("country", "planned", "done", "actual") if name in row}
            for count in [*list_of("activities: counts", counts or []), *([own] if own else [])]:
                self.count(code, title, count)
            rows.append({**row, "code": code})
        self.found.values["activities"] = self.value_for(self.model._meta.get_field("activities"), "activities", rows)

    def coded(self, key: str, value: Any, letter: str, what: str) -> Iterator[tuple[dict, str]]:
        """Objects, or titles alone, each with its code; without one it is called by the letter and its number."""
        for number, item in enumerate(list_of(key, value), start=1):
            row = {"title": item} if isinstance(item, str) else item
            if not isinstance(row, dict):
                raise Refused(f'Each of "{key}" must be a text or an object.')
            yield dict(row), self.code(row, f"{letter}{number}", what)

    def code(self, row: dict, made: str, what: str) -> str:
        if row.get("code"):
            return text_of(f"{what}: code", row["code"], 20)
        self.notes.say(f"An {what} has no code; it was called {made}.")
        return made

    def count(self, code: str, title: str, row: Any) -> None:
        if not isinstance(row, dict):
            raise Refused('Each of the "counts" of an activity must be an object with country, planned and done.')
        for name in row:
            if name not in ("country", "planned", "done", "actual"):
                self.notes.say(f'"activities": "{name[:60]}" of a count is not known and was not read.')
        planned, done = (
            self.whole(f"activities: {name}", value)
            for name, value in (("planned", row.get("planned")), ("done", row.get("done", row.get("actual"))))
        )
        if planned is None and done is None:
            return
        country = text_of("activities: country", row.get("country") or "", 100)
        self.found.counts.append(Counted(code, title, country, planned, done))

    def whole(self, key: str, value: Any) -> int | None:
        number = None if value is None else number_of(key, value, self.notes)
        if number is None:
            return None
        if number < 0 or number != number.to_integral_value() or number > 2_000_000_000:
            raise Refused(f'"{key}" must be a whole number: {str(value)[:40]}.')
        return int(number)

    def read_outputs(self, value: Any) -> None:
        rows = []
        for row, code in self.coded("outputs", value, "O", "output"):
            works = row.pop("works", None) or row.pop("work", None) or []
            self.link(OUTPUT, works if isinstance(works, list) else [works], code)
            title = row.pop("title", None) or row.pop("name", None) or row.pop("text", None) or ""
            title = text_of("outputs: title", title)
            # The code stands before the title already.
            title = re.sub(rf"\s*\({re.escape(code)}\)\.?$", "", title) or title
            if len(title) > 255:
                row["description"] = "\n\n".join(
                    filter(None, (title, text_of("outputs", row.get("description") or "")))
                )
                title = title[:254].rpartition(" ")[0] + "…"
                self.notes.say(f"The title of the output {code} is too long: all of it stands in its description.")
            rows.append({**row, "code": code, "title": title})
        self.found.values["outputs"] = self.value_for(self.model._meta.get_field("outputs"), "outputs", rows)

    # Events

    def read_start_of_event(self, value: Any) -> None:
        self.found.values["start_date"], self.found.values["start_time"] = self.moment("start", value)

    def read_end_of_event(self, value: Any) -> None:
        self.found.values["end_date"], self.found.values["end_time"] = self.moment("end", value, end=True)

    def moment(self, key: str, value: Any, *, end: bool = False) -> tuple:
        text = text_of(key, value)
        if "T" not in text and " " not in text:
            return day_of(key, text, self.notes, end=end), None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise Refused(f'"{key}" is not a date and time such as 2014-05-07T09:30: {text[:40]}.') from None
        if moment.tzinfo:
            self.notes.say(f'"{key}": the time was read as the local time of the place, without its offset.')
        return date_and_time(moment.replace(tzinfo=None).isoformat())

    def read_time_zone(self, value: Any) -> None:
        zones = dict(time_zone_choices())
        if value in zones:
            self.found.values["time_zone"] = value
        else:
            self.notes.say(f'"{str(value)[:60]}" is not a time zone such as Europe/Brussels and was left out.')

    def read_objectives_of_event(self, value: Any) -> None:
        self.found.values["objectives"] = text_of("objectives", value)

    def read_host(self, value: Any) -> None:
        self.found.values["host"] = named("host", value, self.notes).name

    def read_agenda(self, value: Any) -> None:
        rows = [
            {**item, "time": time_of("agenda: time", item["time"]).isoformat()}
            if isinstance(item, dict) and item.get("time")
            else item
            for item in list_of("agenda", value)
        ]
        self.found.values["agenda"] = self.value_for(self.model._meta.get_field("agenda"), "agenda", rows)

    # News

    def read_organizations(self, value: Any) -> None:
        self.found.mentions = [
            (line, line.website)
            for line in (named("organizations", item, self.notes) for item in list_of("organizations", value))
        ]
