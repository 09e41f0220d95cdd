"""One row by its key, without building a query: for what is asked at every page, sitting and post.

Django takes ten times longer to write such a query, and to find out how its answer is read, than a database to answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

Row = TypeVar("Row", bound=models.Model)


def row_of(model: type[Row], **key: Any) -> Row | None:
    """The object whose fields hold exactly these values, of which there is one at most; ``None`` where there is none.

    Args:
        model: whose one table is asked, in the database that it is read from.
        key: by the names of fields; for a foreign key the key itself. A value that its column could not hold is in no row.
    """
    connection = connections[router.db_for_read(model)]
    question = _question(connection.alias, model, tuple(key))
    asked = list(zip(question.keys, key.values(), strict=True))
    if not all(_fits(connection, field, value) for field, value in asked):
        return None
    held = [field.get_db_prep_value(value, connection) for field, value in asked]
    with connection.cursor() as cursor:
        cursor.execute(question.sql, held)
        row = cursor.fetchone()
    return (
        None
        if row is None
        else model.from_db(connection.alias, question.names, question.read(row, connection))
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """What stays the same from one row to the next.

    Attributes:
        keys: the fields whose values are given.
        names: the attributes of the columns, as the answer has them.
        turned: places of the columns that a database gives otherwise than Python has them, such as times.
    """

    sql: str
    keys: tuple[models.Field, ...]
    names: tuple[str, ...]
    turned: tuple[tuple[int, Col], ...]

    def read(self, row: Sequence[Any], connection: BaseDatabaseWrapper) -> list[Any]:
        values = list(row)
        for place, column in self.turned:
            for turn in _turns(column, connection):
                values[place] = turn(values[place], column, connection)
        return values


@lru_cache(maxsize=64)
def _question(alias: str, model: type[models.Model], key: tuple[str, ...]) -> _Question:
    connection, options = connections[alias], model._meta
    name, table = connection.ops.quote_name, options.db_table
    keys = tuple(options.get_field(each) for each in key)
    columns = [field.get_col(table) for field in options.concrete_fields]
    return _Question(
        f"SELECT {', '.join(name(column.target.column) for column in columns)} FROM {name(table)}"
        f" WHERE {' AND '.join(f'{name(field.column)} = %s' for field in keys)}",
        keys,
        tuple(column.target.attname for column in columns),
        tuple((place, column) for place, column in enumerate(columns) if _turns(column, connection)),
    )


def _turns(column: Col, connection: BaseDatabaseWrapper) -> list[Any]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _fits(connection: BaseDatabaseWrapper, field: models.Field, value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, int):
        field = field.target_field if field.is_relation else field
        low, high = connection.ops.integer_field_range(field.get_internal_type())
        return (low is None or low <= value) and (high is None or value <= high)
    return True
