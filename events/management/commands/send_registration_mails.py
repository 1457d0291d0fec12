from django.core.management.base import BaseCommand

from events.outbox import send_due_mails


class Command(BaseCommand):
    help = "Sends mails about registrations that could not be sent before."

    def handle(self, *args: object, **options: object) -> None:
        sent = send_due_mails()
        if options["verbosity"] > 0:
            self.stdout.write(f"{sent} mails sent.")
