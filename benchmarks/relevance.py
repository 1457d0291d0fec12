"""How well search finds what is known to be there, next to plain FTS5 in the same run.

Reads the collections in OER_TESTDATA, or in ../shared/testdata.
"""

import json
import math
import os
import random
import re
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

from .known_items import Edition, Language, Question, editions, languages
from .site import ROOT, site_environment

FOLDER = Path(os.environ.get("OER_TESTDATA", ROOT.parent / "shared" / "testdata"))
SEED = 11
TASKS = {
    "title first": (lambda language, chance: language.titles(), 1, 95),
    "typo, word alone": (Language.misspelt, 10, 85),
    "typo in title": (Language.misspelt_titles, 10, 85),
    "other form": (Language.inflected, 10, 85),
    "no accents": (Language.without_accents, 10, 95),
}
Search = Callable[[Question, int], list[str]]


def main() -> None:
    if not FOLDER.is_dir():
        print(f"Relevance: no test data at {FOLDER}; set OER_TESTDATA.")
        return
    with site_environment() as environment:
        subprocess.run([sys.executable, "-m", "benchmarks.relevance"], cwd=ROOT, env=environment, check=True)


def measure() -> None:
    import django

    django.setup()
    judge_questions()
    judge_known_items()


def judge_questions() -> None:
    folder = FOLDER / "xquad-de"
    rows = [json.loads(line) for line in (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [Edition(row["id"], row["lang"], row["title"], row["summary"], row["text"]) for row in rows]
    answers = {}
    for line in (folder / "qrels.txt").read_text(encoding="utf-8").splitlines():
        query, _, document, _ = line.split()
        answers[query] = document
    lines = [line.split("\t") for line in (folder / "queries.tsv").read_text(encoding="utf-8").splitlines()]
    questions = [Question("de", text, frozenset({answers[query]})) for query, text in lines]
    own, plain = fill_index(found), PlainSearch(found)
    started = time.process_time()
    gains = [mean(gain(search, question) for question in questions) for search in (own, plain)]
    print(f"German questions, nDCG@10: {gains[0]:.3f} (goal 0.94; plain FTS5 {gains[1]:.3f})")
    print(f"  {(time.process_time() - started) / len(questions) * 1000:.1f} ms CPU a question, both together")


def gain(search: Search, question: Question) -> float:
    """nDCG@10 where one document is right."""
    ranks = [rank for rank, found in enumerate(search(question, 10)) if found in question.answers]
    return 1 / math.log2(ranks[0] + 2) if ranks else 0.0


def judge_known_items() -> None:
    found = list(editions(FOLDER / "corpora"))
    own, plain = fill_index(found), PlainSearch(found)
    print(f"Known items among {len(found)} editions, % found (plain FTS5; number of questions)")
    for name, (make, size, goal) in TASKS.items():
        print(f"  {name}: among the first {size}, goal {goal}")
        for language in languages(found):
            questions = list(make(language, random.Random(SEED)))
            if questions:
                shares = [
                    100 * mean(bool(question.answers & set(search(question, size))) for question in questions)
                    for search in (own, plain)
                ]
                print(f"    {language.code} {shares[0]:5.1f}  ({shares[1]:5.1f}; {len(questions)})")


def mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values)


def fill_index(found: list[Edition]) -> Search:
    """Puts these editions, and nothing else, into catalog and index; works are shared between languages."""
    from django.db import transaction
    from django.utils import timezone

    from catalog.models import CatalogEntry
    from catalog.record import Record
    from content.publication import Publication, Section
    from search.engines import current_engine
    from search.indexing import index_entry
    from search.models import SearchDocument, SearchState, Word
    from search.queries import SearchQuery
    from search.searching import run_search

    current_engine().clear()
    for model in (Word, SearchDocument, SearchState):
        model.objects.all().delete()
    CatalogEntry.objects.all().delete()
    works = {edition.id: uuid.uuid5(uuid.NAMESPACE_URL, edition.id) for edition in found}
    names = {(work, edition.language): edition.id for edition in found for work in [works[edition.id]]}
    now = timezone.now()
    with transaction.atomic():
        for number, edition in enumerate(found, start=1):
            shared = {
                "work": str(works[edition.id]),
                "language": edition.language,
                "kind": "blueprint",
                "title": edition.title,
            }
            record = Record(path=f"/{edition.language}/{edition.id}/", summary=edition.summary, **shared)
            html = "".join(f"<p>{escape(line)}</p>" for line in edition.text.split("\n"))
            sections = (Section(id="text", title="", html=html),)
            publication = Publication(summary=edition.summary, sections=sections, **shared)
            entry = CatalogEntry.objects.create(
                **shared,
                page_id=number,
                path=record.path,
                tree_path="0001",
                record_data=record.as_json(),
                publication_data=publication.as_json(),
                digest=str(number),
                published_at=now,
                changed_at=now,
            )
            index_entry(entry)

    def search(question: Question, size: int) -> list[str]:
        page = run_search(SearchQuery(text=question.text, language=question.language, size=size))
        return [names[hit.work, hit.language] for hit in page.hits if hit.language == question.language]

    return search


class PlainSearch:
    """The baseline: FTS5 as it comes, words in any order and number, BM25; one table for each language."""

    def __init__(self, found: list[Edition]) -> None:
        self.database = sqlite3.connect(":memory:")
        for code in {edition.language for edition in found}:
            self.database.execute(f"CREATE VIRTUAL TABLE {code} USING fts5(id UNINDEXED, title, summary, text)")
        for edition in found:
            row = (edition.id, edition.title, edition.summary, edition.text)
            self.database.execute(f"INSERT INTO {edition.language} VALUES (?, ?, ?, ?)", row)

    def __call__(self, question: Question, size: int) -> list[str]:
        name = question.language
        match = " OR ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", question.text))
        rows = self.database.execute(
            f"SELECT id FROM {name} WHERE {name} MATCH ? ORDER BY rank LIMIT ?", (match or '""', size)
        )
        return [identifier for (identifier,) in rows]


if __name__ == "__main__":
    measure()
