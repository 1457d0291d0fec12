"""The whole answer of a search next to the plainest SQL for the same hits and count, at 1,000 and 100,000 editions.

The answer has hits with highlights, sixteen facets and the total. `DATABASE_URL` chooses PostgreSQL instead of SQLite.
"""

import os
import random
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator

from .site import ROOT, manage, site_environment, vocabulary

SIZES = (1_000, 100_000)
WORDS = 300
CHUNK = 2_000
REPEATS = 20
# How many times the plainest SQL's time the whole answer may take.
GOALS = {"sqlite": 3, "postgresql": 2}
# Ranks of the words that queries are made of.
QUERIES: dict[str, tuple[range, ...]] = {
    "a rare word": (range(3_300, 3_700),),
    "a middling word": (range(400, 600),),
    "a common word": (range(5, 40),),
    "a middling and a common word": (range(400, 600), range(5, 40)),
    "eight words": (range(2_000, 3_000), *[range(200, 600)] * 3, *[range(5, 60)] * 4),
}


def main() -> None:
    with site_environment() as environment:
        if url := os.environ.get("DATABASE_URL"):
            environment["DATABASE_URL"] = url
            manage(environment, "migrate", "-v0")
        subprocess.run([sys.executable, "-m", "benchmarks.search"], cwd=ROOT, env=environment, check=True)


def measure() -> None:
    import django

    django.setup()
    from django.db import connection

    goal = GOALS[connection.vendor]
    print(f"The whole answer of a search as a multiple of the plainest SQL ({connection.vendor}, {WORDS} words a text)")
    filled = 0
    started = time.perf_counter()
    for size in SIZES:
        for first in range(filled, size, CHUNK):
            write_editions(first, min(first + CHUNK, size))
        filled = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{size} editions (filled after {time.perf_counter() - started:.0f} s)")
        for name, ranks in QUERIES.items():
            own, plain = zip(*(timed(text) for text in texts(ranks)), strict=True)
            ratios = [quantile(own, part) / quantile(plain, part) for part in (0.5, 0.95)]
            print(
                f"  {name:30} p50 {ratios[0]:5.2f} x  p95 {ratios[1]:5.2f} x  (goal {goal}; "
                f"{quantile(own, 0.5) * 1000:.1f} and {quantile(own, 0.95) * 1000:.1f} ms)"
            )


def quantile(values: tuple[float, ...], part: float) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[round(part * 20) - 1]


def texts(ranks: tuple[range, ...]) -> Iterator[str]:
    chance = random.Random(5)
    words = vocabulary()[0]
    for _ in range(REPEATS):
        yield " ".join(words[chance.choice(some)] for some in ranks)


def timed(text: str) -> tuple[float, float]:
    """Seconds of the whole answer and of plain SQL, the two taking turns; the better of two each."""
    from search.queries import SearchQuery
    from search.searching import run_search

    plain = plain_sql(text)
    query = SearchQuery(text=text, language="en")
    times = [(seconds(lambda: run_search(query)), seconds(plain)) for _ in range(2)]
    return min(own for own, _ in times), min(other for _, other in times)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def plain_sql(text: str) -> Callable[[], None]:
    """Reads the twenty best documents with any of the words, and how many there are."""
    from django.db import connection

    from search.analysis import terms_of
    from search.engines.embedded import FIELD_WEIGHTS

    terms = terms_of(text, "en")
    if connection.vendor == "sqlite":
        name, match = "search_fts_en", " OR ".join(f'"{term}"' for term in terms)
        best = f"SELECT rowid FROM {name} WHERE {name} MATCH %s ORDER BY bm25({name}, {FIELD_WEIGHTS}) LIMIT 20"
        count = f"SELECT COUNT(*) FROM {name} WHERE {name} MATCH %s"
        statements = [(best, [match]), (count, [match])]
    else:
        match = " | ".join(f"'{term}'" for term in terms)
        best = (
            "SELECT number FROM search_vector WHERE vector @@ %s::tsquery "
            "ORDER BY ts_rank('{0.1, 0.2, 0.5, 1.0}', vector, %s::tsquery, 1) DESC LIMIT 20"
        )
        count = "SELECT COUNT(*) FROM search_vector WHERE vector @@ %s::tsquery"
        statements = [(best, [match, match]), (count, [match])]

    def work() -> None:
        with connection.cursor() as cursor:
            for sql, parameters in statements:
                cursor.execute(sql, parameters)
                cursor.fetchall()

    return work


def write_editions(first: int, last: int) -> None:
    """Rows of catalog and index, as publishing would leave them."""
    from django.db import transaction
    from django.utils import timezone

    from catalog.models import CatalogEntry
    from catalog.record import LicenseNotice, Record, Term
    from content.publication import Publication
    from search.engines import current_engine
    from search.indexing import document_of
    from search.models import SearchDocument, SearchText, SearchWork

    chance = random.Random(first)
    known, weights = vocabulary()
    now = timezone.now()
    entries, bodies = [], []
    for number in range(first, last):
        work = str(uuid.uuid5(uuid.NAMESPACE_URL, str(number)))
        title = " ".join(chance.choices(known, weights, k=5))
        same = {"work": work, "language": "en", "kind": chance.choice(["blueprint", "toolkit", "news"]), "title": title}
        concepts = {
            name: tuple(Term(code, code) for code in chance.sample([f"{name}-{place}" for place in range(many)], 2))
            for name, many in (("topic", 40), ("country", 30), ("target_group", 15), ("region", 200))
        }
        code = chance.choice(["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"])
        record = Record(
            summary="",
            path=f"/en/{number}/", concepts=concepts, license=LicenseNotice(code, "", code, code),
            published=f"{chance.randint(2015, 2026)}-01-01", **same,
        )  # fmt: skip
        entries.append(
            CatalogEntry(
                page_id=1_000_000_000 + number, path=record.path, tree_path="0001", digest=str(number),
                record_data=record.as_json(), published_at=now, changed_at=now,
                publication_data=Publication(summary="", sections=(), **same).as_json(), **same,
            )
        )  # fmt: skip
        bodies.append(" ".join(chance.choices(known, weights, k=WORDS)))
    with transaction.atomic():
        entries = CatalogEntry.objects.bulk_create(entries)
        works = SearchWork.objects.bulk_create(SearchWork(work=entry.work) for entry in entries)
        rows = [
            SearchText(entry=entry, number=work.number, language="en", title=entry.title, body=body)
            for entry, work, body in zip(entries, works, bodies, strict=True)
        ]
        SearchText.objects.bulk_create(rows)
        SearchDocument.objects.bulk_create(
            document_of(entry, work.number) for entry, work in zip(entries, works, strict=True)
        )
        current_engine().index(rows)


if __name__ == "__main__":
    measure()
