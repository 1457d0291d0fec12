from django.core.management.base import BaseCommand

from search.engines import current_engine
from search.engines.server import ServerEngine
from search.servers.sending import send_changes


class Command(BaseCommand):
    help = "Bring to the search server what changed and has not been sent yet. Does nothing without such a server."

    def handle(self, *args: object, **options: object) -> None:
        engine = current_engine()
        if isinstance(engine, ServerEngine):
            count = send_changes(engine.connection)
            if options["verbosity"]:
                self.stdout.write(f"{count} documents sent.")
