"""A database as an older version left it: the tables of then, and in them what people had done by then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from alembic import command
from sqlalchemy import Column, Connection, Engine, MetaData, Row, Table, event, insert, inspect, select, text

from processes.clock import ManualClock
from processes.database import open_database
from processes.migrations import _config, migrate
from processes.models import Base
from processes.runtime import Runtime
from processes.settings import Settings
from tests.city import City, found_city
from tests.conftest import A_MONDAY_MORNING

OLDER = ("0001", "0002", "0003", "0004")
"""The versions that have been in use before the newest."""
CASES = 3

Rows = dict[str, Sequence[Row[Any]]]
"""Every row of each table, by the columns of then."""


def worked_with(url: str) -> None:
    """A database of today with a city and a few cases that are under way."""
    migrate(url)
    clock = ManualClock(A_MONDAY_MORNING)
    runtime = Runtime.open(Settings.from_environment({"KVARBOENDE_DATABASE_URL": url}), clock=clock)
    found_city(runtime)
    city = City(runtime, clock)
    for number in range(CASES):
        city.register(address=f"Flyttgatan {number}")
    runtime.close()


def left_by_older(url: str, version: str, source: str) -> Rows:
    """Give the empty database the tables of `version`, and what `source` knows in as far as they can hold it."""
    engine = open_database(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    tables = list(_tables_of(engine))
    today = open_database(source)
    with engine.begin() as into, today.connect() as known:
        if engine.dialect.name == "postgresql":
            into.execute(text("SET LOCAL session_replication_role = replica"))  # rows refer to later ones
        for table in tables:
            if rows := known.execute(select(table)).mappings().all():
                into.execute(insert(table), [dict(row) for row in rows])
    today.dispose()
    with engine.connect() as connection:
        left = _rows(connection, tables)
    engine.dispose()
    return left


def lost_since(url: str, left: Rows, version: str) -> list[str]:
    """Tables in which something that was there before is there no more, or says something else."""
    engine = open_database(url)
    tables = [_with_columns_of(table, left[table.name]) for table in _tables_of(engine) if table.name in left]
    with engine.connect() as connection:
        now = _rows(connection, tables)
    engine.dispose()
    return [f"from {version}: {name} has changed" for name, rows in left.items() if now.get(name) != rows]


def _tables_of(engine: Engine) -> Iterator[Table]:
    """The tables as they are there, with today's types of their columns."""
    there = inspect(engine)
    for model in Base.metadata.sorted_tables:
        if there.has_table(model.name):
            names = [column["name"] for column in there.get_columns(model.name) if column["name"] in model.c]
            yield _table(model, names)


def _with_columns_of(table: Table, rows: Sequence[Row[Any]]) -> Table:
    return _table(table, list(rows[0]._fields)) if rows else table


def _table(model: Table, names: list[str]) -> Table:
    columns = [
        Column(name, model.c[name].type, primary_key=model.c[name].primary_key)
        for name in names
        if name in model.c
    ]
    return Table(model.name, MetaData(), *columns)


def _rows(connection: Connection, tables: list[Table]) -> Rows:
    return {
        table.name: connection.execute(select(table).order_by(*table.primary_key)).all() for table in tables
    }
