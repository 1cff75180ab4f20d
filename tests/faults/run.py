"""Breaks a whole installation in every way while people work in it, and counts what was lost, doubled or left stuck.

`python -m tests.faults.run --minutes 10` breaks everything in turn on both databases and prints one table;
`--only killing --database postgresql --seconds 30 --seed 7` repeats one part of it. The seed decides what is broken and
when, and what people do; what the computer makes of it differs from run to run all the same.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from processes.models import JobFailure, Timer
from processes.runtime import Runtime
from processes.verification import breaches_in
from tests.faults import breaking, migrating
from tests.faults.breaking import Fault, Scene
from tests.faults.crowd import Crowd
from tests.faults.installation import Installation, installed, wait_until
from tests.faults.ledger import DONE, REFUSED, UNKNOWN, Ledger
from tests.faults.own_postgres import OwnCluster, own_postgres
from tests.faults.small_disk import small_disk
from tests.ports import free_port

SQLITE, POSTGRESQL = "sqlite", "postgresql"
QUIET_SECONDS = 240.0
"""How long the workers may take until nothing is due any more, once nothing is broken."""
FAULTS: dict[str, tuple[Fault, tuple[str, ...]]] = {
    "killing": (breaking.killing, (SQLITE, POSTGRESQL)),
    "database-restart": (breaking.database_restart, (POSTGRESQL,)),
    "disk-full": (breaking.disk_full, (SQLITE, POSTGRESQL)),
    "clock-jumps": (breaking.clock_jumps, (SQLITE, POSTGRESQL)),
    "mail-down": (breaking.mail_down, (SQLITE, POSTGRESQL)),
    "two-workers": (breaking.two_workers, (SQLITE, POSTGRESQL)),
    "frozen-worker": (breaking.frozen_worker, (SQLITE, POSTGRESQL)),
    "everything": (breaking.everything, (SQLITE, POSTGRESQL)),
}
"""By name: what is broken, and on which databases it can be."""
MIGRATION = "migration-killed"


@dataclass
class Outcome:
    """What came of one fault on one database."""

    name: str
    database: str
    seconds: float = 0.0
    broken: int = 0
    done: int = 0
    refused: int = 0
    unknown: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sentences: dict[str, int] = field(default_factory=dict)
    """What people were told when something went wrong, and how often."""

    errors: dict[str, int] = field(default_factory=dict)
    """The tracebacks in the programs' logs by their last lines, and how often."""

    @property
    def wrong(self) -> list[str]:
        """Everything that must not be."""
        return [*self.lost, *self.doubled, *self.breaches, *self.stuck]

    @property
    def row(self) -> str:
        """Its line of the table."""
        cells = (
            self.name, self.database, f"{self.seconds:.0f}", self.broken, self.done, self.refused, self.unknown,
            len(self.lost), len(self.doubled), len(self.breaches), len(self.stuck),
        )  # fmt: skip
        return "| " + " | ".join(map(str, cells)) + " |"


HEAD = (
    "| fault | database | s | times broken | acknowledged | refused | unanswered | lost | doubled "
    "| invariants broken | left stuck |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def under_load(
    name: str, database: str, *, seconds: float, seed: int, fault: Fault | None = None, programs: int = 2
) -> Outcome:
    """Let people work while the fault strikes; then let it come to rest, stop everything and compare.

    `fault` is struck instead of the one that FAULTS has by this name; `programs` of each kind are started.
    """
    outcome = Outcome(name, database)
    strike = fault or FAULTS[name][0]
    begun = time.monotonic()
    with _database(database, name) as (url, cluster), installed(url, **_mail_settings(name)) as installation:
        installation.start(programs, programs)
        crowd = Crowd(installation, seed, people=2 * programs, thinking=0.0 if fault is None else 0.1)
        dice = random.Random(f"{seed}-{name}")  # noqa: S311 -- a dice, not a secret
        scene = Scene(installation, crowd, dice, seconds, cluster, is_long=fault is None)
        crowd.start()
        try:
            strike(scene)
        finally:
            crowd.stop()
        for member in installation.members:
            scene.again(member)
        installation.wait_for_pages(starting_again=True)
        outcome.stuck += _come_to_rest(installation.runtime)
        installation.stop()
        _compare(outcome, installation, crowd.ledger)
        outcome.broken, outcome.notes = len(scene.done), scene.notes
        outcome.errors = dict(installation.errors())
    outcome.seconds = time.monotonic() - begun
    return outcome


def _mail_settings(name: str) -> dict[str, str]:
    if name != "mail-down":
        return {}
    return {
        "KVARBOENDE_SMTP_URL": f"smtp+plain://127.0.0.1:{free_port()}",
        "KVARBOENDE_MAIL_FROM": "kvarboende@kommun.example",
        "KVARBOENDE_BASE_URL": "http://127.0.0.1",
    }


@contextmanager
def _database(kind: str, name: str) -> Iterator[tuple[str, OwnCluster | None]]:
    with ExitStack() as stack:
        if kind == SQLITE:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kvarboende-faults-")))
            yield f"sqlite:///{folder / 'faults.db'}", None
            return
        fills = name in ("disk-full", "everything")
        parent = stack.enter_context(small_disk(256)) if fills else None
        cluster = stack.enter_context(own_postgres(parent))
        yield cluster.server.create("faults"), cluster


def _come_to_rest(runtime: Runtime) -> list[str]:
    """Wait until no timer is due and nothing waits to be tried again; answers what is left if that never comes."""
    try:
        wait_until(lambda: not _left(runtime), "nothing is due any more", QUIET_SECONDS)
    except RuntimeError:
        return [f"{_left(runtime)} timers or failures are left"]
    return []


def _left(runtime: Runtime) -> int:
    with runtime.reading() as work:
        due = (
            select(func.count()).select_from(Timer).where(Timer.due_at <= work.now, Timer.is_held.is_(False))
        )
        failed = select(func.count()).select_from(JobFailure)
        return (work.session.scalar(due) or 0) + (work.session.scalar(failed) or 0)


def _compare(outcome: Outcome, installation: Installation, ledger: Ledger) -> None:
    with installation.runtime.at_one_instant() as work:
        outcome.lost, outcome.doubled = ledger.compared(work)
    outcome.breaches = [str(breach) for breach in breaches_in(installation.runtime)]
    outcome.done, outcome.refused = ledger.answers[DONE], ledger.answers[REFUSED]
    outcome.unknown, outcome.sentences = ledger.answers[UNKNOWN], dict(ledger.sentences)


def main() -> int:
    """Break, compare, and say what came of it; status 1 when anything was lost, doubled, broken or left stuck."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--minutes", type=float, default=10.0, help="of breaking, shared by all that is broken"
    )
    asked.add_argument("--seconds", type=float, help="of breaking for each, instead")
    asked.add_argument("--only", choices=(*FAULTS, MIGRATION), action="append", help="may be given again")
    asked.add_argument("--database", choices=(SQLITE, POSTGRESQL))
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    given = asked.parse_args()
    parts = [
        (name, database)
        for name, databases in [
            *((name, on) for name, (_, on) in FAULTS.items()),
            (MIGRATION, (SQLITE, POSTGRESQL)),
        ]
        for database in databases
        if (not given.only or name in given.only) and given.database in (None, database)
    ]
    seconds = given.seconds or given.minutes * 60 / len(parts)
    print(f"seed {given.seed}, {seconds:.0f} s each", flush=True)  # noqa: T201 -- a program
    outcomes = []
    for name, database in parts:
        if name == MIGRATION:
            outcome = Outcome(name, database, *migrating.outcome_on(database, seconds, given.seed))
        else:
            outcome = under_load(name, database, seconds=seconds, seed=given.seed)
        outcomes.append(outcome)
        _tell(outcome)
    print("\n".join(["", HEAD, *(outcome.row for outcome in outcomes)]))  # noqa: T201 -- a program
    return 1 if any(outcome.wrong for outcome in outcomes) else 0


def _tell(outcome: Outcome) -> None:
    print(outcome.row, flush=True)  # noqa: T201 -- a program
    for line in [*outcome.wrong[:20], *outcome.notes]:
        print(f"    {line}", flush=True)  # noqa: T201 -- a program
    for what, lines in (("told", outcome.sentences), ("logged", outcome.errors)):
        for line, times in sorted(lines.items(), key=lambda one: -one[1])[:8]:
            print(f"    {what} {times} times: {line}", flush=True)  # noqa: T201 -- a program


if __name__ == "__main__":
    sys.exit(main())
