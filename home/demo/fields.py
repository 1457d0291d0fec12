"""What each kind of page holds besides what all have: the fields of one edition, ready for its model."""

import calendar
import json
from datetime import date
from uuid import UUID, uuid5

from wagtail.models import Page

from .blocks import body, bullet_list, items, stream
from .works import Work, work_key


def fields_of(work: Work, language: str) -> dict:
    edition = work.edition(language)
    own = {"blueprint": blueprint_fields, "toolkit": toolkit_fields, "plan": plan_fields, "news": news_fields}
    fields = {
        "title": edition["title"],
        "summary": edition.get("summary") or edition.get("standfirst", ""),
        "image_alt": edition["picture_alt"],
        "body": stored(body(work.text(edition["body"]), uuid5(work.key, "body"))),
    }
    return fields | own[work.kind](work, language) if work.kind in own else fields


def stored(blocks: list[dict]) -> str:
    return json.dumps(blocks, ensure_ascii=False)


def day(text: str | None, *, end: bool = False) -> date | None:
    """A date of "2021-03-15", or the first or last day of the month "2021-03"."""
    if not text:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = map(int, text.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1] if end else 1)


def resource_fields(work: Work) -> dict:
    return {
        "period_start": day(work.data.get("period_start")),
        "period_end": day(work.data.get("period_end"), end=True),
        "contact": work.data.get("contact", ""),
    }


def blueprint_fields(work: Work, language: str) -> dict:
    edition = work.edition(language)
    return {
        **resource_fields(work),
        "practice": work.data["practice_kind"],
        "challenge": edition["challenge"],
        "objectives": bullet_list(edition["objectives"]),
        "steps": stored(stream("step", edition["steps"], uuid5(work.key, "steps"))),
        "results": stored(stream("result", edition["results"], uuid5(work.key, "results"))),
        "success_factors": bullet_list(edition["success_factors"]),
        "obstacles": bullet_list(edition["obstacles"]),
        "transferability": edition["transferability"],
    }


def toolkit_fields(work: Work, language: str) -> dict:
    return {
        **resource_fields(work),
        "format": work.data["format"],
        "learning_outcomes": bullet_list(work.edition(language)["learning_outcomes"]),
    }


def news_fields(work: Work, language: str) -> dict:
    return {"event_date": day(work.data.get("event_date")), "contact": work.data.get("contact", "")}


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
    return {
        **resource_fields(work),
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


def unit_fields(work: Work, unit: dict, place: UUID) -> dict:
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
        "questions": stored(stream("question", questions, uuid5(place, "questions"))),
    }
