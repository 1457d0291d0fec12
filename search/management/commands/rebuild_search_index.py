from django.core.management.base import BaseCommand

from search.checking import repair
from search.engines import current_engine
from search.engines.server import ServerEngine
from search.management.progress import progress_bar
from search.models import SearchDocument, Word
from search.servers.checking import rebuild


class Command(BaseCommand):
    help = (
        "Make the search index anew from the catalog. Readers go on finding what was there. "
        "If it is ended before its time, `search_check --repair` goes on where it stopped."
    )

    def handle(self, *args: object, **options: object) -> None:
        Word.objects.all().delete()
        SearchDocument.objects.update(analysis=0)
        indexed, forgotten = repair(progress_bar)
        self.stdout.write(f"{indexed} entries indexed, {forgotten} forgotten.")
        engine = current_engine()
        if isinstance(engine, ServerEngine):
            self.stdout.write(f"{rebuild(engine.connection)} documents sent to the search server.")
