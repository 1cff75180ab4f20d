"""What every table has in common: the base class, instants that are always UTC, and JSON that any database can hold.

A row that is made says at once what it will say once it is written: columns that nobody sets have their defaults, and
a row that refers to another carries its id. So nothing need be written in the middle of a step to be read in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    event,
    inspect,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapper
from sqlalchemy.orm.interfaces import MANYTOONE

BigId = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored in UTC and read back aware; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; every instant must have one")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table; constraint names are fixed so that migrations can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
        str: String,
    }


@event.listens_for(Base, "init", propagate=True)
def _begin_with_defaults(row: Base, _args: Any, said: dict[str, Any]) -> None:
    for name, default in _defaults(type(row)):
        if name not in said:
            setattr(row, name, default.arg(None) if default.is_callable else default.arg)


@cache
def _defaults(model: type[Base]) -> list[tuple[str, Any]]:
    """What the columns of the table are unless told, where that is known before the row is written."""
    mapper: Mapper[Any] = inspect(model)
    return [
        (mapper.get_property_by_column(column).key, column.default)
        for column in mapper.columns
        if column.default is not None and (column.default.is_callable or column.default.is_scalar)
    ]


@event.listens_for(Mapper, "after_configured", once=True)
def _let_references_show_at_once() -> None:
    for mapper in Base.registry.mappers:
        for reference in mapper.relationships:
            if reference.direction is MANYTOONE:
                [(own, others)] = reference.local_remote_pairs
                event.listen(reference.class_attribute, "set", _carrying(str(own.key), str(others.key)))


def _carrying(own: str, others: str) -> Callable[[Base, Base | None, Any, Any], None]:
    """Lets a row carry the id of the row that it refers to, as soon as there is one."""

    def refer(row: Base, other: Base | None, _before: Any, _initiator: Any) -> None:
        setattr(row, own, None if other is None else getattr(other, others))

    return refer


def names_of(row: Base) -> set[tuple[Any, ...]]:
    """By what the row is known in its table beside its id, where the table lets no two rows be called the same."""
    return {
        (type(row), *(getattr(row, column) for column in columns)) for columns in _unique_columns(type(row))
    }


@cache
def _unique_columns(model: type[Base]) -> list[tuple[str, ...]]:
    constraints = (
        one for one in cast(Table, model.__table__).constraints if isinstance(one, UniqueConstraint)
    )
    return [tuple(column.key for column in one.columns) for one in constraints]
