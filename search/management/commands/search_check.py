from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from search.checking import outdated_entries, repair, surplus_entry_ids
from search.management.progress import progress_bar


class Command(BaseCommand):
    help = "Compare the search index with the catalog. Exits with 1 when they differ and --repair was not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Put right what differs.")

    def handle(self, *args: object, **options: object) -> None:
        outdated, surplus = outdated_entries().count(), len(surplus_entry_ids())
        if not outdated and not surplus:
            self.stdout.write("The search index agrees with the catalog.")
            return
        summary = f"{outdated} entries missing or outdated in the index, {surplus} that should not be there"
        if not options["repair"]:
            raise CommandError(f"{summary}. Run it again with --repair.")
        repair(progress_bar)
        self.stdout.write(f"Repaired: {summary}.")
