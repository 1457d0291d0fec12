"""A page of every type with everything filled in, with as many rows of each sort as a test asks for."""

import uuid
from collections.abc import Callable
from datetime import date, time

from django.db import transaction
from wagtail.models import Page

from events.models import EventPage
from home.models import HomePage, StandardPage
from network.models import Contribution, Organization, OrganizationName, Person, PersonText
from news.models import NewsPage
from projects.models import Partner, ProjectPage
from resources.models import ActionPlanPage, AttachedFile, BlueprintPage, RelatedWork
from taxonomy.models import Concept, ConceptLabel, License
from toolkits.models import ModulePage, ToolkitPage, UnitPage

from ..catalog.conftest import add, add_file, add_picture, listing

CONCEPTS = {
    "topic": ("learning", "peers"),
    "target_group": ("refugees", "youth"),
    "country": ("SE", "DE"),
    "goal": ("goal-8",),
    "region": ("DEE09",),
}


def block(name: str, value: object) -> dict:
    return {"type": name, "value": value, "id": str(uuid.uuid4())}


def item(value: object) -> dict:
    return block("item", value)


class Filled:
    """What pages are filled with: `rows` of each sort, each a record of its own where it names one.

    `name` ends the addresses of what is made with it.
    """

    @transaction.atomic
    def __init__(self, rows: int, name: str = "") -> None:
        self.rows, self.name = rows, name
        self.concepts = {scheme: make_concepts(scheme, codes) for scheme, codes in CONCEPTS.items()}
        self.countries = self.concepts["country"]
        self.organizations = [
            Organization.objects.create(name=f"Organization {number}", country=self.countries[0])
            for number in range(rows)
        ]
        self.people = [Person.objects.create(name=f"Person {number}") for number in range(rows)]
        self.files = [add_file(f"file-{number}") for number in range(rows)]
        self.pictures = [add_picture(f"picture-{number}") for number in range(rows)]
        self.works = [
            add(BlueprintPage(title=f"Work {number}", slug=f"work-{number}{name}"), listing(), publish=False)
            for number in range(rows)
        ]

    def each(self, make: Callable[[int], object]) -> list:
        return [make(number) for number in range(self.rows)]

    def body(self, text: str) -> list[dict]:
        return [
            row
            for number in range(self.rows)
            for row in (
                block("heading", {"text": f"{text} heading {number}", "level": "2"}),
                block("paragraph", f"<p>{text} paragraph {number}.</p>"),
                block(
                    "picture", {"image": self.pictures[number].pk, "alt_text": f"{text} alt {number}", "caption": ""}
                ),
                block("file", {"file": self.files[number].pk, "text": f"{text} file {number}"}),
                block("resource", {"page": self.works[number].pk}),
            )
        ]

    def plain(self) -> dict:
        return {"summary": "English summary.", "image": self.pictures[0], "image_alt": "English alternative"}

    def links(self, name: str) -> list[dict]:
        return self.each(
            lambda number: block(
                name,
                {"title": f"English link {number}", "url": "", "file": self.files[number].pk, "text": "English use"},
            )
        )

    def describe(self, page: Page) -> Page:
        page.topics, page.target_groups = self.concepts["topic"], self.concepts["target_group"]
        page.countries, page.goals = self.countries, self.concepts["goal"]
        page.attached_files = [AttachedFile(file=file) for file in self.files]
        page.related_works = [RelatedWork(target=work) for work in self.works]
        page.contributions = [
            *(Contribution(organization=organization) for organization in self.organizations),
            *(Contribution(known_person=person) for person in self.people),
        ]
        return page

    def resource(self) -> dict:
        return {
            **self.plain(),
            "body": self.body("English"),
            "period_start": date(2024, 1, 1),
            "period_end": date(2024, 6, 1),
            "publisher": self.organizations[0],
            "license": License.objects.first(),
            "contact": "info@example.org",
            "copyright_holder": "Harz",
            "based_on": self.each(
                lambda number: block(
                    "source",
                    {"title": f"English source {number}", "creator": "", "url": "", "license": "", "changes": ""},
                )
            ),
        }


def make_concepts(scheme: str, codes: tuple[str, ...]) -> list[Concept]:
    concepts = [Concept.objects.get_or_create(scheme=scheme, code=code)[0] for code in codes]
    for concept in concepts:
        if not concept.labels.exists():
            ConceptLabel.objects.create(concept=concept, language="en", label=f"{concept.code} label")
    return concepts


def make_home(filled: Filled) -> Page:
    page = HomePage.objects.get(locale__language_code="en")
    page.body = filled.body("English")
    page.save_revision().publish()
    return page


def add_short() -> Page:
    home = HomePage.objects.get(locale__language_code="en")
    return add(StandardPage(title="Short", slug="short"), home)


def make_listing(filled: Filled) -> Page:
    return listing()


def make_page(filled: Filled) -> Page:
    home = HomePage.objects.get(locale__language_code="en")
    return add(
        StandardPage(title="English page", slug=f"page{filled.name}", body=filled.body("English"), **filled.plain()),
        home,
    )


def make_blueprint(filled: Filled) -> Page:
    fields = {
        "steps": filled.each(lambda number: block("step", {"title": f"English step {number}", "text": "English how"})),
        "tools": filled.links("tool"),
        "practice": "practice",
        "state": "running",
        "place": "Lund",
    }
    page = BlueprintPage(title="English blueprint", slug=f"blueprint{filled.name}", **filled.resource(), **fields)
    return add(filled.describe(page), listing())


def make_plan(filled: Filled) -> Page:
    def action(number: int) -> dict:
        indicator = {"code": f"I{number}", "label": f"English indicator {number}", "unit": "English unit"}
        return item(
            {
                "code": f"A{number}", "title": f"English action {number}", "rationale": "English reason",
                "text": "English doing", "based_on": filled.works[number].pk, "lead": "Organization lead",
                "partners": "Organization partner", "start": "2024-01-01", "end": "2024-02-01", "cost": "100",
                "currency": "EUR", "funding": "English funds", "risk": "English risk", "indicators": [item(indicator)],
            }
        )  # fmt: skip

    priority = {"title": "English priority", "rationale": "English why", "actions": filled.each(action)}
    fields = {
        "territory": "Harz",
        "region": "DEE09",
        "vision": "English vision",
        "policy_context": "<p>English policy.</p>",
        "priorities": [block("priority", priority)],
    }
    page = ActionPlanPage(title="English plan", slug=f"plan{filled.name}", **filled.resource(), **fields)
    return add(filled.describe(page), listing("plan"))


def make_toolkit(filled: Filled) -> Page:
    page = ToolkitPage(
        title="English toolkit", slug=f"toolkit{filled.name}", materials=filled.links("material"), **filled.resource()
    )
    return add(filled.describe(page), listing("toolkit"))


def make_module(filled: Filled) -> Page:
    page = ModulePage(
        title="English module",
        slug=f"module{filled.name}",
        minutes=30,
        materials=filled.links("material"),
        **filled.plain(),
    )
    return add(page, make_toolkit(filled))


def make_unit(filled: Filled) -> Page:
    def question(number: int) -> dict:
        options = [
            item({"text": f"English answer {number}", "is_right": True}),
            item({"text": "English other answer", "is_right": False}),
        ]
        value = {"question": f"English question {number}", "options": options, "feedback": "English feedback"}
        return block("question", value)

    page = UnitPage(
        title="English unit",
        slug=f"unit{filled.name}",
        type="activity",
        minutes=20,
        learning_outcomes="<p>English outcome</p>",
        prerequisites="English prerequisite",
        facilitator_notes="<p>English note</p>",
        body=filled.body("English"),
        materials=filled.links("material"),
        activities=filled.each(
            lambda number: block(
                "activity",
                {"title": f"English activity {number}", "minutes": 5, "setting": "pairs", "text": "English doing"},
            )
        ),
        questions=filled.each(question),
        practices=filled.each(
            lambda number: block("practice", {"page": filled.works[number].pk, "text": "English practice"})
        ),
        **filled.plain(),
    )
    return add(page, make_module(filled))


def make_project(filled: Filled) -> Page:
    page = ProjectPage(
        title="English project",
        slug=f"project{filled.name}",
        body=filled.body("English"),
        acronym="ERASMI",
        start_date=date(2019, 9, 1),
        end_date=date(2021, 8, 1),
        call_year=2019,
        grant_amount="443795.00",
        coordinator=filled.organizations[0],
        contact="info@example.org",
        objectives="<p>English objective</p>",
        needs=filled.each(lambda number: block("need", {"target_group": "refugees", "text": f"English need {number}"})),
        activities=filled.each(
            lambda number: block(
                "activity", {"code": f"A{number}", "title": f"English activity {number}", "unit": "English unit"}
            )
        ),
        outputs=filled.each(
            lambda number: block(
                "output",
                {
                    "code": f"IO{number}",
                    "type": "plan",
                    "title": f"English output {number}",
                    "description": "English product",
                },
            )
        ),
        **filled.plain(),
    )
    page.partners = [
        Partner(organization=organization, country=filled.countries[1]) for organization in filled.organizations
    ]
    return add(filled.describe(page), listing("project"))


def make_event(filled: Filled) -> Page:
    page = EventPage(
        title="English event",
        slug=f"event{filled.name}",
        body=filled.body("English"),
        outcomes=filled.body("English outcome"),
        objectives="English objectives",
        start_date=date(2090, 5, 7),
        start_time=time(9, 30),
        end_time=time(17),
        mode="hybrid",
        venue="English venue",
        address="Rue Belliard 99",
        audience="English audience",
        accessibility="English access",
        host="English host",
        organizer=filled.organizations[0],
        languages=["en", "sv"],
        contact="info@example.org",
        agenda_file=filled.files[0],
        speakers=filled.each(
            lambda number: block(
                "speaker",
                {"name": f"Person {number}", "role": "English role", "organization": f"Organization {number}"},
            )
        ),
        agenda=filled.each(
            lambda number: block(
                "item",
                {"day": None, "time": "09:30:00", "title": f"English item {number}", "speaker": f"Person {number}"},
            )
        ),
        **filled.plain(),
    )
    return add(filled.describe(page), listing("event"))


def make_news(filled: Filled) -> Page:
    page = NewsPage(
        title="English news",
        slug=f"news{filled.name}",
        body=filled.body("English"),
        event_date=date(2021, 10, 15),
        lessons_learned="<p>English lesson</p>",
        keywords="English keyword",
        contact="info@example.org",
        organizations=filled.each(
            lambda number: block(
                "organization", {"organization": filled.organizations[number].pk, "name": "", "url": ""}
            )
        ),
        **filled.plain(),
    )
    return add(filled.describe(page), listing("news"))


PAGES: dict[str, Callable[[Filled], Page]] = {
    "home": transaction.atomic(make_home),
    "listing": transaction.atomic(make_listing),
    "page": transaction.atomic(make_page),
    "blueprint": transaction.atomic(make_blueprint),
    "plan": transaction.atomic(make_plan),
    "toolkit": transaction.atomic(make_toolkit),
    "module": transaction.atomic(make_module),
    "unit": transaction.atomic(make_unit),
    "project": transaction.atomic(make_project),
    "event": transaction.atomic(make_event),
    "news": transaction.atomic(make_news),
}


def make_organization(filled: Filled) -> Organization:
    organization = Organization.objects.create(
        name="An organization", country=filled.countries[0], region=filled.concepts["region"][0]
    )
    organization.expertise.set(filled.concepts["topic"])
    organization.save()
    for language in ("en", "sv", "de", "it", "tr", "fi")[: filled.rows]:
        OrganizationName.objects.create(organization=organization, language=language, name=f"Name {language}")
    return organization


def make_person(filled: Filled) -> Person:
    person = Person.objects.create(name="Amal Haddad", affiliation=filled.organizations[0], is_listed=True)
    for language in ("en", "sv", "de", "it", "tr", "fi")[: filled.rows]:
        PersonText.objects.create(person=person, language=language, role="Trainer")
    return person


RECORDS = {"organization": make_organization, "person": make_person}
