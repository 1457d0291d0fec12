from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from catalog.synchronizing import catch_up, differences, update_entries


class Command(BaseCommand):
    help = "Compare the catalog with the pages. Exits with 1 when they differ and --repair was not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Put right what differs.")

    def handle(self, *args: object, repair: bool, **options: object) -> None:
        if repair:
            catch_up()
        missing, stale = differences()
        if not (missing or stale):
            self.stdout.write("The catalog agrees with the pages.")
            return
        summary = f"{len(missing)} pages without an entry, {len(stale)} entries without a public page"
        if not repair:
            raise CommandError(f"{summary}. Run it again with --repair.")
        update_entries(missing | stale)
        self.stdout.write(f"Repaired: {summary}.")
