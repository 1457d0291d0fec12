"""At the end of a run: the links to works that came in later than what names them, from this run or an earlier one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from catalog.models import DirtyPage
from catalog.synchronizing import work_off

from .kinds import ORGANIZATION
from .linking import State, make_link, make_partner, target_of
from .links import Link
from .models import ImportedEdition, ImportedOrganization
from .outcomes import Fate, Outcome
from .refusals import Refused
from .seen import SeenEditions
from .values import Notes

Row = ImportedEdition | ImportedOrganization


class Connector:
    """Each record is a transaction of its own. What cannot be connected is kept, and named where this run had it."""

    def __init__(self, seen: SeenEditions, *, is_dry_run: bool) -> None:
        self.seen = seen
        self.is_dry_run = is_dry_run

    def run(self) -> Iterator[Outcome]:
        if self.is_dry_run:
            yield from self.rehearse()
            return
        for model in (ImportedEdition, ImportedOrganization):
            for pk in list(model.objects.exclude(open_links=[]).order_by("pk").values_list("pk", flat=True)):
                outcome = self.connect(model.objects.get(pk=pk))
                if outcome:
                    yield outcome

    def rehearse(self) -> Iterator[Outcome]:
        """Only says what neither the site nor the input has."""
        for group, import_id, language, link in self.seen.waiting():
            try:
                problem = "" if self.seen.has_page(link.target) or target_of(link, language) else unknown(link)
            except Refused as refusal:
                problem = refusal.reason
            if problem:
                outcome = self.outcome_for(import_id, language, group)
                yield replace(outcome, fate=Fate.UNRESOLVED, reason=problem)

    @transaction.atomic
    def connect(self, row: Row) -> Outcome | None:
        is_page = isinstance(row, ImportedEdition)
        thing = row.page if is_page else row.organization
        if thing is None:
            return None
        links = [Link(*link) for link in row.open_links]
        waiting, made, problems, notes = [], [], [], Notes()
        for link in links:
            try:
                state = make_link(thing.specific, link, notes) if is_page else make_partner(thing, link, row.language)
                problem = unknown(link) if state == State.WAITING else ""
            except Refused as refusal:
                state, problem = State.WAITING, refusal.reason
            if problem:
                waiting.append(link.stored())
                problems.append(problem)
            elif state == State.MADE:
                made.append(f'{link.name} "{link.target[:60]}"')
        if len(waiting) < len(links):
            type(row).objects.filter(pk=row.pk).update(open_links=waiting)
            work_off(list(DirtyPage.objects.values_list("pk", "page_id", "tree_path")))
        outcome = self.outcome_for(row.import_id, row.language, "" if is_page else ORGANIZATION)
        if not made and not (problems and outcome.number):
            return None
        reason = " ".join([*([f"Connected: {', '.join(made)}."] if made else []), *problems])
        fate = Fate.UNRESOLVED if problems else Fate.CONNECTED
        return replace(outcome, fate=fate, reason=reason, page_id=thing.pk if is_page else None, warnings=tuple(notes))

    def outcome_for(self, import_id: str, language: str, group: str) -> Outcome:
        """Number 0 for a record of an earlier run."""
        place = self.seen.place_of(import_id, language, group)
        outcome = Outcome(Path(), 0, Fate.CONNECTED, import_id=import_id, language=language)
        return replace(outcome, file=place.file, number=place.number, unit=place.unit) if place else outcome


def unknown(link: Link) -> str:
    return f'"{link.target[:60]}", named as {link.name}, is not there yet: it will be connected when it comes in.'
