from django.core.management.base import BaseCommand

from events.retention import delete_expired


class Command(BaseCommand):
    help = "Deletes the data of people who registered for events, once the time that they agreed to is over."

    def handle(self, *args: object, **options: object) -> None:
        deleted = delete_expired()
        if options["verbosity"] > 0:
            self.stdout.write(f"{deleted} registrations deleted.")
