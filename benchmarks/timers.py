"""Measure d: how many timers two workers let go off in a second, and how late they are when little is due."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta

from sqlalchemy import func, select

from benchmarks.cases import caseworker
from benchmarks.cloning import clone_case, let_be_due
from benchmarks.figures import Figure, Measured, MeasureFailed, percentile
from benchmarks.ground import Ground
from benchmarks.programs import KVARBOENDE, running
from benchmarks.workload import arrears
from processes.actions.events import record_event
from processes.actions.notices import register_notice
from processes.clock import SystemClock, swedish_day
from processes.models import JobFailure, JobRun, Timer

WORKERS = 2
PATIENCE = 240.0
"""Seconds without a timer going off after which none will."""
LOOKS_EVERY = 0.02
"""Seconds between two looks at which timers are gone: no lateness is known more exactly."""
HEAD_START = timedelta(seconds=6)
"""So long after the workers are there the first timer of the calm pace is due; they look every fifth second."""
PACE = timedelta(seconds=0.1)
LONG_AGO = timedelta(hours=1)


class TimersStuck(MeasureFailed):
    """Timers that were due did not go off, or a worker could not let them."""


def measure_timers(ground: Ground, *, calm: int, at_once: int) -> Measured:
    """Let timers of so many cases go off one by one, ten a second; then of so many others all at once."""
    watched_case(ground)
    clone_case(ground.runtime, calm + at_once - 1)
    with ground.runtime.reading() as work:
        cases = list(work.session.scalars(select(Timer.case_id).order_by(Timer.case_id)))
    with ExitStack() as stack:
        for _ in range(WORKERS):
            stack.enter_context(running(*KVARBOENDE, "worker", settings=ground.environment))
        _wait_for_workers(ground)
        late = _calm_pace(ground, cases[:calm])
        rate, seconds = _all_at_once(ground, cases[calm:])
    with ground.runtime.reading() as work:
        if work.session.scalar(select(func.count()).select_from(JobFailure)):
            raise TimersStuck("a worker has set a case aside")
    figures = (
        Figure("d", f"timers a second by {WORKERS} workers", rate, "/s", at_least=300),
        Figure("d", "lateness at ten a second, median", percentile(late, 50), "s"),
        Figure("d", "lateness at ten a second, p95", percentile(late, 95), "s"),
        Figure("d", "lateness at ten a second, most", max(late), "s", 1),
    )
    details = {"due_at_once": at_once, "seconds": round(seconds, 2), "calm": calm, "workers": WORKERS}
    return Measured(figures, {**details, "lateness_is_known_to_seconds": LOOKS_EVERY})


def watched_case(ground: Ground) -> None:
    """A case in which a reminder waits for a day two months from now."""
    with ground.runtime.transaction() as work:
        siv, now = caseworker(ground, work, "siv"), work.now
        said = arrears(1, now) | {"kind": "E", "grounds": ["sublet"], "posted_on": None, "amount_due": None}
        case_id = register_notice(work, caseworker=siv, answers=said).case_id
    with ground.runtime.transaction() as work:
        siv, until = caseworker(ground, work, "siv"), swedish_day(now) + timedelta(days=60)
        watch = {"kind": "other", "until": until.isoformat(), "text": "Ring."}
        record_event(work, case_id=case_id, name="bevakning.skapad", payload=watch, caseworker=siv)


def _wait_for_workers(ground: Ground) -> None:
    """Until each has looked for timers once."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        with ground.runtime.reading() as work:
            runs = work.session.scalar(select(JobRun.runs).where(JobRun.name == "timers"))
        if (runs or 0) >= WORKERS:
            return
        time.sleep(0.1)
    raise TimersStuck("the workers did not begin")


def _calm_pace(ground: Ground, cases: Sequence[int]) -> list[float]:
    """Seconds from the instant of each timer until it is seen to be gone, with all that follows from it."""
    clock = SystemClock()
    first = clock.now() + HEAD_START
    due = {case_id: first + place * PACE for place, case_id in enumerate(cases)}
    let_be_due(ground.runtime, due)
    gone: dict[int, datetime] = {}
    while len(gone) < len(due):
        left, now = _left(ground, first + len(cases) * PACE), clock.now()
        gone |= {case_id: now for case_id in due if case_id not in left and case_id not in gone}
        if (now - first).total_seconds() > PATIENCE:
            raise TimersStuck(f"{len(due) - len(gone)} timers did not go off")
        time.sleep(LOOKS_EVERY)
    return [(gone[case_id] - at).total_seconds() for case_id, at in due.items()]


def _all_at_once(ground: Ground, cases: Collection[int]) -> tuple[float, float]:
    """Timers a second, and seconds, from the last look at which all waited until the first at which none does."""
    long_ago = SystemClock().now() - LONG_AGO
    let_be_due(ground.runtime, dict.fromkeys(cases, long_ago))
    left = len(cases)
    begun = moved = time.monotonic()
    while left:
        looked = time.monotonic()
        now_left = _count_left(ground, long_ago)
        if now_left == len(cases):
            begun = looked
        if now_left != left:
            left, moved = now_left, looked
        if looked - moved > PATIENCE:
            raise TimersStuck(f"{left} timers did not go off")
        time.sleep(LOOKS_EVERY)
    seconds = moved - begun
    return len(cases) / seconds, seconds


def _count_left(ground: Ground, until: datetime) -> int:
    with ground.runtime.reading() as work:
        return work.session.scalar(select(func.count()).where(Timer.due_at <= until)) or 0


def _left(ground: Ground, until: datetime) -> set[int]:
    with ground.runtime.reading() as work:
        return set(work.session.scalars(select(Timer.case_id).where(Timer.due_at <= until)))
