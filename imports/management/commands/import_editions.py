"""The command that brings editions and organizations in from JSON."""

import contextlib
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.synchronizing import catch_up
from imports.arrays import records_of
from imports.importing import Importer, Options
from imports.kinds import KINDS
from imports.lines import files_below
from imports.page_types import DEFAULT_KIND
from imports.parents import Parents, UnknownParent, page_named
from imports.progress import Progress
from imports.reporting import Report, ReportFile
from imports.seen import SeenEditions
from imports.stopping import Stopper

HELP = """\
Bring in editions from JSON Lines, one object a line, or from a JSON array of objects: id, lang, title, summary, html,
and optionally kind, license, topics, countries, published, files, and what each kind has of its own (see
docs/importing.md). The same id in several languages becomes editions of one work.

Running it again changes only what has changed, and goes on where it was stopped. A bad line is named with its
number and reason; the others go in. What comes in with --publish counts as finished work of people.

Exit code: 0 when the input was read to its end, also if lines were refused; 1 when it cannot be read at all;
130 after Ctrl-C."""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args: Any, **kwargs: Any) -> ArgumentParser:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help="a file of JSON Lines or with a JSON array, or a folder of <lang>.jsonl"
        )
        parser.add_argument("--kind", choices=list(KINDS), default=DEFAULT_KIND, help="of lines that name none")
        parser.add_argument(
            "--parent", help="id or address of the page to put them under (default: the kind's listing)"
        )
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument("--publish", action="store_true", help="make them public instead of leaving drafts")
        parser.add_argument("--update", action="store_true", help="write lines that differ from what came in before")
        parser.add_argument(
            "--overwrite-edits", action="store_true", help="with --update: also pages that were edited here since"
        )
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the fate of every record there, as JSON")
        parser.add_argument("--no-progress", action="store_true", help="show no progress bar")

    def handle(self, *args: Any, **options: Any) -> None:
        files = self.readable_files(options["path"])
        parents = self.parents(options)
        if not options["dry_run"]:
            # Marks that nobody worked off would be looked at again with every edition.
            with contextlib.suppress(Exception):
                catch_up()
        with Stopper() as stopper:
            with contextlib.suppress(KeyboardInterrupt):
                self.run(files, parents, options, stopper)
            if stopper.signal_number:
                self.stdout.write("Stopped. The same command goes on from here.")
                sys.exit(stopper.exit_code)

    def readable_files(self, path: Path) -> list[Path]:
        files = files_below(path)
        if not files:
            raise CommandError(f"There is no .jsonl file in {path}.")
        if not path.is_dir():
            try:
                path.open("rb").close()
            except OSError as error:
                raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        return files

    def parents(self, options: dict[str, Any]) -> Parents:
        try:
            chosen = page_named(options["parent"]) if options["parent"] else None
        except UnknownParent as error:
            raise CommandError(str(error)) from None
        return Parents(chosen, may_make=not options["dry_run"])

    def run(self, files: list[Path], parents: Parents, options: dict[str, Any], stopper: Stopper) -> None:
        settings = Options(**{name: options[name] for name in Options.__dataclass_fields__})
        with contextlib.ExitStack() as stack:
            hidden = options["no_progress"] or options["verbosity"] == 0
            progress = stack.enter_context(Progress(files, self.stderr._out, is_hidden=hidden))
            report = Report(
                lambda text: self.say_above(progress, text),
                root=options["path"],
                names_all=options["verbosity"] > 1,
                is_dry_run=options["dry_run"],
            )
            stack.callback(report.say_summary)
            sinks = [report.add, progress.advance]
            if options["report"]:
                sinks.insert(0, self.report_file(options["report"], report, stack).add)
            importer = Importer(settings, parents, stack.enter_context(SeenEditions()))
            for outcome in importer.run(line for file in files for line in records_of(file)):
                for sink in sinks:
                    sink(outcome)
                if stopper.signal_number:
                    break

    def say_above(self, progress: Progress, text: str) -> None:
        with progress.external_write_mode(file=self.stdout._out):
            self.stdout.write(text)

    def report_file(self, path: Path, report: Report, stack: contextlib.ExitStack) -> ReportFile:
        try:
            stream = path.open("w", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"The report cannot be written to {path}: {error.strerror}.") from None
        return stack.enter_context(ReportFile(stream, report))
