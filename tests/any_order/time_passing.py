"""Lets time pass: hours to months, up to the instant before and after a timer, with workers awake or asleep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from processes.actions.timers import next_due_at
from processes.models import JobFailure
from tests.any_order.run import Run
from workers.findings import Findings
from workers.new_day import NewDay
from workers.releases import let_releases_take_effect
from workers.reminders import DueReminders
from workers.rests import RestedTasks
from workers.timers import DueTimers

HOURS = (1, 4, 9, 26, 24 * 3, 24 * 7, 24 * 15, 24 * 22, 24 * 31, 24 * 75, 24 * 130)
MOST_STOPS = 40


def workers_do_what_is_due(run: Run) -> None:
    """Every job of the workers that moves cases, once; now and then those that only look."""
    jobs: list[Callable[..., Any]] = [DueTimers(), RestedTasks(), NewDay(), DueReminders()]
    if run.dice.chance(8):
        jobs += [let_releases_take_effect, Findings()]
    for job in jobs:
        job(run.runtime, lambda: False)
    with run.runtime.reading() as work:
        failures = [(row.job, row.error) for row in work.session.scalars(select(JobFailure))]
    assert not failures, f"the workers could not do {failures}"
    run.is_late = False


def pass_time(run: Run) -> None:
    """The clock goes on; the workers go along with it, or find everything late."""
    until = run.now + timedelta(hours=run.dice.pick(HOURS))
    if run.dice.chance(3):
        until = _beside_the_next_timer(run) or until
    if not run.dice.chance(4):
        stop_at_what_falls_due(run, until)
    run.clock.move_to(max(run.now, until))
    run.done["time"] += 1
    if run.dice.chance(5):
        run.is_late = True
        return
    workers_do_what_is_due(run)


def pass_a_day(run: Run) -> None:
    """The next day comes, with workers awake."""
    until = run.now + timedelta(hours=24)
    stop_at_what_falls_due(run, until)
    run.clock.move_to(until)
    workers_do_what_is_due(run)


def _beside_the_next_timer(run: Run) -> datetime | None:
    with run.runtime.reading() as work:
        due = next_due_at(work)
    if due is None:
        return None
    return due + timedelta(seconds=run.dice.pick((1, -1, 0)))


def stop_at_what_falls_due(run: Run, until: datetime) -> None:
    """Move the clock to each instant at which a timer is due, as a worker that is awake would see it."""
    for _ in range(MOST_STOPS):
        with run.runtime.reading() as work:
            due = next_due_at(work)
        if due is None or due >= until:
            return
        run.clock.move_to(max(run.now, due))
        workers_do_what_is_due(run)
