from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from search.checking import outdated_entries, repair, surplus_entry_ids
from search.engines import current_engine
from search.engines.server import ServerEngine
from search.management.progress import progress_bar
from search.servers import checking
from search.servers.connection import ServerError


class Command(BaseCommand):
    help = "Compare the search index with the catalog. Exits with 1 when they differ and --repair was not given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Put right what differs.")

    def handle(self, *args: object, **options: object) -> None:
        self.check_database(repairing=bool(options["repair"]))
        engine = current_engine()
        if isinstance(engine, ServerEngine):
            self.check_server(engine, repairing=bool(options["repair"]))

    def check_server(self, engine: ServerEngine, *, repairing: bool) -> None:
        try:
            different = sum(len(versions) for versions in checking.compare(engine.connection).values())
            if different and not repairing:
                raise CommandError(f"{different} documents differ on the search server. Run it again with --repair.")
            if different:
                checking.repair(engine.connection)
        except ServerError as error:
            raise CommandError(f"The search server does not answer: {error}") from error
        self.stdout.write(f"The search server {'was put right' if different else 'agrees'}: {different} differed.")

    def check_database(self, *, repairing: bool) -> None:
        outdated, surplus = outdated_entries().count(), len(surplus_entry_ids())
        if not outdated and not surplus:
            self.stdout.write("The search index agrees with the catalog.")
            return
        summary = f"{outdated} entries missing or outdated in the index, {surplus} that should not be there"
        if not repairing:
            raise CommandError(f"{summary}. Run it again with --repair.")
        repair(progress_bar)
        self.stdout.write(f"Repaired: {summary}.")
