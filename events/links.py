"""Signed addresses that mails carry, and the token of the public form, which stands in for a cookie."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .registrations import Registration

CONFIRM_WITHIN = timedelta(days=3)
FILL_WITHIN = timedelta(hours=12)
FILL_SECONDS_AT_LEAST = 2
LONGEST_TOKEN = 300


class Purpose(StrEnum):
    CONFIRM = "confirm"
    CANCEL = "cancel"


class TokenExpired(Exception):
    pass


class TokenWrong(Exception):
    pass


def registration_token(registration: Registration, purpose: Purpose) -> str:
    return signing.dumps(registration.key.hex, salt=f"events.registration.{purpose}")


def registration_of(token: str, purpose: Purpose) -> Registration:
    """Raises TokenWrong, also where the registration has been deleted, and TokenExpired."""
    age = CONFIRM_WITHIN if purpose is Purpose.CONFIRM else None
    key = read(token, f"events.registration.{purpose}", age)
    registration = Registration.objects.select_related("desk").filter(key=UUID(hex=str(key))).first()
    if registration is None:
        raise TokenWrong
    return registration


def address_for(registration: Registration, purpose: Purpose) -> str:
    """Absolute, in the person's language: for callers that have activated it."""
    name = {Purpose.CONFIRM: "confirm_registration", Purpose.CANCEL: "cancel_registration"}[purpose]
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=[registration_token(registration, purpose)])


def form_token(work: UUID) -> str:
    return signing.dumps(str(work), salt="events.form")


def check_form_token(token: str, work: UUID) -> None:
    """Raises TokenExpired for a form that was filled in too slowly, or faster than a person can; TokenWrong else."""
    if read(token, "events.form", FILL_WITHIN) != str(work):
        raise TokenWrong
    try:
        signing.loads(token, salt="events.form", max_age=FILL_SECONDS_AT_LEAST)
    except signing.SignatureExpired:
        return
    raise TokenExpired


def read(token: str, salt: str, age: timedelta | None) -> object:
    if len(token) > LONGEST_TOKEN:
        raise TokenWrong
    try:
        return signing.loads(token, salt=salt, max_age=age)
    except signing.SignatureExpired:
        raise TokenExpired from None
    except (signing.BadSignature, ValueError):
        raise TokenWrong from None
