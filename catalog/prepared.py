"""Queries of readers' pages that Django compiles once.

Building and compiling a query takes Django several times as long as the database needs to answer it. The few that
every page asks are written with the ORM as ever and compiled when they are first run.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

EXAMPLES: dict[type, Callable[[int], Any]] = {
    str: lambda number: f"\ue000{number}",
    datetime: lambda number: datetime(2900, 1, 1 + number, tzinfo=UTC),
    UUID: lambda number: UUID(int=number),
    int: lambda number: 4_000_000_000_000_000 + number,
}


class PreparedQuery:
    """`build` makes a queryset of tuples (`values_list`) from values of these types, in this order.

    Every value must go into the query as it is: `build` may not branch on it, nor use it as a limit.
    """

    def __init__(self, build: Callable[..., QuerySet], *types: type) -> None:
        self.build = build
        self.types = types
        self.compiled: dict[str, tuple[str, list, dict, Any]] = {}

    def __call__(self, *values: Any) -> list[tuple]:
        known = self.compiled.get(connection.vendor)
        if known is None:
            known = self.compiled[connection.vendor] = self.compile()
        sql, template, converters, compiler = known
        stored = [as_stored(value) for value in values]
        with connection.cursor() as cursor:
            cursor.execute(sql, [stored[given] if is_given else given for is_given, given in template])
            rows = cursor.fetchall()
        if not converters:
            return rows
        return [tuple(row) for row in compiler.apply_converters(rows, converters)]

    def compile(self) -> tuple[str, list, dict, Any]:
        """SQL; for each of its parameters whether it is given, and the position of the value or the constant itself;
        and what turns the database's values into Python's."""
        examples = [EXAMPLES[kind](number + 1) for number, kind in enumerate(self.types)]
        places = {as_stored(example): number for number, example in enumerate(examples)}
        queryset = self.build(*examples)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        # On PostgreSQL the path into a JSON document is a parameter too: a list, which no value is.
        template = [
            (is_given := not isinstance(value, list) and value in places, places[value] if is_given else value)
            for value in parameters
        ]
        if {given for is_given, given in template if is_given} != set(places.values()):
            raise TypeError("Every value must appear in the query as it is.")
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        return sql, template, converters, compiler


def asked(query_for: Callable[[int], PreparedQuery], values: Sequence) -> list[tuple]:
    """What the query with this many places answers at this moment: it takes the time, then the values.

    There are as many places as the next power of two, so that few queries serve every number of values.
    """
    if not values:
        return []
    places = 1 << (len(values) - 1).bit_length()
    return query_for(places)(timezone.now(), *values, *[values[0]] * (places - len(values)))


def as_stored(value: Any) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
