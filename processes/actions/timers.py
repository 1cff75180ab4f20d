"""Lets the timers of a case go off: each at its own instant, in the order in which they were due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select

from processes.actions.instances import Running, running_of
from processes.actions.moving import refresh, settle
from processes.actions.suspension import held_steps
from processes.clock import swedish_day
from processes.models import Case, ProcessInstance, Timer
from processes.unit_of_work import UnitOfWork


def fire_case_timers(work: UnitOfWork, *, case_id: int) -> int:
    """Fire every timer of the case that is due by now; answers how many went off.

    A timer that is found late lives at the instant when it was due, so that what follows from it is counted from
    there. A timer that another worker has fired meanwhile is not fired again, and one that is held waits on.

    What the case shows of urgency and gates is then as of that instant, as if the worker had been punctual. Only when
    a day has begun since, so that dates stand nearer, is it worked out again as of now.
    """
    case = work.lock(case_id)
    work.gather([case_id])
    if not any(timer.due_at <= work.now and not timer.is_held for timer in work.rows(Timer, case_id)):
        return 0  # before anything is woken: another worker was faster
    fired = 0
    idle: set[int] = set()
    while (due := _next_due(work, case, idle)) is not None:
        running, work.at = due
        went_off = running.instance.fire_due(work.at, held=held_steps(case, running.published))
        if not went_off:
            idle.add(running.row.id)
        fired += len(went_off)
        settle(work, case, cause="timer")
    lived_until, work.at = work.at, work.now
    if not fired or swedish_day(lived_until) < swedish_day(work.now):
        refresh(work, case, cause="timer")
    return fired


def _next_due(work: UnitOfWork, case: Case, idle: set[int]) -> tuple[Running, datetime] | None:
    """The process whose timer is due first, and when that is; the others need not be woken to know.

    One of which the row says that a timer is due, but that itself knows of none, is `idle` and not asked again.
    """
    runs = {row.id: row for row in work.rows(ProcessInstance, case.id) if row.ended_at is None}
    due = [
        (timer.due_at, timer.instance_id)
        for timer in work.rows(Timer, case.id)
        if timer.due_at <= work.now and not timer.is_held and timer.instance_id in runs.keys() - idle
    ]
    if not due:
        return None
    due_at, instance_id = min(due)
    return running_of(work, case, runs[instance_id]), due_at


def cases_with_due_timers(work: UnitOfWork, *, limit: int) -> list[int]:
    """The cases whose timers are due by now, the one that has waited longest first."""
    return list(work.session.scalars(due_cases(work.now, limit)))


def still_due(work: UnitOfWork, case_ids: Collection[int]) -> list[int]:
    """Those of the locked cases whose timers nobody has fired since they were found due, by id."""
    if not case_ids:
        return []
    due = select(Timer.case_id).where(
        Timer.case_id.in_(case_ids), Timer.due_at <= work.now, Timer.is_held.is_(False)
    )
    return sorted(set(work.session.scalars(due)))


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
