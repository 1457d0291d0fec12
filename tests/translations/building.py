"""Pages of every type with every text filled in, and people of every role."""

import uuid

from wagtail.models import Locale

from accounts.models import Role, Team, User
from home.models import HomePage, StandardPage
from news.models import NewsPage
from resources.models import ActionPlanPage, BlueprintPage, ListingPage
from toolkits.models import ModulePage, ToolkitPage, UnitPage

PASSWORD = "correct horse battery"


def block(type_, value):
    return {"type": type_, "value": value, "id": str(uuid.uuid4())}


def item(value):
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


def body(text="Body text"):
    return [
        block(
            "paragraph",
            f'<p>{text} with <a href="https://example.org/a.b">a link</a>.</p><ul><li>First</li><li>Second</li></ul>',
        ),
        block("heading", {"text": "A heading", "level": "2"}),
        block("quotation", {"text": "A quotation", "source": "A person"}),
        block("callout", {"title": "A note", "text": '<p>Note text, <a href="https://example.org/b">linked</a>.</p>'}),
        block(
            "table",
            {
                "caption": "A table",
                "has_header": True,
                "rows": [
                    item({"cells": [item("Cell one"), item("Cell two")]}),
                    item({"cells": [item("Cell three"), item("")]}),
                ],
            },
        ),
    ]


def publish(parent, page):
    parent.refresh_from_db()
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def home(language="en"):
    return HomePage.objects.get(locale__language_code=language)


def listing(kind, language="en"):
    return ListingPage.objects.get(lists=kind, locale__language_code=language)


def locale(language):
    return Locale.objects.get(language_code=language)


def make_blueprint(title="A mentoring programme", language="en", **fields):
    page = BlueprintPage(
        title=title,
        slug=fields.pop("slug", "mentoring"),
        **{
            "summary": "What it is.",
            "challenge": "The challenge.",
            "objectives": "<p>The objectives.</p><ul><li>One goal</li></ul>",
            "body": body(),
            "steps": [block("step", {"title": "Step one", "text": "What is done"})],
            "results": [block("result", {"indicator": "Jobs found", "value": "12 people", "source": "A survey"})],
            "success_factors": "<p>Success factors.</p>",
            "obstacles": "<p>Obstacles.</p>",
            "transferability": "How to adapt it.",
            "contact": "info@example.org",
            "image_alt": "A picture of people",
            "seo_title": "Mentoring, in short",
            "search_description": "For search engines",
            **fields,
        },
    )
    return publish(listing("blueprint", language), page)


def make_plan(title="A regional plan"):
    indicator = item({"code": "I1", "label": "Mentors found", "unit": "people"})
    second = item({"code": "I2", "label": "Meetings held", "unit": "meetings"})
    action = item(
        {
            "code": "A1",
            "title": "Find mentors",
            "text": "Through associations",
            "lead": "The municipality",
            "start": "2026-01-01",
            "end": None,
            "based_on": None,
            "indicators": [indicator, second],
        }
    )
    other = item(
        {
            "code": "A2",
            "title": "Train them",
            "text": "",
            "lead": "",
            "start": None,
            "end": None,
            "based_on": None,
            "indicators": [],
        }
    )
    page = ActionPlanPage(
        title=title,
        slug="plan",
        summary="What is planned.",
        territory="Harz district",
        region="DEE09",
        vision="The vision.",
        body=body("Plan text"),
        priorities=[block("priority", {"title": "Work", "rationale": "Because", "actions": [action, other]})],
        network=[block("member", {"name": "Harz University", "role": "Coordinator"})],
    )
    return publish(listing("plan"), page)


def make_toolkit(title="A toolkit", slug="toolkit", language="en"):
    toolkit = publish(
        listing("toolkit", language),
        ToolkitPage(
            title=title,
            slug=slug,
            summary="Learn it.",
            learning_outcomes="<p>You can do it.</p>",
            body=body("Toolkit text"),
        ),
    )
    module = publish(
        toolkit, ModulePage(title="Module one", slug="module-one", summary="About module one.", minutes=60)
    )
    publish(module, make_unit("Unit one", "unit-one"))
    return toolkit


def make_unit(title, slug):
    question = {
        "question": f"What did you learn in {title}?",
        "options": [item({"text": "This", "is_right": True}), item({"text": "That", "is_right": False})],
        "feedback": "Well done",
    }
    return UnitPage(
        title=title,
        slug=slug,
        summary=f"About {title}.",
        minutes=30,
        body=body("Unit text"),
        questions=[block("question", question)],
    )


def make_news(title="We met"):
    return publish(
        listing("news"),
        NewsPage(
            title=title, slug="we-met", summary="What happened.", contact="info@example.org", body=body("News text")
        ),
    )


def make_standard(title="About us", slug="about", parent=None):
    return publish(
        parent or home(), StandardPage(title=title, slug=slug, summary="Who we are.", body=body("About text"))
    )


def make_user(name, role=None, language="", *, superuser=False):
    user = User.objects.create_user(name, f"{name}@example.org", PASSWORD, is_superuser=superuser)
    if role:
        Team.objects.get_or_create(role=Role(role), language=language)[0].members.add(user)
    return User.objects.get(pk=user.pk)
