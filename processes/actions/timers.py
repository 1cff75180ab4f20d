"""Lets the timers of a case go off: each at its own instant, in the order in which they were due."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select

from processes.actions.instances import Running, running_in
from processes.actions.moving import refresh, settle
from processes.actions.suspension import held_steps
from processes.models import Case, Timer
from processes.unit_of_work import UnitOfWork


def fire_case_timers(work: UnitOfWork, *, case_id: int) -> int:
    """Fire every timer of the case that is due by now; answers how many went off.

    A timer that is found late lives at the instant when it was due, so that what follows from it is counted from
    there. A timer that another worker has fired meanwhile is not fired again, and one that is held waits on.
    """
    case = work.lock(case_id)
    work.gather([case_id])
    if not any(timer.due_at <= work.now and not timer.is_held for timer in work.rows(Timer, case_id)):
        return 0  # before anything is woken: another worker was faster
    fired = 0
    while (due := _next_due(work, case)) is not None:
        running, due_at = due
        work.at = due_at
        fired += len(running.instance.fire_due(due_at, held=held_steps(case, running.published)))
        settle(work, case, cause="timer")
    work.at = work.now
    refresh(work, case, cause="timer")
    return fired


def _next_due(work: UnitOfWork, case: Case) -> tuple[Running, datetime] | None:
    due = [
        (timer.due_at, running.row.id, running)
        for running in running_in(work, case)
        if not running.instance.is_finished
        for timer in running.instance.timers
        if timer.due_at <= work.now and timer.step_id not in held_steps(case, running.published)
    ]
    if not due:
        return None
    due_at, _, running = min(due, key=lambda one: one[:2])
    return running, due_at


def cases_with_due_timers(work: UnitOfWork, *, limit: int) -> list[int]:
    """The cases whose timers are due by now, the one that has waited longest first."""
    return list(work.session.scalars(due_cases(work.now, limit)))


def due_cases(now: datetime, limit: int) -> Select[int]:
    """The question behind `cases_with_due_timers`; what it costs depends on what is due, not on what waits."""
    return (
        select(Timer.case_id)
        .where(Timer.due_at <= now, Timer.is_held.is_(False))
        .group_by(Timer.case_id)
        .order_by(func.min(Timer.due_at), Timer.case_id)
        .limit(limit)
    )


def next_due_at(work: UnitOfWork) -> datetime | None:
    """The instant of the earliest timer that is not due yet."""
    due: datetime | None = work.session.scalar(next_instant(work.now))
    return due


def next_instant(now: datetime) -> Select[datetime]:
    """The question behind `next_due_at`."""
    return select(func.min(Timer.due_at)).where(Timer.due_at > now)
