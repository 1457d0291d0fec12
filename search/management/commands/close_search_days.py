from django.core.management.base import BaseCommand

from search.asking import close_days


class Command(BaseCommand):
    help = "Add up what was searched on earlier days for the editors' report, and forget what was asked rarely."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{close_days()} rows of earlier days added up.")
