"""Takes lines in, a chunk at a time, and says of each what became of it."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from django.db import IntegrityError, InterfaceError, OperationalError, reset_queries
from wagtail.models import Locale, Page

from . import writing
from .connecting import Connector
from .editions import Edition
from .kinds import ORGANIZATION
from .known import KnownEdition, KnownEditions
from .lines import Line
from .organization_records import OrganizationImporter
from .organizations import Directory
from .outcomes import Fate, Outcome
from .parents import Parents
from .parsing import parse_edition
from .preparing import Prepared, digest_of, prepare
from .refusals import Refused
from .seen import Place, SeenEditions
from .vocabulary import Vocabulary

logger = logging.getLogger(__name__)

CHUNK_SIZE = 50


@dataclass(frozen=True, slots=True)
class Options:
    kind: str
    dry_run: bool = False
    publish: bool = False
    update: bool = False
    overwrite_edits: bool = False


class Importer:
    """One run. Each edition is written in a transaction of its own: stopping between two leaves nothing behind."""

    def __init__(self, options: Options, parents: Parents, seen: SeenEditions) -> None:
        self.options = options
        self.parents = parents
        self.seen = seen
        self.vocabulary = Vocabulary()
        self.directory = Directory(self.vocabulary)
        self.organizations = OrganizationImporter(
            self.directory,
            seen,
            publish=options.publish,
            update=options.update,
            overwrite=options.overwrite_edits,
            dry_run=options.dry_run,
        )
        self.locale = lru_cache(maxsize=50)(lambda language: Locale.objects.get(language_code=language))

    def run(self, lines: Iterable[Line]) -> Iterator[Outcome]:
        """Outcomes in the order of the lines, then of links that had to wait. Errors of the database end the run."""
        lines = iter(lines)
        while chunk := list(islice(lines, CHUNK_SIZE)):
            yield from self.take_chunk(chunk)
            self.parents.forget()
            reset_queries()
        yield from Connector(self.seen, is_dry_run=self.options.dry_run).run()

    def take_chunk(self, lines: list[Line]) -> Iterator[Outcome]:
        parsed = [(line, self.parse(line)) for line in lines]
        known = KnownEditions({edition.id for _, edition in parsed if is_page(edition)})
        for line, edition in parsed:
            outcome = Outcome(file=line.file, number=line.number, fate=Fate.REFUSED, end=line.end, unit=line.unit)
            if isinstance(edition, Refused):
                yield replace(outcome, reason=edition.reason)
            else:
                yield self.take(line, edition, known, outcome)

    def parse(self, line: Line) -> Edition | Refused:
        try:
            if line.problem:
                raise Refused(line.problem)
            return parse_edition(line.text, folder=line.file.parent, default_kind=self.options.kind)
        except Refused as refusal:
            return refusal

    def take(self, line: Line, edition: Edition, known: KnownEditions, outcome: Outcome) -> Outcome:
        outcome = replace(outcome, import_id=edition.id, language=edition.language, unknown_keys=edition.unknown_keys)
        group = ORGANIZATION if edition.kind == ORGANIZATION else ""
        try:
            if place := self.seen.place_of(edition.id, edition.language, group):
                raise Refused(f"The same id in the same language has been given already: {place}.")
            if edition.kind == ORGANIZATION:
                outcome = self.organizations.take(edition, outcome)
            else:
                outcome = self.decide(edition, known, outcome)
        except Refused as refusal:
            self.directory.forget()
            return replace(outcome, fate=Fate.REFUSED, reason=refusal.reason)
        except IntegrityError:
            reason = "The database refused it, perhaps because another import is running. Run the command again."
            self.directory.forget()
            return replace(outcome, fate=Fate.REFUSED, reason=reason)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            self.directory.forget()
            logger.exception("%s, line %s: not imported", line.file, line.number)
            return replace(outcome, fate=Fate.REFUSED, reason=f"It could not be written: {error!r}."[:500])
        self.seen.add(edition.id, edition.language, Place(line.file, line.number, line.unit), group)
        return outcome

    def decide(self, edition: Edition, known: KnownEditions, outcome: Outcome) -> Outcome:
        row = known.edition(edition.id, edition.language)
        digest = digest_of(edition)
        if row is None or (row.page_id is None and self.options.overwrite_edits):
            return self.create(edition, known, digest, outcome)
        if row.page_id is None:
            raise Refused("The page was deleted here after the import. --overwrite-edits makes it again.")
        outcome = replace(outcome, page_id=row.page_id)
        if row.digest == digest:
            return self.keep(row, edition, known, outcome)
        return self.update(row, edition, known, digest, outcome)

    def create(self, edition: Edition, known: KnownEditions, digest: str, outcome: Outcome) -> Outcome:
        for sibling in known.siblings(edition.id, edition.language):
            if sibling.kind != edition.kind:
                raise Refused(f"The editions of this work in other languages are of the kind {sibling.kind}.")
        work = known.work(edition.id)
        if Page.objects.filter(translation_key=work, locale__language_code=edition.language).exists():
            raise Refused("The work has a page in this language already, which this import did not make.")
        prepared = prepare(edition, self.vocabulary)
        parent = self.parents.parent_for(edition.kind, edition.language)
        if self.options.dry_run:
            self.rehearse(prepared)
            return replace(outcome, fate=Fate.CREATED, warnings=tuple(prepared.warnings))
        page = writing.create(
            prepared,
            parent=parent,
            locale=self.locale(edition.language),
            known=known,
            directory=self.directory,
            digest=digest,
            publish=self.publishes(edition),
        )
        known.load({edition.id})
        return replace(outcome, fate=Fate.CREATED, page_id=page.pk, warnings=tuple(prepared.warnings))

    def publishes(self, edition: Edition) -> bool:
        return self.options.publish and not edition.is_draft

    def rehearse(self, prepared: Prepared) -> None:
        edition = prepared.edition
        writing.rehearse(prepared, self.locale(edition.language), self.directory)
        self.seen.keep_waiting(edition.id, edition.language, prepared.open_links)

    def keep(self, row: KnownEdition, edition: Edition, known: KnownEditions, outcome: Outcome) -> Outcome:
        """The same line as before: nothing to do, unless it came in as a draft and is to be published now."""
        if not (self.publishes(edition) and row.waits_for_publishing):
            return replace(outcome, fate=Fate.UNCHANGED)
        writing.own_page(row)
        if not self.options.dry_run:
            writing.publish_waiting(row)
            known.load({edition.id})
        return replace(outcome, fate=Fate.PUBLISHED)

    def update(
        self, row: KnownEdition, edition: Edition, known: KnownEditions, digest: str, outcome: Outcome
    ) -> Outcome:
        if row.kind != edition.kind:
            raise Refused(f"The page is of the kind {row.kind}; a page cannot change its kind.")
        prepared = prepare(edition, self.vocabulary)
        if not self.options.update:
            return replace(outcome, fate=Fate.DIFFERS, reason="It differs and was not updated: use --update.")
        if row.is_edited and not self.options.overwrite_edits:
            raise Refused("The page was edited here after the import. --overwrite-edits replaces what was written.")
        writing.own_page(row)
        if self.options.dry_run:
            self.rehearse(prepared)
        else:
            publish = self.publishes(edition)
            writing.update(prepared, known=known, row=row, directory=self.directory, digest=digest, publish=publish)
            known.load({edition.id})
        return replace(outcome, fate=Fate.UPDATED, warnings=tuple(prepared.warnings))


def is_page(edition: Edition | Refused) -> bool:
    return isinstance(edition, Edition) and edition.kind != ORGANIZATION
