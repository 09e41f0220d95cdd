"""One row by its key, without building a query: for what is asked at every page, subscription and post.

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


def get_row(model: type[Row], **key: Any) -> Row | None:
    """The object whose fields hold exactly these values, of which there is one at most; ``None`` where there is none.

    Args:
        model: whose one table is asked, in the database that it is written to.
        key: by the names of fields; for a foreign key the key itself. A value that its column could not hold is in no row.
    """
    return _found(model, "", key)


def get_row_with(model: type[Row], beside: str, **key: Any) -> Row | None:
    """As `row_of`, and in the same question what it has in another table, as ``select_related`` does.

    Args:
        beside: the name by which the object knows what has a one-to-one field to it.
    """
    return _found(model, beside, key)


def _found(model: type[Row], beside: str, key: dict[str, Any]) -> Row | None:
    connection = connections[router.db_for_write(model)]
    question = _query(connection.alias, model, beside, tuple(key))
    asked = list(zip(question.keys, key.values(), strict=True))
    if not all(fits(connection, field, value) for field, value in asked):
        return None
    held = [field.get_db_prep_value(value, connection) for field, value in asked]
    with connection.cursor() as cursor:
        cursor.execute(question.sql, held)
        row = cursor.fetchone()
    return None if row is None else question.read(row, connection)


def fits(connection: BaseDatabaseWrapper, field: models.Field[Any, Any], value: Any) -> bool:
    """Whether a column could hold this value; what it could not hold is in no row, and PostgreSQL cannot even look for it."""
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, int):
        # Also a primary key may point to another: multi-table inheritance.
        while isinstance(field, models.ForeignKey):
            field = field.target_field
        low, high = connection.ops.integer_field_range(field.get_internal_type())
        return (low is None or low <= value) and (high is None or value <= high)
    return True


@dataclass(frozen=True, slots=True)
class _Part:
    """One table's columns in an answer.

    Attributes:
        names: the attributes of the columns.
        turned: places of the columns that a database gives otherwise than Python has them, such as times.
    """

    model: type[models.Model]
    names: tuple[str, ...]
    turned: tuple[tuple[int, Col], ...]

    def read(self, values: list[Any], connection: BaseDatabaseWrapper) -> Any:
        for place, column in self.turned:
            for turn in _converters(column, connection):
                values[place] = turn(values[place], column, connection)
        return self.model.from_db(connection.alias, self.names, values)


@dataclass(frozen=True, slots=True)
class _Query:
    """What stays the same from one row to the next.

    Attributes:
        keys: the fields whose values are given.
    """

    sql: str
    keys: tuple[models.Field[Any, Any], ...]
    part: _Part
    relation: models.OneToOneRel | None = None
    beside: _Part | None = None

    def read(self, row: Sequence[Any], connection: BaseDatabaseWrapper) -> Any:
        width = len(self.part.names)
        found = self.part.read(list(row[:width]), connection)
        if self.relation is not None and self.beside is not None:
            there = row[width + self.beside.names.index(self.relation.field.attname)] is not None
            other = self.beside.read(list(row[width:]), connection) if there else None
            self.relation.set_cached_value(found, other)
            if other is not None:
                self.relation.field.set_cached_value(other, found)
        return found


@lru_cache(maxsize=64)
def _query(alias: str, model: type[models.Model], beside: str, key: tuple[str, ...]) -> _Query:
    connection, options = connections[alias], model._meta
    name, table = connection.ops.quote_name, options.db_table
    keys = tuple(_field(model, each) for each in key)
    columns, source = _columns(model), name(table)
    relation = _relation(model, beside) if beside else None
    if relation is not None:
        other = relation.field.model._meta.db_table
        columns = columns + _columns(relation.field.model)
        one, its = _column(relation.field.target_field), _column(relation.field)
        source = f"{source} LEFT JOIN {name(other)} ON {name(other)}.{name(its)} = {name(table)}.{name(one)}"
    return _Query(
        f"SELECT {', '.join(f'{name(column.alias)}.{name(_column(column.target))}' for column in columns)} FROM {source}"
        f" WHERE {' AND '.join(f'{name(table)}.{name(_column(field))} = %s' for field in keys)}",
        keys,
        _part(model, connection),
        relation,
        _part(relation.field.model, connection) if relation is not None else None,
    )


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field), f"{name} is no column of {model.__name__}"
    return field


def _column(field: models.Field[Any, Any]) -> str:
    assert field.column is not None, f"{field.name} is no column"
    return field.column


def _relation(model: type[models.Model], name: str) -> models.OneToOneRel:
    relation = model._meta.get_field(name)
    assert isinstance(relation, models.OneToOneRel), f"{name} does not lead to one row"
    return relation


def _columns(model: type[models.Model]) -> list[Col]:
    return [field.get_col(model._meta.db_table) for field in model._meta.concrete_fields]


def _part(model: type[models.Model], connection: BaseDatabaseWrapper) -> _Part:
    columns = _columns(model)
    return _Part(
        model,
        tuple(column.target.attname for column in columns),
        tuple((place, column) for place, column in enumerate(columns) if _converters(column, connection)),
    )


def _converters(column: Col, connection: BaseDatabaseWrapper) -> list[Any]:
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
