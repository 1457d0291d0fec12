from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from catalog.models import CatalogEntry
from catalog.synchronizing import CHUNK_SIZE, catch_up, in_chunks, public_pages, update_entries


class Command(BaseCommand):
    help = "Describe every public page anew and withdraw what is no longer public. Can be stopped and run again."

    def handle(self, *args: object, **options: object) -> None:
        pages = set(public_pages().values_list("pk", flat=True))
        entries = set(CatalogEntry.objects.exclude(digest="").values_list("page_id", flat=True))
        changed, failures = 0, {}
        with tqdm(total=len(pages | entries), unit="page", disable=None) as progress:
            for chunk in in_chunks(sorted(pages | entries), CHUNK_SIZE):
                outcome = update_entries(set(chunk), rewrite=True)
                changed += outcome.changed
                failures |= outcome.failures
                progress.update(len(chunk))
        failures |= catch_up()
        self.stdout.write(f"{len(pages)} public pages, {changed} entries changed.")
        if failures:
            pages_named = ", ".join(str(page_id) for page_id in sorted(failures))
            raise CommandError(f"These pages cannot be described and are not shown; the log says why: {pages_named}.")
