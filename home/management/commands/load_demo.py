from django.core.management.base import BaseCommand, CommandError

from home.demo.loading import load_demo
from home.models import HomePage


class Command(BaseCommand):
    help = "Load demonstration content. Safe to run again: what is there already stays as it is."

    def handle(self, *args: object, **options: object) -> None:
        if not HomePage.objects.exists():
            raise CommandError("The site is not set up yet. Run first: manage.py setup_site")
        count = load_demo()
        if count:
            self.stdout.write(f"Demonstration content is loaded: {count} pages were published.")
        else:
            self.stdout.write("Demonstration content is loaded already; nothing was changed.")
