from django.core.management.base import BaseCommand
from tqdm import tqdm

from catalog.models import CatalogEntry
from search.engines import current_engine
from search.indexing import reindex
from search.models import Word


class Command(BaseCommand):
    help = "Make the search index anew from the catalog."

    def handle(self, *args: object, **options: object) -> None:
        current_engine().clear()
        Word.objects.all().delete()
        entries = CatalogEntry.objects.public().searchable()
        progress = tqdm(entries.iterator(chunk_size=100), total=entries.count(), unit="entry", disable=None)
        self.stdout.write(f"{reindex(progress)} entries indexed.")
