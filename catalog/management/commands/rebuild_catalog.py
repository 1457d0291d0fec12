from django.core.management.base import BaseCommand
from tqdm import tqdm

from catalog.models import CatalogEntry
from catalog.synchronizing import CHUNK_SIZE, in_chunks, public_pages, update_entries


class Command(BaseCommand):
    help = "Describe every public page anew and withdraw what is no longer public. Can be stopped and run again."

    def handle(self, *args: object, **options: object) -> None:
        pages = set(public_pages().values_list("pk", flat=True))
        entries = set(CatalogEntry.objects.filter(withdrawn_at=None).values_list("page_id", flat=True))
        changed = 0
        with tqdm(total=len(pages | entries), unit="page", disable=None) as progress:
            for chunk in in_chunks(sorted(pages | entries), CHUNK_SIZE):
                changed += update_entries(set(chunk))
                progress.update(len(chunk))
        self.stdout.write(f"{len(pages)} public pages, {changed} entries changed.")
