"""Fills a database with as many open tasks as a large city has in a year, in a few statements instead of by working."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection

from benchmarks.ground import Ground
from processes.actions.task_counts import count_tasks
from processes.models import Base, Case, Deadline, Task

TASKS_OF_EACH = 5
"""Open tasks of one case."""
SERIES = "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < :count)"
UNITS = ("samordning", "vuxen", "barn-unga", "ekonomiskt-bistand")
DUE = {
    "postgresql": "now() - interval '10 days' + (n % 50000) * interval '1 minute'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', 'now', '-10 days', '+' || (n % 50000) || ' minutes')",
}
DAY = {"postgresql": "current_date + n / 12 % 60", "sqlite": "date('now', '+' || (n / 12 % 60) || ' days')"}

TAKEN = "(n / 4 + n / 720)"
"""Goes by the number too, but apart from unit and day: each has free tasks and tasks of everybody."""


def crowd(ground: Ground, tasks: int) -> None:
    """Add copies of the first case until so many tasks are open; each case has five, of all units and days."""
    with ground.runtime.engine.begin() as connection:
        there = connection.scalar(select(func.count()).select_from(Task).where(Task.status == "open")) or 0
        with _indexes_made_last(connection, ground.dialect):
            _fill(connection, ground, (tasks - there) // TASKS_OF_EACH)
    with ground.runtime.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    with ground.runtime.transaction() as work:
        count_tasks(work)  # as the worker does every minute


def _fill(connection: Connection, ground: Ground, cases: int) -> None:
    last = connection.scalar(select(func.max(Case.id))) or 0
    anna, bosse = ground.staff["anna"], ground.staff["bosse"]
    due, day = DUE[ground.dialect], DAY[ground.dialect]
    responsible = f"CASE WHEN n % 50 = 0 THEN {anna} END"
    _copy(
        connection,
        Case,
        cases,
        id=f"{last} + n",
        number=f"'KVB 1990-' || ({last} + n)",
        responsible_id=responsible,
    )
    _copy(connection, Deadline, cases, case_id=f"{last} + n", falls_on=day)
    _copy(
        connection,
        Task,
        cases * TASKS_OF_EACH,
        case_id=f"{last} + 1 + (n - 1) / {TASKS_OF_EACH}",
        engine_id=f"'bench-{last}-' || n",
        status="'open'",
        unit=_one_of(UNITS),
        step="'steg_' || n % 12",
        title="'Gör steg ' || n % 12",
        claimed_by_id=f"CASE WHEN {TAKEN} % 20 = 1 THEN {anna} WHEN {TAKEN} % 3 = 0 THEN {bosse} END",
        due_at=due,
        sorted_due_at=due,
        legal_on=day,
        has_child="n / 3 % 2 = 0",
        blocked_by="CASE WHEN n % 7 = 0 THEN 'protection' ELSE '' END",
    )


def _one_of(values: tuple[str, ...]) -> str:
    cases = " ".join(f"WHEN {number} THEN '{value}'" for number, value in enumerate(values))
    return f"CASE n % {len(values)} {cases} END"


def _copy(connection: Connection, model: type[Base], count: int, **columns: str) -> None:
    """So many rows like the table's first one, but for columns that SQL works out from the row's number `n`."""
    table = model.metadata.tables[model.__tablename__]
    names = [column.name for column in table.columns if column.name != "id" or "id" in columns]
    values = ", ".join(columns.get(name, f"model.{name}") for name in names)
    rows = f"SELECT {values} FROM (SELECT * FROM {table.name} ORDER BY id LIMIT 1) AS model, series"  # noqa: S608 -- our own words
    connection.execute(
        text(f"INSERT INTO {table.name} ({', '.join(names)}) {SERIES} {rows}"),
        {"count": count},
    )


@contextmanager
def _indexes_made_last(connection: Connection, dialect: str) -> Iterator[None]:
    """Take the indexes of the tasks away and make the very same again afterwards, which is quicker for many rows."""
    found = _indexes(connection, dialect)
    for name in found:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    if dialect == "postgresql":
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    for definition in found.values():
        connection.exec_driver_sql(definition)


def _indexes(connection: Connection, dialect: str) -> Mapping[str, str]:
    asked = (
        "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'ix_tasks_%%'"
        if dialect == "postgresql"
        else "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix_tasks_%'"
    )
    return {row[0]: row[1] for row in connection.exec_driver_sql(asked)}
