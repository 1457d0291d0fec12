from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from tqdm import tqdm

from catalog.models import CatalogEntry
from search.indexing import extract_file, files_to_extract
from search.rereading import read_some_again, to_read_again


class Command(BaseCommand):
    help = (
        "Read the text of attached files that was never read, that an older version of the reader found or that could "
        "not be read at the time. Each file is stored as soon as it is read: after an interruption, start it again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--later", action="store_true", help="leave files that were read before to the task worker")

    def handle(self, *args: object, later: bool, **options: object) -> None:
        if later:
            if to_read_again().exists():
                read_some_again.enqueue()
            return
        pending = dict.fromkeys(to_read_again().values_list("pk", flat=True))
        for entry in CatalogEntry.objects.public().searchable().without_publication().iterator(chunk_size=100):
            pending.update(dict.fromkeys(files_to_extract(entry)))
        for file_id in tqdm(pending, unit="file", disable=None):
            extract_file.call(file_id)
        self.stdout.write(f"{len(pending)} files read.")
