"""Lets the time of a demo pass: moves its clock forward and does, instant by instant, what the worker would have done.

Only a demo has such a clock, and four things that do not depend on each other must all say that it is one: the
setting, the clock that the program was started with, the mark that is written only when an empty database is filled
with a demo, and that nobody works in the database but the demo's people. The clock never goes back: a demo that is to
stand at today again is filled anew.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from processes.actions.days import begin_day, cases_of_yesterday, next_day_begins_at
from processes.actions.demo import ADMINISTRATIONS, CAST
from processes.actions.reminders import cases_with_due_reminders, give_reminders, next_reminder_at
from processes.actions.resting import cases_with_rested_tasks, next_return_at, return_tasks
from processes.actions.timers import cases_with_due_timers, fire_case_timers, next_due_at
from processes.clock import AheadClock
from processes.errors import CaseChangedMeanwhile, SimulationRefused
from processes.models import (
    Administration,
    Caseworker,
    ProcessInstance,
    ProviderIdentity,
    SignInSession,
    SimulatedTime,
    Timer,
)
from processes.queries.simulated_time import (
    find_simulated_time,
    get_simulated_time_for_update,
    next_event_at,
)
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

LONGEST = timedelta(days=31)
"""How far the clock goes at a time; who wants to see more presses again."""
MOMENT = timedelta(seconds=1)
"""Past an instant, so that what was due at it is late."""
AT_A_TIME = 50


@dataclass(frozen=True, slots=True)
class Job:
    """Something that happens by itself: which cases it is due in, what it does, and when it is due next."""

    due: Callable[..., Sequence[int]]
    act: Callable[..., object]
    next_at: Callable[[UnitOfWork], datetime | None]


JOBS = (
    Job(cases_with_due_timers, fire_case_timers, next_due_at),
    Job(cases_with_rested_tasks, return_tasks, next_return_at),
    Job(cases_of_yesterday, begin_day, next_day_begins_at),
    Job(cases_with_due_reminders, give_reminders, next_reminder_at),
)
"""What the worker does with cases, in the order in which it is done at one instant (workers/schedule.py)."""


def must_be_demo(runtime: Runtime, work: UnitOfWork) -> SimulatedTime:
    """The demo's clock. Raises SimulationRefused unless everything says that this is a demo."""
    if not runtime.settings.demo:
        raise SimulationRefused("KVARBOENDE_DEMO is not 1: only a demo's clock can be moved.")
    if not isinstance(runtime.clock, AheadClock):
        raise SimulationRefused("This program was started with a clock that nobody can move.")
    clock = find_simulated_time(work.session)
    if clock is None:
        raise SimulationRefused("The database was not filled with a demo; its clock is the computer's.")
    strangers = set(work.session.scalars(select(Administration.key))) - ADMINISTRATIONS.keys()
    strangers |= set(work.session.scalars(select(Caseworker.username))) - {one.username for one in CAST}
    signs_in = work.session.scalars(select(ProviderIdentity.id).limit(1)).first()
    if strangers or signs_in is not None:
        raise SimulationRefused("Others than the demo's people work in this database; its clock stays.")
    return clock


def move_by(runtime: Runtime, by: timedelta) -> datetime:
    """Let so much time pass; answers what the clock showed before. Raises SimulationRefused."""
    return move_to(runtime, runtime.clock.now() + by)


def move_to_next_event(runtime: Runtime) -> datetime:
    """Let time pass until something is due; answers what the clock showed before. Raises SimulationRefused."""
    with runtime.reading() as work:
        known = [next_event_at(work.session, work.now), next_due_at(work), next_return_at(work)]
        ahead = [at for at in known if at is not None and at > work.now]
        if not ahead:
            raise SimulationRefused("Nothing is due in any case.")
        target = min(min(ahead) + MOMENT, work.now + LONGEST)
    return move_to(runtime, target)


def move_to(runtime: Runtime, target: datetime) -> datetime:
    """Let time pass until `target`, stopping wherever something is due on the way, as if a worker had been there.

    Answers what the clock showed before. Raises SimulationRefused for a target that has passed or is too far ahead.
    """
    with runtime.transaction() as work:
        clock = must_be_demo(runtime, work)
        before = work.now
        if not timedelta(0) < target - before <= LONGEST:
            raise SimulationRefused(f"The clock goes forward, at most {LONGEST.days} days at a time.")
        clock.moved_from, clock.fired = before, []
    _do_what_is_due(runtime)
    while True:
        with runtime.reading() as work:
            stop = min([target, *_instants_ahead(work)])
            is_there = work.now >= target
        if is_there:
            return before
        with runtime.transaction() as work:
            _jump(runtime, work, stop)
        _do_what_is_due(runtime)


def _instants_ahead(work: UnitOfWork) -> list[datetime]:
    """When each job is due next; what it cannot do now does not hold up the clock."""
    known = (job.next_at(work) for job in JOBS)
    return [at for at in known if at is not None and at > work.now]


def _jump(runtime: Runtime, work: UnitOfWork, stop: datetime) -> None:
    """Show `stop` from now on, note the timers that are due by then, and let nobody be signed out by it.

    Of two who move the clock at once the second waits here, and goes on from where the first has left it.
    """
    must_be_demo(runtime, work)
    clock = get_simulated_time_for_update(work.session)
    clock.fired = [*clock.fired, *_due_by(work, stop)]
    ahead = timedelta(seconds=max(0, math.ceil((stop - runtime.clock.now()).total_seconds())))
    clock.seconds_ahead += int(ahead.total_seconds())
    for session in work.session.scalars(select(SignInSession).where(SignInSession.ended_at.is_(None))):
        session.started_at += ahead
        session.seen_at += ahead
        session.checked_at += ahead


def _due_by(work: UnitOfWork, stop: datetime) -> list[dict[str, Any]]:
    due = select(Timer, ProcessInstance).join(ProcessInstance, ProcessInstance.id == Timer.instance_id)
    rows = work.session.execute(
        due.where(Timer.due_at > work.now, Timer.due_at <= stop).order_by(Timer.due_at)
    )
    return [
        {
            "case_id": timer.case_id,
            "name": _name_of(work, timer, instance),
            "due_at": timer.due_at.isoformat(),
        }
        for timer, instance in rows
    ]


def _name_of(work: UnitOfWork, timer: Timer, instance: ProcessInstance) -> str:
    """What the diagram calls the timer."""
    published = work.diagrams.get(work.session, instance.process_key, instance.diagram_version)
    return published.bundle.steps[timer.step].name or published.bundle.title


def _do_what_is_due(runtime: Runtime) -> None:
    """One case and one transaction at a time; a case in which somebody works at this moment is left to the worker."""
    for job in JOBS:
        with runtime.reading() as work:
            case_ids = job.due(work, limit=AT_A_TIME)
        for case_id in case_ids:
            try:
                with runtime.transaction() as work:
                    job.act(work, case_id=case_id)
            except CaseChangedMeanwhile:
                continue
