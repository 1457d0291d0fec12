"""A site with an event that one can register for."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from events.links import form_token
from events.models import EventPage, Registration, RegistrationDesk, State
from home.models import HomePage
from resources.models import ListingPage

from ..catalog.conftest import (  # noqa: F401
    LANGUAGES,
    add,
    empty_cache,
    make_site_tree_in,
    name_database_of_atomic_blocks,
    paragraph,
)
from ..rows import made_once


@pytest.fixture
def site(db):
    """Home pages and listings in three languages."""
    made_once(make_small_site)
    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}


def make_small_site() -> None:
    make_site_tree_in(*LANGUAGES)


def listing(language="en") -> ListingPage:
    return ListingPage.objects.get(lists="event", locale__language_code=language)


def in_days(number: int) -> datetime.date:
    return timezone.now().date() + datetime.timedelta(days=number)


def add_event(name="seminar", *, days=30, publish=True, **fields) -> EventPage:
    """On a day that many days from now, from 9:30 to 17:00 in Brussels."""
    values = {
        "title": f"Event {name}",
        "summary": f"Summary of {name}.",
        "start_date": in_days(days),
        "start_time": datetime.time(9, 30),
        "end_time": datetime.time(17),
        "venue": "Committee of the Regions",
    }
    return add(EventPage(slug=name, **{**values, **fields}), listing(), publish=publish)


def desk_of(page: EventPage, **fields) -> RegistrationDesk:
    """The desk of a published event, open and with these settings."""
    RegistrationDesk.objects.filter(work=page.translation_key).update(**{"is_open": True, **fields})
    return RegistrationDesk.objects.get(work=page.translation_key)


def register(desk: RegistrationDesk, name="anna", *, state=State.UNVERIFIED, **fields) -> Registration:
    """A row as if the form had been sent; with a place counted where the state has one."""
    now = timezone.now()
    email = f"{name}@example.org"
    values = {
        "name": name.title(), "email": email, "email_key": email, "language": "en", "consent_text": "Yes.",
        "consented_at": now, "verified_at": None if state == State.UNVERIFIED else now, "state": state,
    }  # fmt: skip
    if state in (State.CONFIRMED, State.ATTENDED):
        RegistrationDesk.objects.filter(pk=desk.pk).update(taken=desk.taken + 1)
        desk.refresh_from_db()
    return Registration.objects.create(desk=desk, **{**values, **fields})


def form_data(desk: RegistrationDesk, **fields) -> dict:
    """What a browser sends some seconds after it opened the form."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() - 30)
        token = form_token(desk.work)
    return {"token": token, "name": "Anna Berg", "email": "anna@example.org", "consent": "on", **fields}


def send_form(client, desk, language="en", **fields):
    return client.post(f"/{language}/events-registration/{desk.work}/", form_data(desk, **fields))


def link_in_mail(purpose: str, number=-1) -> str:
    """The path of the link in the last mail."""
    return re.search(rf"https?://[^/\s]+(/\S+/{purpose}/\S+)", mail.outbox[number].body)[1]
