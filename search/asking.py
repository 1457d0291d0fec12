"""What readers ask for, counted. docs/decisions says how a text stays unknown until three searches of a day had it.

Counting comes after the answer is sent, is one statement, and may fail without anybody noticing.
"""

import hashlib
import hmac
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .analysis import words_of
from .models import AskedInMonth, AskedToday, SearchDay
from .queries import SORTS, SearchPage, SearchQuery

logger = logging.getLogger(__name__)

TIMES_UNTIL_KNOWN = 3
MAX_WORDS, MAX_LENGTH = 8, 100
MONTHS_KEPT = 24
# Numbers of telephones, accounts and persons are nobody's business.
LONG_NUMBER = re.compile(r"\d{5}")
PROGRAMS = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python|java/|http|scrap", re.IGNORECASE)
# How long counting waits for a lock.
MILLISECONDS = 100


class Counted(HttpResponse):
    """An answer that is counted once it is sent."""

    def __init__(self, content: str, answer: SearchPage) -> None:
        super().__init__(content)
        self.answer = answer

    def close(self) -> None:
        count_search(self.answer.query, empty=self.answer.total == 0)
        super().close()


def is_search(request: HttpRequest, query: SearchQuery) -> bool:
    """Whether somebody asks, rather than a program, or somebody who goes on in what was found."""
    agent = request.headers.get("User-Agent", "")
    return (
        request.method == "GET"
        and query.page == 1
        and query.sort == SORTS[0]
        and not query.filters
        and "all" not in request.GET
        and "X-Same-Words" not in request.headers
        and "prefetch" not in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
        and bool(agent)
        and not PROGRAMS.search(agent)
    )


def normalized(query: SearchQuery) -> str:
    """The words as they are counted; nothing for what is long or looks personal."""
    if "@" in query.text or LONG_NUMBER.search(query.text):
        return ""
    words = words_of(query.text, query.language)
    text = " ".join(words)
    return text if len(words) <= MAX_WORDS and len(text) <= MAX_LENGTH else ""


def count_search(query: SearchQuery, *, empty: bool) -> None:
    text = normalized(query)
    if not text:
        return
    try:
        with impatient():
            add_to_today(text, query.language, empty=empty)
    except DatabaseError as error:
        logger.info("A search was not counted: %s", type(error).__name__)


def add_to_today(text: str, language: str, *, empty: bool) -> None:
    """One statement, besides the first of a day in this process. The text is stored with the third search."""
    day = timezone.now().date()
    values = [day, key_of(text, language, salts.of(day)), language, int(empty)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO search_askedtoday (day, key, language, text, count, empty) VALUES (%s, %s, %s, '', 1, %s)
            ON CONFLICT (day, key) DO UPDATE SET
                count = search_askedtoday.count + 1,
                empty = search_askedtoday.empty + excluded.empty,
                text = CASE WHEN search_askedtoday.count >= {TIMES_UNTIL_KNOWN - 1} THEN %s ELSE '' END""",
            [*values, text],
        )


def key_of(text: str, language: str, salt: str) -> str:
    """Who has the database alone cannot tell the text, nor can anybody once the day's salt is gone."""
    secret = f"{settings.SECRET_KEY}{salt}".encode()
    return hmac.new(secret, f"{language} {text}".encode(), hashlib.sha256).hexdigest()[:32]


class Salts:
    """The salt of the day, read or made once in each process; those of earlier days are deleted."""

    def __init__(self) -> None:
        self.known = (date.min, "")

    def of(self, day: date) -> str:
        if self.known[0] != day or connection.in_atomic_block:
            SearchDay.objects.bulk_create([SearchDay(day=day, salt=uuid4().hex)], ignore_conflicts=True)
            SearchDay.objects.filter(day__lt=day).delete()
            self.known = (day, SearchDay.objects.values_list("salt", flat=True).get(day=day))
        return self.known[1]


salts = Salts()


@contextmanager
def impatient() -> Iterator[None]:
    """Wait for a lock no longer than a moment: others wait for this thread."""
    if connection.vendor == "postgresql":
        before, after = f"SET lock_timeout = {MILLISECONDS}", "RESET lock_timeout"
    else:
        usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1_000)
        before, after = f"PRAGMA busy_timeout = {MILLISECONDS}", f"PRAGMA busy_timeout = {usual}"
    with connection.cursor() as cursor:
        cursor.execute(before)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(after)


@transaction.atomic
def close_days() -> int:
    """Add what was asked on earlier days to its months, forget the rest and what is old. Returns how many rows."""
    today = timezone.now().date()
    SearchDay.objects.filter(day__lt=today).delete()
    past = AskedToday.objects.filter(day__lt=today)
    rows = past.order_by().values_list("day__year", "day__month", "language", "text")
    for year, month, language, text, count, empty in rows.annotate(Sum("count"), Sum("empty")):
        row, _ = AskedInMonth.objects.get_or_create(language=language, month=date(year, month, 1), text=text)
        AskedInMonth.objects.filter(pk=row.pk).update(count=F("count") + count, empty=F("empty") + empty)
    AskedInMonth.objects.filter(month__lt=today - timedelta(days=31 * MONTHS_KEPT)).delete()
    return past.delete()[0]
