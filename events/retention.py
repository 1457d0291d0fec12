"""Personal data go when their time is over; how many there were stays."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from .desks import RegistrationDesk
from .links import CONFIRM_WITHIN
from .places import lock
from .registrations import AttemptCount, Registration, State


def delete_expired() -> int:
    """Delete registrations past their date, and those that nobody confirmed in time. Returns how many."""
    now = timezone.now()
    unconfirmed = Registration.objects.filter(state=State.UNVERIFIED, created_at__lte=now - CONFIRM_WITHIN)
    deleted = unconfirmed.delete()[1].get(Registration._meta.label, 0)
    AttemptCount.objects.filter(hour__lte=now - timedelta(hours=2)).delete()
    over = RegistrationDesk.objects.filter(ends_at__lte=now, registrations__isnull=False).distinct()
    return deleted + sum(empty(desk) for desk in over if desk.deletion_at <= now)


@transaction.atomic
def empty(desk: RegistrationDesk) -> int:
    desk = lock(desk.pk)
    if desk.deletion_at > timezone.now():
        return 0
    counts = dict(desk.registrations.values_list("state").annotate(number=Count("pk")).order_by())
    kept = {state: desk.kept_counts.get(state, 0) + counts.get(state, 0) for state in {*desk.kept_counts, *counts}}
    RegistrationDesk.objects.filter(pk=desk.pk).update(kept_counts=kept, is_open=False)
    desk.registrations.all().delete()
    return sum(counts.values())
