"""How often the form may be sent from one place, and how many mails go to one address, in an hour."""

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .registrations import AttemptCount

# A whole office may sit behind one address.
FROM_ONE_PLACE = 40
TO_ONE_ADDRESS = 4
LOCAL = ("", "127.0.0.1", "::1")


def client_address(request: HttpRequest) -> str:
    """Empty where it says nothing about the reader: a proxy on this machine that is not trusted to name them."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.OER_TRUST_PROXY_HEADERS else ""
    address = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return "" if address in LOCAL else address


def is_too_often(request: HttpRequest) -> bool:
    address = client_address(request)
    return bool(address) and count("place", address) > FROM_ONE_PLACE


def is_mailed_too_often(work: object, email_key: str) -> bool:
    return count(f"mail {work}", email_key) > TO_ONE_ADDRESS


def count(kind: str, value: str) -> int:
    """How many there were in this hour, this one included."""
    key = salted_hmac(f"events.limits.{kind}", value, algorithm="sha256").hexdigest()
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    row, _created = AttemptCount.objects.get_or_create(key=key, hour=hour)
    AttemptCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return row.count + 1
