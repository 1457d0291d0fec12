"""Mails about registrations: written with what they tell of, sent after the commit, tried again when that fails."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from .mails import compose
from .registrations import MailKind, Registration, RegistrationMail

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 10
MOST_AT_ONCE = 500
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=12)


def write_mail(registration: Registration, kind: MailKind) -> None:
    """For callers inside a transaction: the mail exists if and only if what it tells of does."""
    mail = RegistrationMail.objects.create(registration=registration, kind=kind)
    transaction.on_commit(lambda: send_mail_soon.enqueue(mail.pk), robust=True)


def write_mails(registration_ids: Iterable[int], kind: MailKind) -> None:
    """The same mail to many, for callers inside a transaction."""
    mails = [RegistrationMail(registration_id=pk, kind=kind) for pk in registration_ids]
    if mails:
        RegistrationMail.objects.bulk_create(mails, batch_size=500)
        transaction.on_commit(send_due_mails_soon.enqueue, robust=True)


@task()
def send_due_mails_soon() -> None:
    while send_due_mails() == MOST_AT_ONCE:
        pass


@task()
def send_mail_soon(mail_id: int) -> None:
    send(mail_id)


def send_due_mails() -> int:
    """Try what has not gone out yet. Returns how many went out."""
    due = RegistrationMail.objects.filter(sent_at=None, due_at__lte=timezone.now(), attempts__lt=MOST_ATTEMPTS)
    return sum(send(mail_id) for mail_id in list(due.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]))


def send(mail_id: int) -> bool:
    """Send one mail, unless somebody else is at it or it is gone. A failure is noted, and tried again later."""
    now = timezone.now()
    mail = RegistrationMail.objects.select_related("registration__desk").filter(pk=mail_id, sent_at=None).first()
    if mail is None:
        return False
    pause = min(FIRST_PAUSE * 2**mail.attempts, LONGEST_PAUSE)
    claimed = RegistrationMail.objects.filter(pk=mail_id, sent_at=None, due_at__lte=now, attempts=mail.attempts).update(
        attempts=mail.attempts + 1, due_at=now + pause
    )
    if not claimed:
        return False
    try:
        message = compose(mail.registration, MailKind(mail.kind))
        if message:
            message.send()
    except Exception as error:
        logger.exception("Mail %s about a registration was not sent.", mail_id)
        RegistrationMail.objects.filter(pk=mail_id).update(error=f"{type(error).__name__}: {error}"[:300])
        return False
    RegistrationMail.objects.filter(pk=mail_id).update(sent_at=timezone.now(), error="")
    return True
