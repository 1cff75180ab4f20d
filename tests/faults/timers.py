"""Kills workers at random moments while thousands of timers are due, and counts what has happened.

`python -m tests.faults.timers --timers 10000` says whether every timer has gone off exactly once, and how fast.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, text

from benchmarks.cloning import clone_case
from processes.actions.events import record_event
from processes.clock import ManualClock, swedish_day
from processes.migrations import migrate
from processes.models import Case, JobFailure, JournalEntry, Task, Timer
from processes.runtime import Runtime
from processes.settings import Settings
from tests.city import City, found_city
from tests.postgres import start_server

PATIENCE = 600
"""Seconds without a single timer going off after which the run is given up."""
REMINDER = "hantera_bevakning"
"""The step at which a case stands after its timer: a task for each time that it went off."""


@dataclass
class Outcome:
    """What was found when nothing was due any more."""

    timers: int
    seconds: float = 0.0
    killed: int = 0
    in_the_middle: int = 0
    """How many of those killed had a transaction open at that moment."""
    left: int = 0
    twice: int = 0
    never: int = 0
    failures: int = 0
    broken_journals: int = 0

    @property
    def is_right(self) -> bool:
        """Every timer has gone off exactly once, and nothing is left behind."""
        return not (self.left or self.twice or self.never or self.failures or self.broken_journals)

    @property
    def sentence(self) -> str:
        return (
            f"{self.timers} timers in {self.seconds:.1f} s ({self.timers / max(self.seconds, 0.001):.0f}/s); "
            f"{self.killed} workers killed, {self.in_the_middle} of them in the middle of a transaction; "
            f"{self.twice} went off twice, {self.never} never, {self.left} are left, "
            f"{self.failures} failures, {self.broken_journals} journals with a gap"
        )


@dataclass
class Workers:
    """Worker processes, of which some are killed and started again."""

    url: str
    count: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        while len(self.processes) < self.count:
            self.processes.append(self._started())

    def kill_one(self, choice: random.Random) -> None:
        """Kill -9, and start another in its place."""
        victim = self.processes.pop(choice.randrange(len(self.processes)))
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        self.start()

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            # One that is told to stop while it is still loading has nothing to finish.
            assert process.wait(60) in (0, -signal.SIGTERM), "a worker did not stop politely"

    def _started(self) -> subprocess.Popen[bytes]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("KVARBOENDE_")}
        settings = {"KVARBOENDE_DATABASE_URL": self.url, "KVARBOENDE_LOG_LEVEL": "error"}
        return subprocess.Popen([sys.executable, "-m", "tests.faults.worker"], env={**ours, **settings})


def prepare(url: str, timers: int) -> Runtime:
    """A city with so many cases, in each of which one reminder has been due for days."""
    ten_days_ago = datetime.now(UTC) - timedelta(days=10)
    settings = Settings.from_environment({"KVARBOENDE_DATABASE_URL": url})
    runtime = Runtime.open(settings, clock=ManualClock(ten_days_ago))
    city = City(runtime, ManualClock(ten_days_ago))
    received = ten_days_ago - timedelta(hours=1)
    case_id = city.register(
        kind="E",
        grounds=["sublet"],
        received_at=f"{received:%Y-%m-%dT%H:%M}",
        posted_on=None,
        amount_due=None,
    )
    with runtime.transaction() as work:
        said = {"kind": "other", "until": f"{swedish_day(ten_days_ago) + timedelta(days=3)}", "text": "Ring."}
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="bevakning.skapad", payload=said, caseworker=siv)
    clone_case(runtime, timers - 1)
    return runtime


def run(runtime: Runtime, url: str, *, timers: int, workers: int, kills: int, seed: int) -> Outcome:
    """Let the workers work and kill them at random moments until nothing is due."""
    choice = random.Random(seed)  # noqa: S311 -- a dice, not a secret
    outcome = Outcome(timers)
    moments = sorted(choice.uniform(0.02, 0.9) * timers for _ in range(kills))
    party = Workers(url, workers)
    begun = time.monotonic()
    party.start()
    try:
        left, moved_at = timers, time.monotonic()
        while left or moments:  # workers faster than we look are killed all the same, with nothing in hand
            time.sleep(0.1)
            now_left = _due(runtime)
            if now_left != left:
                left, moved_at = now_left, time.monotonic()
            if left == timers:
                begun = time.monotonic()  # the time that programs take to start is not the timers'
            if time.monotonic() - moved_at > PATIENCE:
                break
            if moments and timers - left >= moments[0]:
                moments.pop(0)
                outcome.in_the_middle += _is_moving(runtime)
                party.kill_one(choice)
                outcome.killed += 1
        outcome.seconds = time.monotonic() - begun
    finally:
        party.stop()
    return _counted(runtime, outcome)


def _due(runtime: Runtime) -> int:
    with runtime.reading() as work:
        due = select(func.count()).select_from(Timer).where(Timer.due_at <= datetime.now(UTC))
        return work.session.scalar(due) or 0


def _is_moving(runtime: Runtime) -> bool:
    with runtime.reading() as work:
        asked = (
            "SELECT count(*) FROM pg_stat_activity WHERE state LIKE '%in transaction%' OR state = 'active'"
        )
        return (work.session.scalar(text(asked)) or 0) > 1


def _counted(runtime: Runtime, outcome: Outcome) -> Outcome:
    with runtime.reading() as work:
        per_case = (
            select(Case.id, func.count(Task.id).label("times"))
            .outerjoin(Task, (Task.case_id == Case.id) & (Task.step == REMINDER))
            .group_by(Case.id)
            .subquery()
        )
        found = work.session.execute(select(per_case.c.times, func.count()).group_by(per_case.c.times))
        cases_by_times = {row[0]: row[1] for row in found}
        assert sum(cases_by_times.values()) == outcome.timers, "there is one timer in each case"
        outcome.never = cases_by_times.get(0, 0)
        outcome.twice = sum(count for times, count in cases_by_times.items() if times > 1)
        outcome.failures = work.session.scalar(select(func.count()).select_from(JobFailure)) or 0
        gaps = (
            select(JournalEntry.case_id)
            .group_by(JournalEntry.case_id)
            .having(func.count() != func.max(JournalEntry.number))
        )
        outcome.broken_journals = len(work.session.scalars(gaps).all())
    outcome.left = _due(runtime)
    return outcome


def main() -> int:
    """Make a database, run, and say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--timers", type=int, default=10_000)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--kills", type=int, default=40)
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311 -- a dice, not a secret
    given = asked.parse_args()
    server = start_server()
    url = server.create("faults")
    migrate(url)
    founding = Runtime.open(Settings.from_environment({"KVARBOENDE_DATABASE_URL": url}))
    found_city(founding)
    founding.close()
    runtime = prepare(url, given.timers)
    print(f"{given.timers} timers are due; {given.workers} workers, seed {given.seed}.", flush=True)  # noqa: T201 -- a program
    outcome = run(
        runtime, url, timers=given.timers, workers=given.workers, kills=given.kills, seed=given.seed
    )
    runtime.close()
    print(outcome.sentence)  # noqa: T201 -- a program
    return 0 if outcome.is_right else 1


if __name__ == "__main__":
    sys.exit(main())
