from django.core.management.base import BaseCommand

from taxonomy.vocabulary import load_vocabulary


class Command(BaseCommand):
    help = "Add the concepts and licences that come with the platform. Changes made by editors stay."

    def handle(self, *args: object, **options: object) -> None:
        added = load_vocabulary()
        self.stdout.write(f"{added} concepts added.")
