"""Draws the ids of rows before they are written, so that rows of a step can name each other and be written at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Sequence as ListOf
from functools import cache
from itertools import chain, count
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Integer,
    Select,
    Sequence,
    bindparam,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.orm import Mapper, Session, SessionTransaction

from processes.models import (
    Base,
    Booking,
    Deadline,
    Event,
    JournalEntry,
    KeptMessage,
    ProcessInstance,
    Reminder,
    Subscription,
    Task,
    Timer,
)

DRAWN: tuple[type[Base], ...] = (Event, ProcessInstance, Task)
"""The tables whose new rows are named by other rows of the same step."""
NAMELESS: tuple[type[Base], ...] = (
    Timer,
    Subscription,
    KeptMessage,
    Deadline,
    Booking,
    Reminder,
    JournalEntry,
)
"""Tables whose new rows nobody asks for their ids in the step that makes them."""
AT_ONCE = 4
"""How many numbers are drawn from each table of PostgreSQL; most steps need fewer, and what is left over is lost."""
MOST_AT_ONCE = 64
"""A transaction that draws again, because it moves many cases, draws twice as many each time, up to so many."""
NUMBERS = "numbers"
NEXT_TIME = "how many numbers to draw next time"


def next_number(session: Session, model: type[Base]) -> int:
    """The id for a new row of one of the tables of `DRAWN`; drawn for all of them in one statement.

    PostgreSQL gives each number once and never again, used or not. In SQLite, where only one transaction writes, they
    follow on the highest.
    """
    numbers = _drawn_before(session)
    number = next(numbers.get(model, iter(())), None)
    if number is None:
        _draw(session, DRAWN)
        number = next(numbers[model])
    return number


def drawn_with_it(dialect: str) -> Select[Any]:
    """Numbers for all tables of `DRAWN`, to be asked for beside other questions; `keep_drawn` takes the lists."""
    if dialect == "postgresql":
        drawn = func.json_build_array(*_next_values(), type_=JSON)
        return select(drawn).select_from(func.generate_series(1, bindparam("at_once", type_=Integer)))
    return select(func.json_array(*map(_highest, DRAWN), type_=JSON))


def has_drawn(session: Session) -> bool:
    """Whether this transaction has drawn numbers before; what it has left is used up first."""
    return NUMBERS in session.info


def keep_drawn(session: Session, lists: Iterable[ListOf[int | None]]) -> None:
    """Hand out these numbers from now on: the answer to `drawn_with_it`, asked when none had been drawn."""
    _keep(session, DRAWN, lists)


def _drawn_before(session: Session) -> dict[type[Base], Iterator[int]]:
    numbers: dict[type[Base], Iterator[int]] = session.info.setdefault(NUMBERS, {})
    return numbers


def _draw(session: Session, models: Collection[type[Base]]) -> None:
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        at_once = session.info.get(NEXT_TIME, AT_ONCE)
        session.info[NEXT_TIME] = min(2 * at_once, MOST_AT_ONCE)
        _keep(session, models, connection.execute(_from_sequences(), {"at_once": at_once}))
    else:
        _keep(session, models, connection.execute(select(*map(_highest, models))))


def _keep(session: Session, models: Collection[type[Base]], rows: Iterable[ListOf[int | None]]) -> None:
    numbers = _drawn_before(session)
    columns = list(zip(models, zip(*rows, strict=True), strict=True))
    if session.get_bind().dialect.name == "postgresql":
        numbers |= {model: chain(numbers.get(model, ()), drawn) for model, drawn in columns}
    else:
        numbers |= {model: count((last or 0) + 1) for model, (last,) in columns}


@cache
def _from_sequences() -> Select[*tuple[Any, ...]]:
    return select(*_next_values()).select_from(func.generate_series(1, bindparam("at_once", type_=Integer)))


def _next_values() -> list[ColumnElement[int]]:
    return [Sequence(f"{model.__tablename__}_id_seq").next_value() for model in DRAWN]


@cache
def _highest(model: type[Base]) -> Any:
    return select(func.max(model.__table__.c.id)).scalar_subquery()


@event.listens_for(Session, "before_flush")
def _keep_their_order(session: Session, *_: Any) -> None:
    """Write new rows as they were added: SQLAlchemy goes by how many were new then, which falls when one goes again."""
    for place, row in enumerate(session.new):
        inspect(row).insert_order = place


@event.listens_for(Session, "before_flush")
def _number_all(session: Session, *_: Any) -> None:
    """SQLite gives out numbers row by row; given before, several rows of a table are written in one statement."""
    if session.get_bind().dialect.name == "postgresql":
        return
    unnumbered = [row for row in session.new if _is_numbered(inspect(row).mapper) and row.id is None]
    several = {model for model, rows in Counter(map(type, unnumbered)).items() if rows > 1}
    numbers = _drawn_before(session)
    missing = several - numbers.keys()
    if missing:
        _draw(session, sorted(missing, key=lambda model: model.__tablename__))
    for row in unnumbered:
        if type(row) in numbers:
            row.id = next(numbers[type(row)])


@cache
def _is_numbered(mapper: Mapper[Any]) -> bool:
    return [column.name for column in mapper.primary_key] == ["id"] and mapper.primary_key[
        0
    ].type.python_type is int


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(NUMBERS, None)
        session.info.pop(NEXT_TIME, None)
