"""The only writers of `taken`: each one statement that checks and changes, so the last place goes to one person.

Whoever calls them is in the transaction that changes the registration, and has locked the desk.
"""

from django.db.models import F, Q

from .desks import RegistrationDesk


def lock(desk_id: int) -> RegistrationDesk:
    """The desk as it is now. On PostgreSQL others wait until the transaction ends; SQLite has one writer anyway."""
    return RegistrationDesk.objects.select_for_update().get(pk=desk_id)


def take_place(desk: RegistrationDesk) -> bool:
    """Whether there was one."""
    free = Q(capacity=None) | Q(taken__lt=F("capacity"))
    return RegistrationDesk.objects.filter(free, pk=desk.pk).update(taken=F("taken") + 1) == 1


def give_back_place(desk: RegistrationDesk) -> None:
    RegistrationDesk.objects.filter(pk=desk.pk, taken__gt=0).update(taken=F("taken") - 1)
