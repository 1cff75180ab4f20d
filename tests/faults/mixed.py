"""Makes thousands of healthy cases of many kinds out of a few that real actions have made, on either database.

Every copy has its own numbers everywhere: in the rows, in what refers to them, in what events say, in the running
processes themselves. Its journal is left out, because the fingerprints in the original's chain name the original.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text

from benchmarks.cloning import with_own_names
from processes.models import Base
from processes.queries.tables_of_case import tables_of_case
from processes.runtime import Runtime

STRIDE = 1000
"""What the numbers of one copy are above those of the one before; the originals have fewer rows of a kind."""
SHARED = ("landlords", "dwellings")
LEFT_OUT = {"journal_entries"}
SUBJECT = re.compile(r"\b(case|notice|report|application|request|watch|person|task):(\d+)")
NAMES_A_ROW = frozenset(
    {
        "notice",
        "person",
        "giver",
        "children",
        "application",
        "request",
        "report",
        "watch",
        "agreed_with",
        "event",
    }
)
"""Keys under which an event or an answer names a row of its case by its number."""


def copy_cases(source: Runtime, target: Runtime, copies: int) -> None:
    """Put so many copies of every case of one database into another, which has the same staff and diagrams."""
    tables = [Base.metadata.tables[name] for name in SHARED]
    tables += [table for table in reversed(tables_of_case()) if table.name not in LEFT_OUT]
    with source.engine.connect() as read:
        rows = {table.name: [dict(row) for row in read.execute(select(table)).mappings()] for table in tables}
    assert max(row["id"] for name in rows for row in rows[name] if "id" in row) < STRIDE
    with target.engine.begin() as write:
        for table in tables:
            times = 1 if table.name == "landlords" else copies
            made = [_copy_of(table, row, copy) for copy in range(times) for row in rows[table.name]]
            for first in range(0, len(made), 1000):
                write.execute(insert(table), made[first : first + 1000])
        if write.dialect.name == "postgresql":
            _go_on_numbering(write, tables)
    with target.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _copy_of(table: Table, row: Mapping[str, Any], copy: int) -> dict[str, Any]:
    by = copy * STRIDE
    made = dict(row)
    for name in _numbers(table):
        if made[name] is not None:
            made[name] += by
    for name in ("dedup_key", "message_id", "number", "address_key"):
        if made.get(name) is not None:
            made[name] = f"{made[name]}-{copy}"
    for name, value in made.items():
        if isinstance(value, dict | list):
            made[name] = _moved(value, by)
    if "subject" in made:
        made["subject"] = SUBJECT.sub(lambda found: f"{found[1]}:{int(found[2]) + by}", made["subject"])
    if "explanation" in made and made["explanation"].get("about"):
        about = made["explanation"]["about"]
        made["explanation"]["about"] = {**about, "id": about["id"] + by}
    if table.name == "notices":
        made["defendants"] = [person + by for person in row["defendants"]]
    return with_own_names(made, copy)


def _numbers(table: Table) -> Sequence[str]:
    copied = {one.name for one in tables_of_case()} | set(SHARED)
    return [
        column.name
        for column in table.columns
        if (column.name in ("id", "scope_id", "task_id", "row_id") and table.name != "landlords")
        or any(key.column.table.name in copied - {"landlords"} for key in column.foreign_keys)
    ]


def _moved(value: Any, by: int, *, names_a_row: bool = False) -> Any:
    if isinstance(value, dict):
        return {key: _moved(each, by, names_a_row=key in NAMES_A_ROW) for key, each in value.items()}
    if isinstance(value, list):
        return [_moved(each, by, names_a_row=names_a_row) for each in value]
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value + by if names_a_row and is_number else value


def _go_on_numbering(connection: Connection, tables: Sequence[Table]) -> None:
    for table in tables:
        if "id" in table.c:
            highest = f'(SELECT max(id) FROM "{table.name}")'  # noqa: S608 -- names of our own tables
            named = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), greatest({highest}, 1))"
            connection.execute(text(named))
