"""Lets the database tell a row of any table as one list of values, so that rows of many tables come in one answer.

A row that is made of such a list is the session's row like any other: known by its id, noted as read, written when it
is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, Date, LargeBinary, Numeric, String, cast, func, inspect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.types import TypeEngine

from processes.models.base import Base, UtcDateTime
from processes.models.seen import note_read

Reader = Callable[[Any], Any]


def told_row(model: type[Base], dialect: str) -> ColumnElement[Any]:
    """The values of a row of the table as one JSON list, in the order of the columns."""
    return in_list(dialect, *(_told(column, dialect) for column in inspect(model).columns))


def in_list(dialect: str, *values: ColumnElement[Any]) -> ColumnElement[Any]:
    """The values as one JSON list."""
    listed = func.json_build_array if dialect == "postgresql" else func.json_array
    return listed(*values, type_=JSON)


def _told(column: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    if isinstance(column.type, LargeBinary):
        return func.encode(column, "hex") if dialect == "postgresql" else func.hex(column)
    if isinstance(column.type, Numeric):
        return cast(column, String)  # as a number of JSON it might be rounded
    if isinstance(column.type, JSON) and dialect == "sqlite":
        return func.json(column)  # a text within the list otherwise
    return column


def row_of(session: Session, model: type[Base], told: Sequence[Any]) -> Base:
    """The session's row of which `told_row` told, as the database has it now; what the session knew of it is gone."""
    values = {
        name: value if read is None or value is None else read(value)
        for (name, read), value in zip(_readers(model), told, strict=True)
    }
    mapper = inspect(model)
    known = session.identity_map.get(mapper.identity_key_from_primary_key(_key(model, values)))
    row = _new(session, model, values) if known is None else _anew(session, known, values)
    note_read(session, row)
    return row


def _new(session: Session, model: type[Base], values: dict[str, Any]) -> Base:
    row: Base = inspect(model).class_manager.new_instance()
    row.__dict__.update(values)
    make_transient_to_detached(row)
    session.add(row)
    return row


def _anew(session: Session, row: Base, values: dict[str, Any]) -> Base:
    session.expire(row)
    for name, value in values.items():
        set_committed_value(row, name, value)
    return row


def _key(model: type[Base], values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in _key_names(model))


@cache
def _key_names(model: type[Base]) -> tuple[str, ...]:
    mapper = inspect(model)
    return tuple(mapper.get_property_by_column(column).key for column in mapper.primary_key)


@cache
def _readers(model: type[Base]) -> tuple[tuple[str, Reader | None], ...]:
    """What each column is called, and what makes a value of what JSON can say."""
    mapper = inspect(model)
    return tuple(
        (mapper.get_property_by_column(column).key, _reader(column.type)) for column in mapper.columns
    )


def _reader(kind: TypeEngine[Any]) -> Reader | None:
    if isinstance(kind, Numeric):
        smallest = Decimal(1).scaleb(-(kind.scale or 0))
        return lambda told: Decimal(told).quantize(smallest)
    return next((read for types, read in _READERS if isinstance(kind, types)), None)


def _instant(told: str) -> datetime:
    at = datetime.fromisoformat(told)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


_READERS: tuple[tuple[type[TypeEngine[Any]], Reader], ...] = (
    (Boolean, bool),
    (LargeBinary, bytes.fromhex),
    (Date, date.fromisoformat),
    (UtcDateTime, _instant),
)
