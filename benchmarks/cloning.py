"""Makes thousands of cases out of one that real actions have made, in seconds.

A copy has its own numbers everywhere: in the rows, in what refers to them, in the names by which deadlines and
reminders know what they are about, and in the running processes themselves. What happens next in a copy is thus what
would happen in the original, and no more. Its journal begins anew, because the fingerprints in the original's chain
name the original.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import zstandard
from sqlalchemy import Table, UniqueConstraint, insert, select, text, update
from sqlalchemy.engine import Connection

from processes.clock import SystemClock, swedish_day
from processes.models import Case, ProcessInstance, Timer
from processes.queries.tables_of_case import tables_of_case
from processes.rules.log_chain import START
from processes.runtime import Runtime

STRIDE = 1000
"""What the numbers of one copy are above those of the one before; one case has fewer rows of a kind."""
NAMED = {"process_instances", "tasks", "deadlines", "reminders"}
"""Rows that know each other by names of the engine's, or by texts such as `notice:17`, as well as by numbers."""
COPIES = "WITH RECURSIVE copies(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM copies WHERE copy < :n)"
ENGINE_ID = re.compile(rb"\b[0-9a-f]{32}\b")
NUMBERED = re.compile(r"\b([a-z_]+:)([0-9]+)")


def clone_case(runtime: Runtime, copies: int) -> None:
    """Copy the only case of the database so many times."""
    with runtime.engine.begin() as connection:
        for table in reversed(tables_of_case()):
            if table.name in NAMED:
                _copy_named(connection, table, copies)
            elif table.name != "journal_entries":
                _copy_rows(connection, table, copies)
        _begin_journals(connection)
        connection.execute(update(Case).values(refreshed_on=swedish_day(SystemClock().now())))
        for table in tables_of_case():
            _go_on_numbering(connection, table)
    with runtime.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _copy_rows(connection: Connection, table: Table, copies: int) -> None:
    values = ", ".join(_copied(table, column.name) for column in table.columns)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    statement = f'INSERT INTO "{table.name}" ({names}) {COPIES} SELECT {values} FROM "{table.name}", copies'  # noqa: S608 -- names of our own tables
    connection.execute(text(statement), {"n": copies})


def _copied(table: Table, name: str) -> str:
    if name in _numbers(table):
        return f'"{name}" + copy * {STRIDE}'
    if name in _unique_texts(table):
        return f"\"{name}\" || '-' || copy"
    return f'"{name}"'


@cache
def _numbers(table: Table) -> set[str]:
    """The columns that hold a number of something that is copied too."""
    copied = {one.name for one in tables_of_case()}
    return {
        column.name
        for column in table.columns
        if column.name in ("id", "scope_id")
        or any(key.column.table.name in copied for key in column.foreign_keys)
    }


def _unique_texts(table: Table) -> set[str]:
    constraints = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    alone = {column.name for one in constraints if len(one.columns) == 1 for column in one.columns}
    return {name for name in alone if table.c[name].type.python_type is str}


def _begin_journals(connection: Connection) -> None:
    """Give each copy the end of its journal, which every case has from the beginning."""
    ends = "INSERT INTO log_chains (name, length, hash) SELECT 'journal:' || id, 0, :start FROM cases"
    connection.execute(text(f"{ends} WHERE id > :first"), {"start": START, "first": STRIDE})


def _copy_named(connection: Connection, table: Table, copies: int) -> None:
    rows = [dict(row) for row in connection.execute(select(table)).mappings()]
    for first in range(1, copies + 1, 500):
        some = range(first, min(first + 500, copies + 1))
        connection.execute(insert(table), [_copy_of(table, row, copy) for copy in some for row in rows])


def _copy_of(table: Table, row: dict[str, Any], copy: int) -> dict[str, Any]:
    made = {
        name: value + copy * STRIDE if name in _numbers(table) and value is not None else value
        for name, value in row.items()
    }
    return with_own_names(_about_its_own(made, copy), copy)


def _about_its_own(made: dict[str, Any], copy: int) -> dict[str, Any]:
    """What a deadline or a reminder says that it is about, in words."""
    if "subject" in made:
        made["subject"] = NUMBERED.sub(
            lambda found: f"{found[1]}{int(found[2]) + copy * STRIDE}", made["subject"]
        )
    if about := made.get("explanation", {}).get("about"):
        made["explanation"] = made["explanation"] | {
            "about": about | {"id": about["id"] + copy * STRIDE},
        }
    return made


def let_be_due(runtime: Runtime, due: Mapping[int, datetime]) -> None:
    """Let the only timer of each of these cases wait for another instant, in its row and in its process."""
    with runtime.engine.begin() as connection:
        timers = select(Timer.id, Timer.case_id, Timer.instance_id, Timer.due_at, ProcessInstance.state)
        joined = timers.join(ProcessInstance, ProcessInstance.id == Timer.instance_id)
        found = connection.execute(joined.where(Timer.case_id.in_(due))).all()
        for timer_id, case_id, instance_id, before, state in found:
            old, new = (one.isoformat().encode() for one in (before, due[case_id]))
            plain = zstandard.ZstdDecompressor().decompress(state)
            if old not in plain:
                raise ValueError(f"the process {instance_id} does not wait until {before}")
            packed = zstandard.ZstdCompressor(level=3).compress(plain.replace(old, new))
            connection.execute(update(Timer).where(Timer.id == timer_id).values(due_at=due[case_id]))
            running = update(ProcessInstance).where(ProcessInstance.id == instance_id)
            connection.execute(running.values(state=packed))


def with_own_names(made: dict[str, Any], copy: int) -> dict[str, Any]:
    """What rows and running processes know each other by besides numbers."""
    if "engine_id" in made:
        made["engine_id"] = str(UUID(int=UUID(made["engine_id"]).int ^ copy))
    if "state" in made:
        plain = zstandard.ZstdDecompressor().decompress(made["state"])
        plain = ENGINE_ID.sub(lambda found: b"%032x" % (int(found[0], 16) ^ copy), plain)
        made["state"] = zstandard.ZstdCompressor(level=3).compress(plain)
    return made


def _go_on_numbering(connection: Connection, table: Table) -> None:
    if "id" in table.c and connection.dialect.name == "postgresql":
        highest = f'(SELECT max(id) FROM "{table.name}")'  # noqa: S608 -- names of our own tables
        connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {highest})"))
