from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from catalog.comparing import differences, differing_content
from catalog.pages import public_pages
from catalog.synchronizing import CHUNK_SIZE, catch_up, in_chunks, update_entries


class Command(BaseCommand):
    help = (
        "Compare the catalog with the pages. Exits with 1 when they differ and --repair was not given, "
        "or when a page cannot be described."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Put right what differs.")
        parser.add_argument(
            "--thorough",
            action="store_true",
            help="Describe every page to compare it: finds what was written past Wagtail, and takes long.",
        )

    def handle(self, *args: object, repair: bool, thorough: bool, **options: object) -> None:
        failures = catch_up() if repair else {}
        outdated, surplus = differences()
        if thorough:
            for chunk in in_chunks(list(public_pages().values_list("pk", flat=True)), CHUNK_SIZE):
                outdated |= differing_content(set(chunk))
        # What failed a moment ago has been logged and is hidden already.
        outdated -= set(failures)
        if outdated or surplus:
            summary = (
                f"{len(outdated)} pages without an entry or with an old one, "
                f"{len(surplus)} entries without a public page"
            )
            if not repair:
                raise CommandError(f"{summary}. Run it again with --repair.")
            for chunk in in_chunks(sorted(outdated | surplus), CHUNK_SIZE):
                failures |= update_entries(set(chunk)).failures
            failures |= catch_up()
            self.stdout.write(f"Repaired: {summary}.")
        elif not failures:
            self.stdout.write("The catalog agrees with the pages.")
        if failures:
            pages = ", ".join(f"{page_id} ({type(error).__name__})" for page_id, error in sorted(failures.items()))
            raise CommandError(f"These pages cannot be described and are not shown; the log says why: {pages}.")
