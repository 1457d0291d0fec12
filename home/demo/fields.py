"""What each kind of page holds besides what all have: the fields of one edition, ready for its model."""

import json
from datetime import date, time
from uuid import UUID, uuid5

from wagtail.models import Page

from events.times import date_and_time
from pages.describing import html_paragraphs
from projects.dates import Precision, read
from resources.blueprint_blocks import Criterion
from taxonomy.models import FundingProgramme

from .blocks import body, bullet_list, items, stream
from .works import Work, work_key


def fields_of(work: Work, language: str) -> dict:
    edition = work.edition(language)
    own = {
        "blueprint": blueprint_fields,
        "toolkit": toolkit_fields,
        "plan": plan_fields,
        "news": news_fields,
        "project": project_fields,
        "event": event_fields,
    }
    fields = {
        "title": edition["title"],
        "summary": edition.get("summary") or edition.get("standfirst", ""),
        "image_alt": edition["picture_alt"],
        "body": stored(body(work.text(edition["body"]), uuid5(work.key, "body"))),
    }
    if work.kind not in ("page", "project"):
        fields |= {"project": project_page(work, language), "project_output": work.data.get("output", "")}
    return fields | own[work.kind](work, language) if work.kind in own else fields


def project_page(work: Work, language: str) -> Page | None:
    slug = work.data.get("project")
    page = nearest_edition(slug, language) if slug else None
    return page.specific if page else None


def stored(blocks: list[dict]) -> str:
    return json.dumps(blocks, ensure_ascii=False)


def day(text: str | None, *, end: bool = False) -> date | None:
    """A date of "2021-03-15", or the first or last day of the month "2021-03"."""
    return read(text, end=end)[0] if text else None


def resource_fields(work: Work) -> dict:
    return {
        "period_start": day(work.data.get("period_start")),
        "period_end": day(work.data.get("period_end"), end=True),
        "contact": work.data.get("contact", ""),
    }


def blueprint_fields(work: Work, language: str) -> dict:
    edition = work.edition(language)
    more = edition.get("more", {})
    actors = [{"name": row["name"], "role": row.get("role", ""), "contributes": ""} for row in more.get("actors", [])]
    adoptions = [{**row, "url": ""} for row in more.get("adopted_by", [])]
    return {
        **resource_fields(work),
        "practice": work.data["practice_kind"],
        "place": more.get("place", ""),
        "challenge": edition["challenge"],
        "context": html_paragraphs(more.get("context", "")),
        "objectives": bullet_list(edition["objectives"]),
        "beneficiaries": more.get("beneficiaries", ""),
        "collaboration_model": html_paragraphs(more.get("collaboration_model", "")),
        "actors": rows("actor", actors, uuid5(work.key, "actors")),
        "target_group_participation": more.get("participation", ""),
        "steps": rows("step", edition["steps"], uuid5(work.key, "steps")),
        "resources_needed": bullet_list(more.get("resources", [])) + html_paragraphs(more.get("cost", "")),
        "results": rows("result", edition["results"], uuid5(work.key, "results")),
        "criteria": rows("criterion", criteria(more.get("criteria", [])), uuid5(work.key, "criteria")),
        "success_factors": bullet_list(edition["success_factors"]),
        "obstacles": bullet_list(edition["obstacles"]),
        "lessons_learned": bullet_list(more.get("lessons_learned", [])),
        "transferability": edition["transferability"],
        "sustainability": html_paragraphs(more.get("sustainability", "")),
        "adopted_by": rows("adoption", adoptions, uuid5(work.key, "adopted_by")),
    }


# All blueprints of the demonstration are checked against the same six, in this order.
CRITERIA = (
    Criterion.COOPERATION,
    Criterion.PARTICIPATION,
    Criterion.EFFECTIVENESS,
    Criterion.SUSTAINABILITY,
    Criterion.TRANSFERABILITY,
    Criterion.OPENNESS,
)


def criteria(checked: list[dict]) -> list[dict]:
    pairs = zip(CRITERIA, checked, strict=True) if checked else ()
    return [{"criterion": code.value, "met": row["verdict"], "note": row["note"]} for code, row in pairs]


def toolkit_fields(work: Work, language: str) -> dict:
    edition = work.edition(language)
    more = edition.get("more", {})
    return {
        **resource_fields(work),
        "format": work.data["format"],
        "learning_outcomes": bullet_list(edition["learning_outcomes"]),
        "prerequisites": more.get("prerequisites", ""),
        "facilitator_notes": html_paragraphs(more.get("facilitator_notes", "")),
        "materials": materials(more.get("materials", []), uuid5(work.key, "materials")),
    }


def materials(names: list[str], place: UUID) -> str:
    return rows("material", [{"title": name, "url": "", "file": None, "text": ""} for name in names], place)


def rows(block_type: str, values: list[dict], place: UUID) -> str:
    return stored(stream(block_type, values, place))


def news_fields(work: Work, language: str) -> dict:
    return {"event_date": day(work.data.get("event_date")), "contact": work.data.get("contact", "")}


PROJECT_STATUS = {"completed": "finished", "running": "under_way", "planned": "planned", "": ""}
OUTPUT_TYPES = {
    "action-plans": "plan",
    "blueprints": "blueprints",
    "platform": "platform",
    "practices": "blueprints",
    "report": "report",
    "tool-book": "toolkit",
    "toolbox": "toolkit",
    "toolkit": "toolkit",
}


def project_fields(work: Work, language: str) -> dict:
    edition, data = work.edition(language), work.data
    activities = [
        {"code": row["code"] or f"A{number}", "title": row["title"], "unit": row["unit"] or ""}
        for number, row in enumerate(edition["activities"], start=1)
    ]
    outputs = [
        {
            "code": row["code"] or f"O{number}",
            "type": OUTPUT_TYPES[row["type"]],
            "title": row["title"],
            "description": row["description"],
        }
        for number, row in enumerate(edition["outputs"], start=1)
    ]
    return {
        "acronym": data["acronym"],
        "status": PROJECT_STATUS[data["status"]],
        "start_date": day(data["start"]),
        "start_precision": precision(data["start"]),
        "end_date": day(data["end"], end=True),
        "end_precision": precision(data["end"]),
        "website": data["website"],
        "contact": data["contact"],
        "funding_programme": FundingProgramme.objects.filter(code=data["programme"]).first(),
        "key_action": data["key_action"],
        "action_type": data["action_type"],
        "call_year": data["call_year"],
        "grant_number": data.get("grant_number", ""),
        "grant_amount": data["grant_amount"],
        "grant_currency": data["grant_currency"] or "EUR",
        "objectives": bullet_list(edition["objectives"]),
        "needs": rows("need", edition["needs"], uuid5(work.key, "needs")),
        "activities": rows("activity", activities, uuid5(work.key, "activities")),
        "outputs": rows("output", outputs, uuid5(work.key, "outputs")),
    }


def precision(text: str | None) -> str:
    return read(text)[1] if text else Precision.MONTH


MODES = {"onsite": "on_site", "online": "online", "hybrid": "hybrid"}


def event_fields(work: Work, language: str) -> dict:
    edition, data = work.edition(language), work.data
    start_date, start_time = date_and_time(data["start"])
    end_date, end_time = date_and_time(data["end"])
    agenda = [
        {"day": None, "time": clock(row["time"]), "title": row["title"], "speaker": row["speaker"]}
        for row in edition["agenda"]
    ]
    outcomes = work.text(edition["outcomes"]) if edition["outcomes"] else ""
    return {
        "objectives": "\n\n".join(edition["objectives"]),
        "start_date": start_date,
        "start_time": start_time,
        "end_date": end_date,
        "end_time": end_time,
        "time_zone": data["timezone"],
        "status": "confirmed",
        "mode": MODES[data["mode"]],
        "venue": data["venue"],
        "address": data["address"],
        "online_link": data["online_link"],
        "audience": edition["audience"],
        "accessibility": edition["access"],
        "languages": data["languages"],
        "speakers": rows("speaker", edition["speakers"], uuid5(work.key, "speakers")),
        "agenda": rows("item", agenda, uuid5(work.key, "agenda")),
        "outcomes": stored(body(outcomes, uuid5(work.key, "outcomes"))) if outcomes else "",
        "contact": data.get("contact", ""),
    }


def clock(text: str) -> str | None:
    """A time such as "9:30" as a TimeBlock stores it."""
    return time.fromisoformat(text.zfill(5)).isoformat() if text else None


def plan_fields(work: Work, language: str) -> dict:
    edition = work.edition(language)
    place = uuid5(work.key, "priorities")
    priorities = [
        {
            "title": priority["title"],
            "rationale": priority["rationale"],
            "actions": items(
                [action_value(action, language, uuid5(place, action["code"])) for action in priority["actions"]],
                uuid5(place, f"actions {number}"),
            ),
        }
        for number, priority in enumerate(edition["priorities"])
    ]
    more = edition.get("more", {})
    endorsements = [
        {"name": row["name"], "role": "", "date": None, "statement": row["text"]}
        for row in more.get("endorsements", [])
    ]
    return {
        **resource_fields(work),
        "policy_context": html_paragraphs(more.get("policy_context", "")),
        "needs": html_paragraphs(more.get("needs_analysis", "")),
        "governance": html_paragraphs(more.get("governance", "")),
        "monitoring": html_paragraphs(more.get("monitoring", "")),
        "adopted_on": day(more.get("adopted_on")),
        "adopted_by": more.get("adoption_body", "")[:200],
        "endorsements": rows("endorsement", endorsements, uuid5(work.key, "endorsements")),
        "territory": edition["territory"],
        "region": work.data["region"],
        "vision": edition["vision"],
        "priorities": stored(stream("priority", priorities, place)),
        "network": stored(stream("member", edition["network"], uuid5(work.key, "network"))),
    }


def action_value(action: dict, language: str, place: UUID) -> dict:
    start, end = day(action["start"]), day(action["end"], end=True)
    return {
        **{name: action[name] for name in ("code", "title", "text", "lead")},
        "rationale": "",
        "partners": ", ".join(action.get("partners", [])),
        "cost": None,
        "currency": "EUR",
        # The demonstration says in words what an action costs.
        "funding": "; ".join(filter(None, (action.get("funding"), action.get("cost")))),
        "risk": action.get("risk", ""),
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "based_on": edition_id(action["based_on"], language),
        "indicators": items(action["indicators"], place),
    }


def edition_id(slug: str | None, language: str) -> int | None:
    """The page of a work in `language`, else its first one."""
    if not slug:
        return None
    page = nearest_edition(slug, language)
    return page.pk if page else None


def nearest_edition(slug: str, language: str) -> Page | None:
    editions = list(Page.objects.filter(translation_key=work_key(slug)).select_related("locale").order_by("pk"))
    return min(editions, key=lambda page: page.locale.language_code != language, default=None)


def practices(unit: dict, language: str) -> list[dict]:
    pages = [edition_id(slug, language) for slug in unit.get("uses", [])]
    return [{"page": page, "text": ""} for page in pages if page]


def unit_fields(work: Work, unit: dict, place: UUID, language: str) -> dict:
    questions = [
        {
            "question": question["question"],
            "options": items(
                [
                    {"text": text, "is_right": index == question["correct"]}
                    for index, text in enumerate(question["options"])
                ],
                uuid5(place, f"options {number}"),
            ),
            "feedback": question["feedback"],
        }
        for number, question in enumerate(unit.get("questions", []))
    ]
    return {
        "title": unit["title"],
        "slug": unit["slug"],
        "type": unit["type"],
        "minutes": unit["minutes"],
        "body": stored(body(work.text(unit["body"]), uuid5(place, "body"))),
        "questions": rows("question", questions, uuid5(place, "questions")),
        "practices": rows("practice", practices(unit, language), uuid5(place, "practices")),
        "facilitator_notes": html_paragraphs(unit.get("facilitator_notes", "")),
        "materials": materials(unit.get("materials", []), uuid5(place, "materials")),
    }
