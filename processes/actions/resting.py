"""Brings back the tasks that rest (sv. vilande), on the day that was chosen or as soon as the law leaves no more time.

A task that rests is still open and still due; it only stands aside in the inbox. Should a day of the law move nearer
while it rests, it comes back earlier.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from processes.clock import swedish_day
from processes.models import Case, JournalEntry, Notification, Task
from processes.queries.inbox import IS_OPEN
from processes.rules.calendar import start_of_day
from processes.rules.legal_days import latest_return, legal_days
from processes.rules.snapshot import CaseSnapshot, Scope
from processes.unit_of_work import UnitOfWork


def last_day_of_rest(snapshot: CaseSnapshot, task: Task, now: datetime) -> tuple[date, str, date] | None:
    """The last day on which the task must be back, what comes then, and its day; None if nothing of the law is near."""
    today = swedish_day(now)
    scope = Scope(task.instance.scope_kind, task.instance.scope_id)
    for one in legal_days(snapshot, scope, today):
        back_on = latest_return(one, snapshot.policy)
        if back_on is not None and one.on is not None:
            return back_on, one.title, one.on
    return None


def bring_back_earlier(work: UnitOfWork, case: Case) -> None:
    """What rests longer than the law leaves time for after a date has moved comes back in time, or at once."""
    for task in work.rows(Task, case.id):
        if task.status != "open" or task.on_hold_until is None:
            continue
        found = last_day_of_rest(work.snapshot(case.id), task, work.now)
        if found is None or task.on_hold_until <= start_of_day(found[0]):
            continue
        back_at, why = start_of_day(found[0]), f"{found[1]} {found[2].isoformat()}"
        if back_at <= work.now:
            bring_back(work, task, why=why)
        else:
            task.on_hold_until = back_at
            write_rest(work, task, "task_rests", until=found[0].isoformat(), why=why)
            work.leave_for("rests", back_at)


def return_tasks(work: UnitOfWork, *, case_id: int) -> int:
    """Bring back the tasks of the case whose day has come, and tell who holds them; answers how many."""
    case = work.lock(case_id)
    due = [
        task
        for task in work.rows(Task, case.id)
        if task.status == "open" and task.on_hold_until is not None and task.on_hold_until <= work.now
    ]
    for task in due:
        bring_back(work, task, why="")
    return len(due)


def cases_with_rested_tasks(work: UnitOfWork, *, limit: int) -> Sequence[int]:
    """The cases in which a task has rested to its end, the one that has waited longest first."""
    return work.session.scalars(
        select(Task.case_id)
        .where(IS_OPEN, Task.on_hold_until <= work.now)
        .group_by(Task.case_id)
        .order_by(func.min(Task.on_hold_until), Task.case_id)
        .limit(limit)
    ).all()


def next_return_at(work: UnitOfWork) -> datetime | None:
    """The instant after now at which the next task comes back."""
    at: datetime | None = work.session.scalar(
        select(func.min(Task.on_hold_until)).where(IS_OPEN, Task.on_hold_until > work.now)
    )
    return at


def bring_back(work: UnitOfWork, task: Task, *, why: str, by: int | None = None) -> None:
    """End the rest; when nobody did it by hand, who holds the task is told, or the unit."""
    task.on_hold_until, task.hold_reason = None, ""
    write_rest(work, task, "task_returned", by=by, why=why)
    if by is None:
        work.add(
            Notification(
                case_id=task.case_id,
                administration_key=task.administration_key,
                unit=task.unit,
                person_id=task.claimed_by_id,
                task_id=task.id,
                kind="reminder",
                text=f"Uppgiften ”{task.title}” har vilat färdigt.",
                at=work.now,
            )
        )


def write_rest(work: UnitOfWork, task: Task, what: str, by: int | None = None, **details: Any) -> None:
    """A line in the journal about the rest of a task."""
    said = {"task": task.id, **details}
    work.add(
        JournalEntry(case_id=task.case_id, at=work.now, by_id=by, what=what, subject=task.step, details=said)
    )
