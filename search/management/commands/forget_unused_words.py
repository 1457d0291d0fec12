from django.core.management.base import BaseCommand
from django.db import transaction

from search.engines import current_engine
from search.words import forget_unused_words


class Command(BaseCommand):
    help = "Delete words that no indexed text has any more; they serve to understand misspelt ones."

    @transaction.atomic
    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{forget_unused_words(current_engine())} words deleted.")
