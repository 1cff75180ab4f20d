"""Counts the open tasks by step and by who holds them, for the supervisor's overview and the heat map.

Counted by a job of the worker and not by the pages: a page would have to read every open task of the administration
each time somebody looks. Nor are the numbers kept in step by whoever changes a task: everybody who takes in a notice
would then wait for the same row, and what is overdue changes with the hour and not with any task. So all is counted
anew, in three statements over the open tasks alone, at most so often; the page says when.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Label, Select, and_, case, delete, func, insert, literal, null, select
from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite

from processes.models import Case, Counting, ProcessInstance, StepCount, Task, Timer, WorkloadCount
from processes.queries.inbox import IS_OPEN
from processes.rules.counted_ages import limits
from processes.unit_of_work import UnitOfWork

Counted = Select[*tuple[Any, ...]]
TASKS = "tasks"
"""The name of this counting."""
AT_MOST_EVERY = timedelta(seconds=45)
NOT_YET = datetime(1970, 1, 1, tzinfo=UTC)
"""When something was counted that never was."""


def count_tasks(work: UnitOfWork) -> datetime:
    """Count all open tasks if they have not just been counted; answers when to do so again."""
    counting = take_counting(work, TASKS)
    if counting.counted_at + AT_MOST_EVERY > work.now:
        return counting.counted_at + AT_MOST_EVERY
    for model in (StepCount, WorkloadCount):
        work.session.execute(delete(model))
    _insert(work, StepCount, _steps(work.now))
    _insert(work, StepCount, _timers(work.now))
    _insert(work, WorkloadCount, _workloads(work.now))
    counting.counted_at = work.now
    return work.now + AT_MOST_EVERY


def take_counting(work: UnitOfWork, name: str) -> Counting:
    """The row of this counting, locked: two workers never count the same at once."""
    found = work.session.get(Counting, name, with_for_update=True, populate_existing=True)
    if found is None:
        on_conflict = on_postgresql if work.session.get_bind().dialect.name == "postgresql" else on_sqlite
        new = on_conflict(Counting).values(name=name, counted_at=NOT_YET)
        work.session.execute(new.on_conflict_do_nothing())
        found = work.session.get_one(Counting, name, with_for_update=True, populate_existing=True)
    return found


def _insert(work: UnitOfWork, model: type[Any], counted: Counted) -> None:
    work.session.execute(insert(model).from_select(list(counted.selected_columns.keys()), counted))


def _rests(now: datetime) -> ColumnElement[bool]:
    return and_(Task.on_hold_until.is_not(None), Task.on_hold_until > now)


def _age(now: datetime) -> ColumnElement[str]:
    oldest_first = list(reversed(limits(now).items()))
    whens = [(Task.created_at <= latest, literal(name)) for name, latest in oldest_first]
    return case(*whens, else_=literal("week"))


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _numbers(now: datetime) -> list[ColumnElement[Any]]:
    return [
        func.count().label("how_many"),
        _sum(and_(Task.sorted_due_at < now, ~_rests(now))).label("overdue"),
        _sum(_rests(now)).label("resting"),
        func.min(Task.created_at).label("oldest_at"),
    ]


def _steps(now: datetime) -> Counted:
    parts = [
        Task.administration_key,
        Task.process_key,
        ProcessInstance.diagram_version,
        Task.step,
        Task.unit,
        _age(now).label("age"),
    ]
    return (
        select(
            *parts,
            literal("task").label("kind"),
            _sum(Task.claimed_by_id.is_(None)).label("unclaimed"),
            *_numbers(now),
        )
        .join(ProcessInstance, ProcessInstance.id == Task.instance_id)
        .where(IS_OPEN)
        .group_by(*_columns(parts))
    )


def _timers(now: datetime) -> Counted:
    parts = [
        Case.administration_key,
        ProcessInstance.process_key,
        ProcessInstance.diagram_version,
        Timer.step,
    ]
    return (
        select(
            *parts,
            literal("timer").label("kind"),
            literal("").label("unit"),
            literal("").label("age"),
            func.count().label("how_many"),
            _sum(Timer.due_at <= now).label("overdue"),
            literal(0).label("resting"),
            literal(0).label("unclaimed"),
            null().label("oldest_at"),
        )
        .select_from(Timer)
        .join(ProcessInstance, ProcessInstance.id == Timer.instance_id)
        .join(Case, Case.id == Timer.case_id)
        .group_by(*parts)
    )


def _workloads(now: datetime) -> Counted:
    holder = func.coalesce(Task.claimed_by_id, 0).label("holder_id")
    parts = [Task.administration_key, Task.unit, holder, _age(now).label("age")]
    return select(*parts, *_numbers(now)).where(IS_OPEN).group_by(*_columns(parts))


def _columns(parts: list[Any]) -> list[Any]:
    """What to group by: labels by their names, since a database may not see that two written-out terms are one."""
    return [part.name if isinstance(part, Label) else part for part in parts]
