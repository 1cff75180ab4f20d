"""The inbox: the open tasks that a caseworker has claimed, that the unit may claim, and all that the person may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from processes.errors import PageNotFound
from processes.models import Caseworker, Deadline, Task
from processes.rules.units import Role

FAR_AWAY = datetime(9999, 1, 1, tzinfo=UTC)
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the inbox in the order of their due dates, and where the next page begins."""

    tasks: Sequence[Task]
    next_after: str | None
    """Give it as `after` for the next page; None on the last one."""


def my_tasks(
    session: Session, caseworker: Caseworker, *, after: str | None = None, size: int = PAGE_SIZE
) -> Page:
    """The open tasks that the caseworker has claimed."""
    return _page(session, _open(caseworker).where(Task.claimed_by_id == caseworker.id), after, size)


def unit_tasks(
    session: Session, caseworker: Caseworker, *, after: str | None = None, size: int = PAGE_SIZE
) -> Page:
    """The open tasks of the caseworker's units that nobody has claimed."""
    unclaimed = _open(caseworker).where(Task.unit.in_(_units(caseworker)), Task.claimed_by_id.is_(None))
    return _page(session, unclaimed, after, size)


def visible_tasks(
    session: Session, caseworker: Caseworker, *, after: str | None = None, size: int = PAGE_SIZE
) -> Page:
    """Every open task that the caseworker may see: the units', and for a supervisor the administration's."""
    tasks = _open(caseworker)
    if Role.SUPERVISOR not in caseworker.roles:
        tasks = tasks.where(Task.unit.in_(_units(caseworker)))
    return _page(session, tasks, after, size)


def _units(caseworker: Caseworker) -> list[str]:
    return [str(unit) for unit in caseworker.units]


def _open(caseworker: Caseworker) -> Select[Task]:
    return (
        select(Task)
        .where(Task.administration_key == caseworker.administration_key, Task.status == "open")
        .options(joinedload(Task.case), joinedload(Task.claimed_by))
    )


def _page(session: Session, tasks: Select[Task], after: str | None, size: int) -> Page:
    due = func.coalesce(Task.due_at, FAR_AWAY)
    if after:
        last_due, last_id = _place(after)
        tasks = tasks.where(or_(due > last_due, and_(due == last_due, Task.id > last_id)))
    rows = session.scalars(tasks.order_by(due, Task.id).limit(size + 1)).unique().all()
    if len(rows) <= size:
        return Page(rows, None)
    last = rows[size - 1]
    return Page(rows[:size], f"{(last.due_at or FAR_AWAY).isoformat()}_{last.id}")


def _place(after: str) -> tuple[datetime, int]:
    due, _, task_id = after.partition("_")
    try:
        return datetime.fromisoformat(due).astimezone(UTC), int(task_id)
    except (ValueError, OverflowError) as error:
        raise PageNotFound(after) from error


def next_deadlines(session: Session, case_ids: Collection[int], today: date) -> dict[int, Deadline]:
    """Per case the nearest date from `today` on that the law or the handbook sets, if any."""
    rows = session.scalars(
        select(Deadline)
        .where(Deadline.case_id.in_(case_ids), Deadline.is_current, Deadline.falls_on >= today)
        .order_by(Deadline.falls_on.desc(), Deadline.id.desc())
    )
    return {row.case_id: row for row in rows}
